namespace RLSeq.Evaluation.Tests;

/// <summary>Whole made-up studies with every kind of data, for layout and size.</summary>
internal static class MadeUpStudy
{
    private static readonly (string Name, double Level, double P50, double Growth)[] Memories =
    [
        ("none", 0.05, 0.3, 1), ("lstm", 0.86, 6, 1), ("gru", 0.84, 5.2, 1), ("gtrxl", 0.97, 62, 3), ("transformer-absolute", 0.93, 48, 4), ("mingru", 0.8, 3.4, 1),
    ];

    private static readonly string[] Environments = ["RepeatPreviousMedium", "AutoencodeEasy", "t-maze", "CountRecallHard", "StatelessPendulumMedium", "recall"];

    public static ComparisonResult Of(int environments, int memories, int seeds = 5)
    {
        EnvironmentInfo[] infos =
        [
            .. Environments.Take(environments).Select((name, i) => new EnvironmentInfo
            {
                Name = name,
                Description = $"{name}: what was seen at the beginning must be known {10 * (i + 1)} steps later.",
                RandomReturn = -0.5 - (0.05 * i),
                ReferenceReturn = 1,
            }),
        ];
        return MadeUp.Comparison(infos, [.. from info in infos from memory in Memories.Take(memories) select MadeUpClock.Full(info, memory.Name, seeds, memory.Level, memory.P50, memory.Growth)]) with
        {
            Title = "Which memory, and how fast?",
            Notes = ["This is made up."],
        };
    }
}
