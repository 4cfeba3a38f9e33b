namespace RLSeq.Evaluation;

/// <summary>What a policy earned while its state was tampered with.</summary>
/// <param name="Intervention">What was done to the state before every action.</param>
/// <param name="Steps">For <see cref="MemoryIntervention.Truncated"/>: the most recent observations that the state was made of; else null.</param>
/// <param name="Returns">The undiscounted return of every episode.</param>
public sealed record PolicyMemoryUse(MemoryIntervention Intervention, int? Steps, IReadOnlyList<double> Returns);
