using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>How a policy is evaluated.</summary>
public sealed record EvaluationSettings
{
    /// <summary>Episodes to play.</summary>
    public int Episodes { get; init; } = 100;

    /// <summary>An episode that neither terminates nor is truncated is ended after so many steps.</summary>
    public int MaxSteps { get; init; } = 100_000;

    /// <summary>Decides the episodes and the samples; the same seed gives every policy the same episodes.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How long a reset or a step of the environment may take before it is taken to hang; zero for ever.</summary>
    public TimeSpan StepTimeout { get; init; } = CallWatch.DefaultTimeout;

    /// <summary>Whether the agent takes the distribution's mode or a sample of it.</summary>
    public ActionSelection Selection { get; init; } = ActionSelection.Mode;

    /// <summary>The clock that the world runs under; null, the default, is a world that waits for the agent.</summary>
    public EvaluationClock? Clock { get; init; }

    /// <summary>
    /// Whether the runtime compiles the policy's code for good before the first episode, which takes about a second
    /// (<see cref="Agent.WarmUp(CancellationToken)"/>); for whoever reads the latencies. Without it those of the first thousands of actions are
    /// several times too long. Returns are the same. Under a clock <see cref="EvaluationClock.Warmup"/> stands for it.
    /// </summary>
    public bool WarmUp { get; init; }

    /// <summary>Whether every latency is kept, so that <see cref="EvaluationResult.Positions"/> can be made a profile.</summary>
    public bool KeepLatencies { get; init; }
}
