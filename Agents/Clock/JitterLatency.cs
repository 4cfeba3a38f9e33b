namespace RLSeq.Agents;

/// <summary>Latencies drawn evenly between two bounds, each decision on its own.</summary>
public sealed class JitterLatency : LatencyProfile
{
    private readonly long _low, _high;

    /// <summary>Makes the profile.</summary>
    /// <param name="low">The shortest latency in nanoseconds, 0 or more.</param>
    /// <param name="high">The longest, not below it.</param>
    /// <exception cref="ArgumentException">The bounds are out of order.</exception>
    public JitterLatency(long low, long high)
    {
        if (low < 0 || high < low) throw new ArgumentException($"The bounds of a jitter are 0 or more and in order; given: {low} and {high} ns.", nameof(low));
        (_low, _high) = (low, high);
    }

    /// <inheritdoc/>
    public override long Nanoseconds(ulong seed, long decision)
    {
        var random = new CounterRandom(seed, Stream, (ulong)decision);
        return _low + (long)Math.Floor(random.NextDouble() * (_high - _low + 1));
    }

    /// <inheritdoc/>
    public override string ToString() => $"jitter:{Duration.Format(_low)}:{Duration.Format(_high)}";

    private const uint Stream = 0x6A697474; // "jitt": apart from what else the episode's seed keys
}
