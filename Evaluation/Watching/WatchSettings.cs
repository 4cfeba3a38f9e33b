using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>How episodes are played for somebody to see.</summary>
public sealed record WatchSettings
{
    /// <summary>An episode that neither terminates nor is truncated is ended after so many steps.</summary>
    public int MaxSteps { get; init; } = new EvaluationSettings().MaxSteps;

    /// <summary>Decides the episodes and the samples; they are those of an evaluation with the same seed.</summary>
    public ulong Seed { get; init; } = new EvaluationSettings().Seed;

    /// <summary>Whether the agent takes the distribution's mode or a sample of it.</summary>
    public ActionSelection Selection { get; init; } = ActionSelection.Mode;

    /// <summary>
    /// Whether the runtime compiles the policy's code for good before the first action, which takes about a second, by letting another agent
    /// of the same policy act. Without it the first actions are slow, and marked as warm-up.
    /// </summary>
    public bool WarmUp { get; init; } = true;
}
