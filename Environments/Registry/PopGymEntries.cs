using RLSeq.Environments.Suite;
using static RLSeq.Environments.EnvironmentLevels;

namespace RLSeq.Environments;

/// <summary>The tasks of POPGym (Morad et al. 2023).</summary>
/// <remarks>
/// The returns of random play of the card tasks are -0.5 exactly: a random suit is right once in four. Those of the cart-poles are
/// measured, and held by the tests.
/// </remarks>
internal static class PopGymEntries
{
    public static IEnumerable<EnvironmentEntry> All =>
    [
        .. Of(level => new EnvironmentEntry(
            "PositionOnlyCartPole",
            $"Balance a pole on a cart for {Pick(level, 200, 400, 600)} steps, seeing positions but no velocities (POPGym).",
            () => new PositionOnlyCartPole(level))
        {
            NeedsMemory = true,
            ReferenceReturn = 1,
            RandomReturn = Pick(level, 0.111, 0.0556, 0.0371),
        }),
        .. Of(level => new EnvironmentEntry(
            "RepeatFirst",
            $"Name the suit that was shown first, at each of {Pick(level, 51, 415, 831)} steps (POPGym).",
            () => new RepeatFirst(level))
        {
            NeedsMemory = true,
            ReferenceReturn = 1,
            RandomReturn = -0.5,
        }),
        .. Of(level => new EnvironmentEntry(
            "RepeatPrevious",
            $"Name the suit that was shown {Pick(level, 3, 31, 63)} cards before the present one, for {Pick(level, 51, 103, 155)} steps (POPGym).",
            () => new RepeatPrevious(level))
        {
            NeedsMemory = true,
            ReferenceReturn = 1,
            RandomReturn = -0.5,
        }),
    ];
}
