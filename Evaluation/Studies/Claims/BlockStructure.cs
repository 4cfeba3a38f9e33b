using static RLSeq.Evaluation.ReturnMeasures;

namespace RLSeq.Evaluation.Claims;

/// <summary>Claim 6.</summary>
internal sealed class BlockStructure : Claim
{
    public override int Number => 6;

    public override string Sentence => "In a Transformer block the feed-forward, residual and multi-head structure matters more than the self-attention.";

    public override string Experiment =>
        "Each part is taken out by itself: attention (every visible step gets the same weight), the feed-forward layers, the residual connections, and all heads but one of the full width. A part matters by the score that is lost without it; "
        + "the claim needs each of the three to lose more than attention does, over a card game that asks for a card of the past and a cart-pole whose speeds are hidden.";

    public override string CannotShow => "Parts taken out together, blocks that were tuned without a part, and networks deep enough to need residual connections to learn at all.";

    public override (int Default, int Full) Seeds => (4, 10);

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) =>
    [
        MattersMore("transformer-no-feed-forward", "without feed-forward", scale),
        MattersMore("transformer-no-residual", "without residuals", scale),
        MattersMore("transformer-one-head", "with one head", scale),
    ];

    public override IReadOnlyList<Control> Controls(StudyScale scale) => [Learned(0.5, Arms("transformer", scale))];

    /// <summary>What is left without attention is more than what is left without the other part.</summary>
    private static Condition MattersMore(string memory, string part, StudyScale scale) =>
        new(Difference("transformer without attention", Arms("transformer-no-attention", scale), part, Arms(memory, scale)), Side.Above, StudyTasks.Matters);

    private static Arm[] Arms(string memory, StudyScale scale)
    {
        long steps = scale.StepsOf(200_000, 1_000_000);
        return [StudyTasks.Cards("RepeatPreviousEasy", memory, steps), StudyTasks.CartPole("PositionOnlyCartPoleEasy", memory, steps)];
    }
}
