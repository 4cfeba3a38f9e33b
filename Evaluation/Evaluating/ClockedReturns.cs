namespace RLSeq.Evaluation;

/// <summary>What episodes under a clock earned.</summary>
/// <param name="Returns">The undiscounted return of every episode, the sum over its ticks.</param>
/// <param name="MissRate">The share of all decisions that came after the deadline.</param>
/// <param name="DroppedRate">The share of all ticks whose observation a busy agent did not see.</param>
internal sealed record ClockedReturns(double[] Returns, double MissRate, double DroppedRate);
