using RLSeq.Environments.Suite;
using static RLSeq.Environments.EnvironmentLevels;

namespace RLSeq.Environments;

/// <summary>The games of POPGym, and its bandit: what is hidden must be found out, and remembered.</summary>
/// <remarks>
/// No perfect play is known for any of them. The reference returns are those of scripted players that remember everything, held by the
/// tests: searching every second cell and around hits, perfect memory, simple deduction, and pulling the arm that looks best.
/// </remarks>
internal static class PopGymGameEntries
{
    public static IEnumerable<EnvironmentEntry> All =>
    [
        .. Of(level => new EnvironmentEntry(
            "Battleship",
            $"Find four ships on a hidden {Pick(level, "8x8", "10x10", "12x12")} board, told only whether the guess hit (POPGym).",
            () => new Battleship(level))
        {
            NeedsMemory = true,
            NeedsPreviousAction = true,
            HasFullState = true,
            ReferenceReturn = Pick(level, 0.47, 0.52, 0.55),
            RandomReturn = Pick(level, -0.449, -0.416, -0.400),
        }),
        .. Of(level => new EnvironmentEntry(
            "Concentration",
            $"Find pairs of equal {Pick(level, "colours", "colours", "ranks")} among {Pick(level, 52, 104, 52)} cards that lie face down (POPGym).",
            () => new Concentration(level))
        {
            NeedsMemory = true,
            NeedsPreviousAction = true,
            HasFullState = true,
            ReferenceReturn = Pick(level, 0.82, 0.82, 0.70),
            RandomReturn = Pick(level, -0.192, -0.186, -0.835),
        }),
        .. Of(level => new EnvironmentEntry(
            "MineSweeper",
            $"Uncover a {Pick(level, "4x4", "6x6", "8x8")} board with {Pick(level, 2, 6, 10)} mines, told only the mines around the cell (POPGym).",
            () => new MineSweeper(level))
        {
            NeedsMemory = true,
            NeedsPreviousAction = true,
            HasFullState = true,
            ReferenceReturn = Pick(level, 0.67, 0.34, 0.33),
            RandomReturn = Pick(level, -0.228, -0.400, -0.433),
        }),
        .. Of(level => new EnvironmentEntry(
            "MultiarmedBandit",
            $"Find the best of {Pick(level, 10, 20, 30)} arms, new in every episode, within {Pick(level, 200, 400, 600)} pulls (POPGym).",
            () => new MultiarmedBandit(level))
        {
            NeedsMemory = true,
            NeedsPreviousAction = true,
            HasFullState = true,
            ReferenceReturn = Pick(level, 0.70, 0.77, 0.80),
            RandomReturn = 0,
        }),
    ];
}
