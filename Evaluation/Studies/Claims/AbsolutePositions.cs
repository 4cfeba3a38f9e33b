using static RLSeq.Evaluation.ReturnMeasures;

namespace RLSeq.Evaluation.Claims;

/// <summary>Claim 4.</summary>
internal sealed class AbsolutePositions : Claim
{
    /// <summary>Steps over which the first card must be held.</summary>
    private const int Length = 128;

    public override int Number => 4;

    public override string Sentence => "A Transformer with absolute positions holds long dependencies worse than an LSTM, and relative positions mend it.";

    public override string Experiment =>
        "Episodes of 128 cards in which every action must name the first one, so up to 128 steps lie between what is seen and what is wanted; attention sees 128 steps. "
        + "Worse and mended are both differences that matter.";

    public override string CannotShow => "Dependencies beyond the window, and tasks that ask how long ago something was instead of what came first. One budget of steps: holding is not told apart from learning to hold.";

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) =>
    [
        new(Difference("lstm", [Arm("lstm", scale)], "transformer-absolute", [Arm("transformer-absolute", scale)]), Side.Above, StudyTasks.Matters),
        new(Difference("transformer", [Arm("transformer", scale)], "transformer-absolute", [Arm("transformer-absolute", scale)]), Side.Above, StudyTasks.Matters),
    ];

    public override IReadOnlyList<Control> Controls(StudyScale scale) => [Learned(StudyTasks.Learned, Arm("lstm", scale), Arm("transformer", scale), Arm("transformer-absolute", scale))];

    private static Arm Arm(string memory, StudyScale scale) => StudyTasks.FirstCard(memory, scale.StepsOf(400_000, 2_000_000), Length);
}
