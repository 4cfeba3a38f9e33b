using static RLSeq.Evaluation.ReturnMeasures;

namespace RLSeq.Evaluation.Claims;

/// <summary>Claim 5.</summary>
internal sealed class LittleData : Claim
{
    /// <summary>What the claim calls little; it does not grow with the study.</summary>
    private const long Steps = 100_000;

    public override int Number => 5;

    public override string Sentence => "With little data (some 100,000 steps) recurrent memories are better than a Transformer.";

    public override string Experiment => "Four partially observable tasks, 100,000 steps of each and no more: the mean of an LSTM and of gated recurrent units against a Transformer.";

    public override string CannotShow => "What tuning for few steps would bring to either side: the learning rate falls to zero over these steps for all of them, and nothing else was adapted.";

    public override (int Default, int Full) Seeds => (6, 20);

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) =>
    [
        new(Difference("lstm and gru", [.. Arms("lstm", scale), .. Arms("gru", scale)], "transformer, mean of four tasks", Arms("transformer", scale)), Side.Above, StudyTasks.Matters),
    ];

    public override IReadOnlyList<Control> Controls(StudyScale scale) =>
    [
        new("the best memory of each task must score at least 0.3 on the mean of the four tasks", StudyTasks.Learned, (data, seeds) => BestMean(data, scale, seeds)),
    ];

    private static double? BestMean(StudyData data, StudyScale scale, IReadOnlyList<ulong> seeds)
    {
        Arm[] all = [.. Arms("lstm", scale), .. Arms("gru", scale), .. Arms("transformer", scale)];
        double?[] best = [.. all.GroupBy(arm => arm.Task).Select(task => Learned(StudyTasks.Learned, [.. task]).Value(data, seeds))];
        return best.Any(value => value is null) ? null : best.Average();
    }

    private static Arm[] Arms(string memory, StudyScale scale)
    {
        long steps = scale.StepsOf(Steps, Steps);
        return
        [
            StudyTasks.CartPole("PositionOnlyCartPoleEasy", memory, steps),
            StudyTasks.CartPole("NoisyPositionOnlyCartPoleEasy", memory, steps),
            StudyTasks.Cards("RepeatPreviousEasy", memory, steps),
            StudyTasks.Cards("RepeatFirstEasy", memory, steps),
        ];
    }
}
