namespace RLSeq.Training;

/// <summary>What the clock did to one rollout.</summary>
/// <param name="TicksPerDecision">The mean number of transitions from one decision to the next, at least 1.</param>
/// <param name="MissRate">The share of decisions whose action came after the deadline.</param>
/// <param name="Dropped">Ticks whose observation a busy agent did not see.</param>
/// <param name="AppliedShare">The share of decisions whose action drove a transition, or may yet: those that the policy learns from.</param>
public sealed record ClockMetrics(double TicksPerDecision, double MissRate, long Dropped, double AppliedShare);
