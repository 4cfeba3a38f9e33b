using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary>What <c>rlseq compare</c> does without arguments: chosen so that memories are learned, and seen to matter, within about two minutes on two cores.</summary>
internal static class Demonstration
{
    public const string EnvironmentName = "RepeatPreviousEasy";

    public const int Seeds = 2;

    public static string[] Memories { get; } = ["none", "lstm", "transformer"];

    public static TrainingConfiguration Training { get; } = new() { CheckpointEvery = 0 };
}
