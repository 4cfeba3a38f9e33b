using static RLSeq.Evaluation.ReturnMeasures;

namespace RLSeq.Evaluation.Claims;

/// <summary>Claim 9.</summary>
internal sealed class NearDuplicates : Claim
{
    /// <summary>The name of the memory that does not store near-duplicates, for when there is one.</summary>
    private const string Distinct = "transformer-distinct";

    /// <summary>A quarter less.</summary>
    private const double Saved = 0.75;

    public override int Number => 9;

    public override string Sentence => "Not storing near-duplicate vectors saves memory and costs no return.";

    public override string Experiment =>
        "A Transformer that stores what differs from what it holds already, against the one that stores everything, on a card game and a cart-pole whose speeds are hidden. "
        + "Saves: a state at least a quarter smaller. Costs none: less than what matters.";

    public override string CannotShow => "Observations that repeat more than these do, such as standing still in a picture.";

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) =>
    [
        new(Difference("transformer", Arms("transformer", scale), Distinct, Arms(Distinct, scale)), Side.Below, StudyTasks.Matters),
        new(StateRatio(Arms(Distinct, scale), Arms("transformer", scale)), Side.Below, Saved),
    ];

    public override IReadOnlyList<Control> Controls(StudyScale scale) => [Learned(0.5, Arms("transformer", scale))];

    private static Measure StateRatio(Arm[] first, Arm[] second) => new(
        $"state bytes of {Distinct} over transformer",
        (data, seeds) => [.. seeds.Select(seed => Bytes(data, first, seed) / Bytes(data, second, seed))])
    {
        Arms = [.. first, .. second],
        IsRatio = true,
    };

    private static double? Bytes(StudyData data, Arm[] arms, ulong seed) =>
        arms.All(arm => data.Run(arm, seed) is { IsUsable: true }) ? arms.Average(arm => data.Run(arm, seed)!.StateBytes) : null;

    private static Arm[] Arms(string memory, StudyScale scale)
    {
        long steps = scale.StepsOf(300_000, 1_000_000);
        return [StudyTasks.Cards("RepeatPreviousEasy", memory, steps), StudyTasks.CartPole("PositionOnlyCartPoleEasy", memory, steps)];
    }
}
