namespace RLSeq.Agents;

/// <summary>
/// A steady latency, with bursts of a longer one, as a busy machine or a collector has them: every decision begins a burst with some
/// probability, and a burst lasts a number of decisions.
/// </summary>
public sealed class BurstyLatency : LatencyProfile
{
    /// <summary>The longest burst, in decisions: each decision looks back so far.</summary>
    public const int LongestBurst = 1024;

    private readonly long _calm, _burst;
    private readonly double _probability;
    private readonly int _length;

    /// <summary>Makes the profile.</summary>
    /// <param name="calm">The latency outside of bursts, in nanoseconds, 0 or more.</param>
    /// <param name="burst">The latency inside, in nanoseconds, 0 or more.</param>
    /// <param name="probability">That a decision begins a burst, 0 to 1.</param>
    /// <param name="length">The decisions that a burst lasts, 1 to <see cref="LongestBurst"/>; one that begins in another prolongs it.</param>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public BurstyLatency(long calm, long burst, double probability, int length)
    {
        if (calm < 0 || burst < 0) throw new ArgumentException($"Latencies are 0 or more; given: {calm} and {burst} ns.", nameof(calm));
        if (!(probability is >= 0 and <= 1)) throw new ArgumentException(FormattableString.Invariant($"The probability of a burst lies from 0 to 1; given: {probability}."), nameof(probability));
        if (length is < 1 or > LongestBurst) throw new ArgumentException($"A burst lasts 1 to {LongestBurst} decisions; given: {length}.", nameof(length));
        (_calm, _burst, _probability, _length) = (calm, burst, probability, length);
    }

    /// <inheritdoc/>
    public override long Nanoseconds(ulong seed, long decision)
    {
        for (long begun = decision; begun >= 0 && begun > decision - _length; begun--)
            if (new CounterRandom(seed, Stream, (ulong)begun).NextDouble() < _probability) return _burst;
        return _calm;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"bursty:{Duration.Format(_calm)}:{Duration.Format(_burst)}:{_probability}:{_length}");

    private const uint Stream = 0x62757273; // "burs"
}
