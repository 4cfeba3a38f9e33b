namespace RLSeq.Evaluation;

/// <summary>One bucket of a latency histogram.</summary>
/// <param name="ValueUs">The latency that stands for the bucket, in microseconds.</param>
/// <param name="Count">How many actions fell into it.</param>
public readonly record struct LatencyBucket(double ValueUs, long Count);
