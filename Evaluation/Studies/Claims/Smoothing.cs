using static RLSeq.Evaluation.ReturnMeasures;

namespace RLSeq.Evaluation.Claims;

/// <summary>Claim 10.</summary>
internal sealed class Smoothing : Claim
{
    /// <summary>Half of each new observation, half of what was smoothed before.</summary>
    private const string Smooth = "smooth=0.5";

    public override int Number => 10;

    public override string Sentence => "A hybrid of classical smoothing and recurrence is more effective than either alone.";

    public override string Experiment =>
        "Two noisy cart-poles, one whose speeds are hidden and one that shows everything: exponential smoothing of observations without memory, an LSTM on the raw observations, and an LSTM on the smoothed ones. "
        + "More effective: by what matters, than each of the two.";

    public override string CannotShow => "Filters that know the physics, such as Kalman's, and another strength of smoothing than one half.";

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) =>
    [
        new(Difference("lstm smoothed", Arms("lstm", scale, Smooth), "lstm, mean of two tasks", Arms("lstm", scale)), Side.Above, StudyTasks.Matters),
        new(Difference("lstm smoothed", Arms("lstm", scale, Smooth), "none smoothed, mean of two tasks", Arms("none", scale, Smooth)), Side.Above, StudyTasks.Matters),
    ];

    public override IReadOnlyList<Control> Controls(StudyScale scale) => [Learned(StudyTasks.Learned, [.. Arms("lstm", scale), .. Arms("lstm", scale, Smooth), .. Arms("none", scale, Smooth)]) with
    {
        Text = "the best of the three must score at least 0.3 on the weaker of its tasks",
        Value = (data, seeds) => ((Arm[][])[Arms("lstm", scale), Arms("lstm", scale, Smooth), Arms("none", scale, Smooth)]).Max(arms => Learned(StudyTasks.Learned, arms).Value(data, seeds)),
    }];

    private static Arm[] Arms(string memory, StudyScale scale, string smoothing = "")
    {
        const string Noise = "noise-observation=0.5";
        long steps = scale.StepsOf(300_000, 1_000_000);
        string label = memory + (smoothing.Length > 0 ? " smoothed" : "");
        return
        [
            StudyTasks.CartPole("NoisyPositionOnlyCartPoleMedium", memory, steps, smoothing) with { Label = label },
            StudyTasks.Control("CartPole", memory, steps, smoothing.Length > 0 ? $"{Noise},{smoothing}" : Noise) with { Label = label },
        ];
    }
}
