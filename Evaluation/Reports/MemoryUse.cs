namespace RLSeq.Evaluation;

/// <summary>Whether a memory is really used: the return of the same policies on the same episodes while their state is tampered with.</summary>
/// <param name="Intervention">What was done to the state before every action: see <see cref="MemoryIntervention"/>.</param>
/// <param name="Steps">For <see cref="MemoryIntervention.Truncated"/>: the most recent observations that the state was made of; else null.</param>
/// <param name="Runs">The policies of all seeds, in the order of the seeds.</param>
public sealed record MemoryUse(MemoryIntervention Intervention, int? Steps, IReadOnlyList<MemoryUseRun> Runs);
