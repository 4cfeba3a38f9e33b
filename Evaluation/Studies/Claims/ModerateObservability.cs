using static RLSeq.Evaluation.ReturnMeasures;

namespace RLSeq.Evaluation.Claims;

/// <summary>Claim 1.</summary>
internal sealed class ModerateObservability : Claim
{
    public override int Number => 1;

    public override string Sentence => "With moderate partial observability a Transformer does not beat an LSTM.";

    public override string Experiment =>
        "Moderate: a few steps of the past decide what is best. A cart-pole whose speeds are hidden, the same with noise, and a card game that asks for the card of three steps before. "
        + "\"Does not beat\" means that its lead is smaller than what matters, not that the two are equal.";

    public override string CannotShow => "Other sizes and learning rates: both memories have the same settings, tuned for neither. A longer training may end a lead or make one.";

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) =>
        [new(Difference("transformer", Arms("transformer", scale), "lstm, mean of three tasks", Arms("lstm", scale)), Side.Below, StudyTasks.Matters)];

    public override IReadOnlyList<Control> Controls(StudyScale scale) => [Learned(StudyTasks.Learned, [.. Arms("lstm", scale), .. Arms("transformer", scale)])];

    private static Arm[] Arms(string memory, StudyScale scale)
    {
        long steps = scale.StepsOf(300_000, 1_000_000);
        return
        [
            StudyTasks.CartPole("PositionOnlyCartPoleEasy", memory, steps),
            StudyTasks.CartPole("NoisyPositionOnlyCartPoleEasy", memory, steps),
            StudyTasks.Cards("RepeatPreviousEasy", memory, steps),
        ];
    }
}
