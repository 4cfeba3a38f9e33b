namespace RLSeq.Evaluation;

/// <summary>Whether a memory is really used: the return of the same policies on the same episodes while their state is tampered with.</summary>
/// <param name="Intervention">What was done to the state before every action: see <see cref="MemoryIntervention"/>.</param>
/// <param name="Steps">For <see cref="MemoryIntervention.Truncated"/>: the most recent observations that the state was made of; else null.</param>
/// <param name="Runs">The policies of all seeds, in the order of the seeds.</param>
public sealed record MemoryUse(MemoryIntervention Intervention, int? Steps, IReadOnlyList<MemoryUseRun> Runs);

/// <summary>One seed's policy under an intervention.</summary>
/// <param name="Seed">The training seed.</param>
/// <param name="Returns">The undiscounted return of every episode.</param>
public sealed record MemoryUseRun(ulong Seed, IReadOnlyList<double> Returns);

/// <summary>What is done to a memory's state before every action.</summary>
public enum MemoryIntervention
{
    /// <summary>Nothing.</summary>
    Intact,

    /// <summary>It is set to that of an episode's beginning.</summary>
    Zeroed,

    /// <summary>It is that of the same step of another episode.</summary>
    Shuffled,

    /// <summary>It is made anew of the last few observations only.</summary>
    Truncated,
}
