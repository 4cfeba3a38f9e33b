using static RLSeq.Evaluation.ReturnMeasures;

namespace RLSeq.Evaluation.Claims;

/// <summary>Claim 3.</summary>
internal sealed class ReactiveTasks : Claim
{
    public override int Number => 3;

    public override string Sentence => "In reactive, low-dimensional environments a Transformer has no advantage.";

    public override string Experiment => "Three control tasks of four to six numbers in which the present observation is all that the best action depends on, against no memory and against an LSTM.";

    public override string CannotShow => "That a Transformer does harm: the claim is about an advantage only. Tasks where a memory could find out what the physics are.";

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) =>
    [
        new(Difference("transformer", Arms("transformer", scale), "none, mean of three tasks", Arms("none", scale)), Side.Below, StudyTasks.Matters),
        new(Difference("transformer", Arms("transformer", scale), "lstm, mean of three tasks", Arms("lstm", scale)), Side.Below, StudyTasks.Matters),
    ];

    public override IReadOnlyList<Control> Controls(StudyScale scale) => [Learned(StudyTasks.Learned, [.. Arms("none", scale), .. Arms("lstm", scale), .. Arms("transformer", scale)])];

    private static Arm[] Arms(string memory, StudyScale scale)
    {
        long steps = scale.StepsOf(200_000, 1_000_000);
        return
        [
            StudyTasks.CartPole("PositionOnlyCartPoleEasyFullState", memory, steps),
            StudyTasks.Control("CartPole", memory, steps),
            StudyTasks.Control("Acrobot", memory, steps),
        ];
    }
}
