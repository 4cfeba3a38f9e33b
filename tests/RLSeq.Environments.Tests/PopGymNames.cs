namespace RLSeq.Environments.Tests;

/// <summary>The names of POPGym's tasks.</summary>
internal static class PopGymNames
{
    private static readonly string[] Tasks =
    [
        "Autoencode", "Battleship", "Concentration", "CountRecall", "HigherLower", "MineSweeper", "MultiarmedBandit", "NoisyPositionOnlyCartPole",
        "NoisyPositionOnlyPendulum", "PositionOnlyCartPole", "PositionOnlyPendulum", "RepeatFirst", "RepeatPrevious", "VelocityOnlyCartPole",
    ];

    /// <summary>All 42, with their difficulties.</summary>
    public static IReadOnlyList<string> All => [.. Tasks.SelectMany(task => new[] { $"{task}Easy", $"{task}Medium", $"{task}Hard" })];
}
