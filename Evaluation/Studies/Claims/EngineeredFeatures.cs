using static RLSeq.Evaluation.ReturnMeasures;

namespace RLSeq.Evaluation.Claims;

/// <summary>Claim 11.</summary>
internal sealed class EngineeredFeatures : Claim
{
    private const string Features = "previous-action,frame-stack=4";

    public override int Number => 11;

    public override string Sentence => "Engineered features (frame stacking, previous action) make memory unnecessary.";

    public override string Experiment =>
        "Four stacked frames and the previous action without a memory, against an LSTM on the raw observations: on two tasks whose past four frames decide all (hidden speeds; the card of three steps before), "
        + "and on one that asks for the first card of 51. Unnecessary: the LSTM's lead is smaller than what matters, on both kinds.";

    public override string CannotShow => "Features made for a task by who knows it, such as a counter or the first card itself.";

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) =>
    [
        new(Difference("lstm", Short("lstm", scale), "four frames, where these suffice", Short("none", scale, Features)), Side.Below, StudyTasks.Matters),
        new(Difference("lstm", [Long("lstm", scale)], "four frames, where the first of 51 is asked for", [Long("none", scale, Features)]), Side.Below, StudyTasks.Matters),
    ];

    public override IReadOnlyList<Control> Controls(StudyScale scale) => [Learned(StudyTasks.Learned, [.. Short("lstm", scale), Long("lstm", scale), .. Short("none", scale, Features), Long("none", scale, Features)]) with
    {
        Text = "on every task one of the two must score at least 0.3 on average",
        Value = (data, seeds) => Least(((Arm[])[.. Short("lstm", scale), Long("lstm", scale)])
            .Zip((Arm[])[.. Short("none", scale, Features), Long("none", scale, Features)])
            .Select(pair => Best(data, seeds, pair.First, pair.Second))),
    }];

    /// <summary>The better mean score of two arms, whose tasks differ by the wrappers only.</summary>
    private static double? Best(StudyData data, IReadOnlyList<ulong> seeds, Arm first, Arm second)
    {
        double? a = Learned(0, first).Value(data, seeds), b = Learned(0, second).Value(data, seeds);
        return a is null || b is null ? a ?? b : Math.Max(a.Value, b.Value);
    }

    private static Arm[] Short(string memory, StudyScale scale, string wrappers = "")
    {
        long steps = scale.StepsOf(300_000, 1_000_000);
        return [StudyTasks.CartPole("PositionOnlyCartPoleEasy", memory, steps, wrappers), StudyTasks.Cards("RepeatPreviousEasy", memory, steps, wrappers)];
    }

    private static Arm Long(string memory, StudyScale scale, string wrappers = "") => StudyTasks.Cards("RepeatFirstEasy", memory, scale.StepsOf(300_000, 1_000_000), wrappers);
}
