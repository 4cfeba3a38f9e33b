using System.Globalization;
using RLSeq.Policies;
using static RLSeq.Evaluation.ReturnMeasures;

namespace RLSeq.Evaluation.Claims;

/// <summary>Claim 7.</summary>
internal sealed class LongMemory : Claim
{
    /// <summary>About a hundred steps, and about a thousand.</summary>
    private const int Short = 128, Long = 831;

    /// <summary>Half of the way from guessing to naming the first card at every step.</summary>
    private const double Held = 0.5;

    /// <summary>The name of the hierarchical memory, for when there is one.</summary>
    private const string Hierarchical = "hcam";

    /// <summary>A cost that grows with the logarithm looks like a small power over a factor of ten.</summary>
    private const double Logarithmic = 0.3;

    public override int Number => 7;

    public override string Sentence => "An LSTM remembers about a hundred steps, not a thousand; hierarchical attention reaches ten thousand with a logarithmic path.";

    public override string Experiment =>
        "Every action must name the first card of the episode, of 128 steps and of 831 steps (with twice the training). Remembers: more than half of the way from guessing to "
        + "naming it always; not: less than half. Hierarchical attention must hold the first card over 831 steps, and its latency must grow with less than the 0.3th power from 1,000 to 10,000 steps.";

    public override string CannotShow =>
        "A bound on what an LSTM can hold: gradients flow through 128 steps, and another training could reach further. Returns over ten thousand steps, which no training of this length would learn; of those only the latency.";

    public override IReadOnlyList<Condition> Conditions(StudyScale scale) =>
    [
        new(Score($"lstm over {Short} steps", Arm("lstm", scale, Short)), Side.Above, Held),
        new(Score($"lstm over {Long} steps", Arm("lstm", scale, Long)), Side.Below, Held),
        new(Score($"{Hierarchical} over {Long} steps", Arm(Hierarchical, scale, Long)), Side.Above, Held),
        new(CostMeasures.Growth($"exponent of p50 of {Hierarchical} over context", [.. ((int[])[1_000, 3_000, 10_000]).Select(context => ((double)context, Probe(context)))]), Side.Below, Logarithmic),
    ];

    public override IReadOnlyList<Control> Controls(StudyScale scale)
    {
        Arm told = StudyTasks.Cards("RepeatFirstHardFullState", "none", scale.StepsOf(400_000, 2_000_000));
        return [Learned(0.9, told) with { Text = "a policy without memory that is told the first card must score at least 0.9 on average" }];
    }

    private static Arm Arm(string memory, StudyScale scale, int length)
    {
        Arm arm = length == Short
            ? StudyTasks.FirstCard(memory, scale.StepsOf(400_000, 2_000_000), length)
            : StudyTasks.FirstCard(memory, scale.StepsOf(800_000, 10_000_000), length);
        return memory == Hierarchical ? arm with { Configuration = arm.Configuration with { Memory = arm.Configuration.Memory with { Context = Long } } } : arm;
    }

    private static ActingProbe Probe(int context) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Hierarchical}, context {context}"), new MemorySettings(Hierarchical, Hidden: 64, Layers: 2, Heads: 4, context, FeedForward: 0));
}
