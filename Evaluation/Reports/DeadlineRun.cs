namespace RLSeq.Evaluation;

/// <summary>One seed's policy at one deadline; every policy and every deadline plays the same episodes.</summary>
/// <param name="Seed">The training seed.</param>
/// <param name="Returns">The undiscounted return of every episode.</param>
/// <param name="MissRate">The share of decisions that came after the deadline, 0 to 1.</param>
/// <param name="DroppedRate">The share of ticks whose observation a busy agent did not see, 0 to 1.</param>
public sealed record DeadlineRun(ulong Seed, IReadOnlyList<double> Returns, double MissRate, double DroppedRate);
