using RLSeq.Environments.Suite;
using static RLSeq.Environments.EnvironmentLevels;

namespace RLSeq.Environments;

/// <summary>The tasks of POPGym with cards.</summary>
/// <remarks>
/// The returns of random play are exact: a random suit is right once in four, a random count once in 27 or 17. The reference return of
/// HigherLower is that of counting all cards, held by the tests; the others can be solved perfectly.
/// </remarks>
internal static class PopGymCardEntries
{
    private const double RandomSuit = -0.5;

    public static IEnumerable<EnvironmentEntry> All =>
    [
        .. Of(level => new EnvironmentEntry(
            "Autoencode",
            $"See {Pick(level, 52, 104, 156)} cards, then name their suits from the last to the first (POPGym).",
            () => new Autoencode(level))
        {
            NeedsMemory = true,
            HasFullState = true,
            ReferenceReturn = 1,
            RandomReturn = RandomSuit,
        }),
        .. Of(level => new EnvironmentEntry(
            "CountRecall",
            $"Say how often the {Pick(level, "colour", "suit", "rank")} asked for was dealt, for {Pick(level, 51, 103, 207)} steps (POPGym).",
            () => new CountRecall(level))
        {
            NeedsMemory = true,
            HasFullState = true,
            ReferenceReturn = 1,
            RandomReturn = (2.0 / Pick(level, 27, 27, 17)) - 1,
        }),
        .. Of(level => new EnvironmentEntry(
            "HigherLower",
            $"Guess whether the next of {Pick(level, 52, 104, 156)} cards is higher or lower; counting cards earns little (POPGym).",
            () => new HigherLower(level))
        {
            HasFullState = true,
            ReferenceReturn = Pick(level, 0.527, 0.517, 0.512),
            RandomReturn = 0,
        }),
        .. Of(level => new EnvironmentEntry(
            "RepeatFirst",
            $"Name the suit that was shown first, at each of {Pick(level, 51, 415, 831)} steps (POPGym).",
            () => new RepeatFirst(level))
        {
            NeedsMemory = true,
            HasFullState = true,
            ReferenceReturn = 1,
            RandomReturn = RandomSuit,
        }),
        .. Of(level => new EnvironmentEntry(
            "RepeatPrevious",
            $"Name the suit that was shown {Pick(level, 3, 31, 63)} cards before the present one, for {Pick(level, 51, 103, 155)} steps (POPGym).",
            () => new RepeatPrevious(level))
        {
            NeedsMemory = true,
            HasFullState = true,
            ReferenceReturn = 1,
            RandomReturn = RandomSuit,
        }),
    ];
}
