using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>What an evaluation saw.</summary>
/// <param name="Returns">The undiscounted return of every episode, in order.</param>
/// <param name="Lengths">The steps of every episode.</param>
/// <param name="Latency">The time of every action, warm-up apart.</param>
/// <param name="AllocatedBytes">Managed bytes that acting allocated, all actions together, warm-up apart.</param>
/// <param name="Seconds">The time of the whole evaluation.</param>
public sealed record EvaluationResult(double[] Returns, int[] Lengths, LatencyHistogram Latency, long AllocatedBytes, double Seconds)
{
    /// <summary>Environment steps of all episodes.</summary>
    public long Steps => Lengths.Sum(length => (long)length);

    /// <summary>The mean return.</summary>
    public double MeanReturn => Returns.Average();
}
