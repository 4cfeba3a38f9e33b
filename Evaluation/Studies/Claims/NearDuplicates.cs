using static RLSeq.Evaluation.ReturnMeasures;

namespace RLSeq.Evaluation.Claims;

/// <summary>Claim 9.</summary>
internal sealed class NearDuplicates : Claim
{
    /// <summary>The memory that does not store near-duplicates.</summary>
    private const string Distinct = "transformer-distinct";

    /// <summary>The one that stores everything, of as many slots.</summary>
    private const string Half = "transformer of half the context";

    /// <summary>A quarter less.</summary>
    private const double Saved = 0.75;

    public override int Number => 9;

    public override string Sentence => "Not storing near-duplicate vectors saves memory and costs no return.";

    public override string Experiment =>
        "A Transformer that stores what differs from what it holds already, by a relative distance of its inputs of more than 0.1, against the one that stores everything, on a card game and a cart-pole whose speeds are hidden. "
        + "Saves: a state at least a quarter smaller. It is built with half as many slots, so that this holds by construction, and the experiment is about what it costs. Costs none: less than what matters. "
        + "Shown beside, without a say: a Transformer of half the context, whose state is as small. Where it scores as much, storing less was enough, and nothing is owed to the choice of what to store.";

    public override string CannotShow =>
        "Observations that repeat more than these do, such as standing still in a picture. Another tolerance, or a gate that learns what to store. How few slots would do.";

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) =>
    [
        new(Difference("transformer", Arms("transformer", scale), Distinct, Arms(Distinct, scale)), Side.Below, StudyTasks.Matters),
        new(StateRatio(Arms(Distinct, scale), Arms("transformer", scale)), Side.Below, Saved),
    ];

    public override IReadOnlyList<Control> Controls(StudyScale scale) => [Learned(0.5, Arms("transformer", scale))];

    public override IReadOnlyList<Measure> Observations(StudyScale scale) =>
    [
        Difference(Distinct, Arms(Distinct, scale), Half, HalfArms(scale)),
        Difference("transformer", Arms("transformer", scale), Half, HalfArms(scale)),
    ];

    private static Measure StateRatio(Arm[] first, Arm[] second) => new(
        $"state bytes of {Distinct} over transformer",
        (data, seeds) => [.. seeds.Select(seed => Bytes(data, first, seed) / Bytes(data, second, seed))])
    {
        Arms = [.. first, .. second],
        IsRatio = true,
    };

    private static double? Bytes(StudyData data, Arm[] arms, ulong seed) =>
        arms.All(arm => data.Run(arm, seed) is { IsUsable: true }) ? arms.Average(arm => data.Run(arm, seed)!.StateBytes) : null;

    private static Arm[] HalfArms(StudyScale scale) =>
    [
        .. Arms("transformer", scale).Select(arm => arm with
        {
            Label = Half,
            Configuration = arm.Configuration with { Memory = arm.Configuration.Memory with { Context = (arm.Configuration.Memory.Context + 1) / 2 } },
        }),
    ];

    private static Arm[] Arms(string memory, StudyScale scale)
    {
        long steps = scale.StepsOf(300_000, 1_000_000);
        return [StudyTasks.Cards("RepeatPreviousEasy", memory, steps), StudyTasks.CartPole("PositionOnlyCartPoleEasy", memory, steps)];
    }
}
