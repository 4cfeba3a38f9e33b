using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>One episode of an evaluation.</summary>
/// <param name="Return">The undiscounted sum of its rewards.</param>
/// <param name="Success">Whether it reached what the environment asks for; null where the environment does not say (<see cref="Environments.ISuccess"/>).</param>
/// <param name="Counts">Its ticks, decisions, misses, dropped observations, and what drove the transitions. Without a clock a decision is a tick, and nothing is missed.</param>
/// <param name="Latency">What the decisions took in nanoseconds, measured or replayed, before any slow-down.</param>
/// <param name="AllocatedBytes">Managed bytes that choosing the actions allocated.</param>
/// <param name="Collections">Garbage collections of the process during the episode.</param>
/// <param name="Jitter">How late observations were, in nanoseconds; null but under the wall clock.</param>
public sealed record EpisodeRecord(double Return, bool? Success, EpisodeCounts Counts, LatencySummary Latency, long AllocatedBytes, CollectionCounts Collections, LatencySummary? Jitter)
{
    /// <summary>Its steps: ticks of the world.</summary>
    public int Length => (int)Counts.Ticks;
}
