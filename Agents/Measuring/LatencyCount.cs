namespace RLSeq.Agents;

/// <summary>One bucket of a <see cref="LatencyHistogram"/>.</summary>
/// <param name="Value">The bucket's middle, in nanoseconds.</param>
/// <param name="Count">The records in it.</param>
public readonly record struct LatencyCount(double Value, long Count);
