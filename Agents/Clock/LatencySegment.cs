namespace RLSeq.Agents;

/// <summary>The latencies that were measured in one part of the episode.</summary>
/// <param name="From">The first decision, 0 for an episode's first.</param>
/// <param name="To">The decision after the last.</param>
/// <param name="Nanoseconds">The latencies in the order in which they were measured, without the warm-up.</param>
public sealed record LatencySegment(int From, int To, IReadOnlyList<long> Nanoseconds);
