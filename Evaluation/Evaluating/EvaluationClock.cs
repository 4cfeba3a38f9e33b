using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>The clock that a policy is evaluated under.</summary>
/// <param name="Settings">Period, deadline, rules and slow-down.</param>
public sealed record EvaluationClock(ClockSettings Settings)
{
    /// <summary>Whether time is the machine's; else it is simulated, and advances by the latency of each decision.</summary>
    public bool Wall { get; init; }

    /// <summary>
    /// The latencies to replay, or null for what the agent takes at each inference. Under the wall clock a replayed latency is waited for, and
    /// an inference that takes longer takes what it takes.
    /// </summary>
    public LatencyProfile? Replayed { get; init; }

    /// <summary>How long the agent plays before the first episode, so that the runtime has compiled it; the actions are in none of the figures.</summary>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(0.5);
}
