namespace RLSeq.Evaluation;

/// <summary>One seed's policy under an intervention.</summary>
/// <param name="Seed">The training seed.</param>
/// <param name="Returns">The undiscounted return of every episode.</param>
public sealed record MemoryUseRun(ulong Seed, IReadOnlyList<double> Returns);
