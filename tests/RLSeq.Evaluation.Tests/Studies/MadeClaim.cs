using RLSeq.Training;

namespace RLSeq.Evaluation.Tests;

/// <summary>A claim with one condition or several on made-up arms: <c>a</c> scores more than <c>b</c> by more than a tenth.</summary>
internal sealed class MadeClaim : Claim
{
    public const double Bound = 0.125; // exact in binary, so that a tie is one

    public static Arm A { get; } = Make("a", "lstm");

    public static Arm B { get; } = Make("b", "gru");

    public static Arm Absent { get; } = Make("c", "memory-that-nobody-has");

    public static Condition AOverB { get; } = new(ReturnMeasures.Difference("a", [A], "b", [B]), Side.Above, Bound);

    public static Condition AOverAbsent { get; } = new(ReturnMeasures.Difference("a", [A], "c", [Absent]), Side.Above, Bound);

    public IReadOnlyList<Condition> All { get; init; } = [AOverB];

    public IReadOnlyList<Control> Required { get; init; } = [];

    public override int Number => 1;

    public override string Sentence => "a is better than b.";

    public override string Experiment => "Made up.";

    public override string CannotShow => "Anything.";

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) => All;

    public override IReadOnlyList<Control> Controls(StudyScale scale) => Required;

    /// <summary>The data of a study whose runs score as they are told to; null for a run that failed.</summary>
    public static StudyData Scores(double?[] a, double?[] b)
    {
        var data = new StudyData();
        for (int i = 0; i < a.Length; i++)
        {
            Add(data, A, (ulong)i + 1, a[i]);
            Add(data, B, (ulong)i + 1, b[i]);
        }
        return data;
    }

    public static void Add(StudyData data, Arm arm, ulong seed, double? score, long stateBytes = 100) => data.Add(arm.Run(seed), new RunResult
    {
        Environment = arm.Configuration.Environment,
        Memory = arm.Configuration.Memory.Name,
        Seed = seed,
        Status = score is null ? RunStatus.Failed : RunStatus.Ok,
        Error = score is null ? "it fell over" : null,
        EpisodeReturns = score is null ? [] : [score.Value],
        Parameters = 100,
        StateBytes = stateBytes,
        StepsPerSecond = 1000,
    });

    private static Arm Make(string label, string memory) =>
        new(label, new TrainingConfiguration { Environment = "CartPole", Memory = new MemoryOptions { Name = memory } }) { Zero = 0, One = 1 };
}
