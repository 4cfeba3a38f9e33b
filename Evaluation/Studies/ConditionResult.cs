namespace RLSeq.Evaluation;

/// <summary>A condition with what was measured of it.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Measured">What was measured; null where it was not tested.</param>
/// <param name="Outcome">What follows.</param>
public sealed record ConditionResult(Condition Condition, Measured? Measured, Outcome Outcome);
