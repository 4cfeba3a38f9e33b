using RLSeq.Training;

namespace RLSeq.Cli.Commands;

/// <summary>What <c>rlseq compare</c> does without arguments: chosen so that memories are learned, and seen to matter, within about two minutes on two cores.</summary>
internal static class Demonstration
{
    public const string EnvironmentName = "RepeatPreviousEasy";

    public const int Seeds = 2;

    public static string[] Memories { get; } = ["none", "lstm", "transformer"];

    /// <summary>
    /// Every answer of this task is judged on its own and changes nothing that follows, so a short discount takes noise out of the
    /// advantages; with the default of 0.99 the same is learned in about twice the steps.
    /// </summary>
    public static TrainingConfiguration Training { get; } = new()
    {
        Environment = EnvironmentName,
        Steps = 250_000,
        CheckpointEvery = 0,
        Ppo = new PpoSettings { Discount = 0.9, LearningRate = 3e-3 },
    };
}
