using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>What an evaluation saw.</summary>
/// <param name="Clock">The clock that it ran under, or null.</param>
/// <param name="Episodes">Every episode, in order.</param>
/// <param name="Latency">What the decisions took in nanoseconds, before any slow-down and without the warm-up: measured, or what was replayed.</param>
/// <param name="Warmup">What the agent's first actions took, which are in none of the other latencies.</param>
/// <param name="Positions">The latencies by position in the episode.</param>
/// <param name="Jitter">How exact the wall clock was; null without one.</param>
/// <param name="Seconds">The time of the whole evaluation.</param>
public sealed record EvaluationResult(
    EvaluationClock? Clock, IReadOnlyList<EpisodeRecord> Episodes, LatencyHistogram Latency, LatencyHistogram Warmup, LatencyRecording Positions, ClockJitter? Jitter,
    double Seconds)
{
    /// <summary>The undiscounted return of every episode, in order.</summary>
    public double[] Returns { get; } = [.. Episodes.Select(episode => episode.Return)];

    /// <summary>The steps of every episode: ticks of the world.</summary>
    public int[] Lengths { get; } = [.. Episodes.Select(episode => episode.Length)];

    /// <summary>Managed bytes that acting allocated, all actions together, warm-up apart.</summary>
    public long AllocatedBytes => Episodes.Sum(episode => episode.AllocatedBytes);

    /// <summary>Garbage collections of the process during episodes.</summary>
    public CollectionCounts Collections => Episodes.Aggregate(default(CollectionCounts), (sum, episode) => sum.Plus(episode.Collections));

    /// <summary>Environment steps of all episodes.</summary>
    public long Steps => Lengths.Sum(length => (long)length);

    /// <summary>Observations that were acted on, in all episodes.</summary>
    public long Decisions => Episodes.Sum(episode => episode.Counts.Decisions);

    /// <summary>Decisions whose action came after the deadline, in all episodes.</summary>
    public long Misses => Episodes.Sum(episode => episode.Counts.Misses);

    /// <summary>Observations that a busy agent did not see, in all episodes.</summary>
    public long Dropped => Episodes.Sum(episode => episode.Counts.Dropped);

    /// <summary>The share of decisions that missed the deadline; null without a clock.</summary>
    public double? MissRate => Clock is null ? null : (double)Misses / Decisions;

    /// <summary>The share of ticks whose observation a busy agent did not see; null without a clock.</summary>
    public double? DroppedRate => Clock is null ? null : (double)Dropped / Steps;

    /// <summary>The share of episodes that succeeded; null where the environment does not say.</summary>
    public double? SuccessRate => Episodes.All(episode => episode.Success is null) ? null : Episodes.Average(episode => episode.Success == true ? 1.0 : 0);

    /// <summary>The mean return.</summary>
    public double MeanReturn => Returns.Average();
}
