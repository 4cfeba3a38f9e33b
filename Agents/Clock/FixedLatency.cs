namespace RLSeq.Agents;

/// <summary>Every decision takes the same time.</summary>
/// <param name="nanoseconds">The latency, 0 or more; 0 is an agent that thinks in no time.</param>
public sealed class FixedLatency(long nanoseconds) : LatencyProfile
{
    private readonly long _nanoseconds = nanoseconds >= 0 ? nanoseconds : throw new ArgumentOutOfRangeException(nameof(nanoseconds), nanoseconds, "A latency is 0 or more.");

    /// <inheritdoc/>
    public override long Nanoseconds(ulong seed, long decision) => _nanoseconds;

    /// <inheritdoc/>
    public override string ToString() => $"fixed:{Duration.Format(_nanoseconds)}";
}
