using RLSeq.Agents;

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

    /// <summary>Whether the agent takes the distribution's mode or a sample of it.</summary>
    public ActionSelection Selection { get; init; } = ActionSelection.Mode;
}
