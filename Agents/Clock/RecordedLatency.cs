namespace RLSeq.Agents;

/// <summary>
/// Latencies that were measured, split by position in the episode, since attention costs more as its cache fills. Replay begins at a place that
/// the episode's seed draws and goes on in the order of the recording, so that what came in a burst comes in a burst again.
/// </summary>
public sealed class RecordedLatency : LatencyProfile
{
    private readonly LatencySegment[] _segments;

    /// <summary>Makes a profile of recorded latencies.</summary>
    /// <param name="segments">The parts of an episode, from its beginning without a gap; the last one stands for all that follows it.</param>
    /// <param name="conditions">What was measured and how, for reports.</param>
    /// <exception cref="ArgumentException">There is none, one is empty or holds a negative latency, or they do not follow each other from 0.</exception>
    public RecordedLatency(IEnumerable<LatencySegment> segments, string conditions)
    {
        (_segments, Conditions) = ([.. segments], conditions);
        if (_segments.Length == 0) throw new ArgumentException("A recorded profile needs at least one segment.", nameof(segments));
        int expected = 0;
        foreach (LatencySegment segment in _segments)
        {
            if (segment.From != expected || segment.To <= segment.From) throw new ArgumentException($"The segments of a recorded profile follow each other from position 0; expected one from {expected}, given: {segment.From} to {segment.To}.", nameof(segments));
            if (segment.Nanoseconds.Count == 0) throw new ArgumentException($"The segment {segment.From} to {segment.To} of a recorded profile holds no latency.", nameof(segments));
            if (segment.Nanoseconds.Any(latency => latency < 0)) throw new ArgumentException($"The segment {segment.From} to {segment.To} of a recorded profile holds a latency below 0.", nameof(segments));
            expected = segment.To;
        }
    }

    /// <summary>What was measured and how.</summary>
    public string Conditions { get; }

    /// <summary>The parts of an episode.</summary>
    public IReadOnlyList<LatencySegment> Segments => _segments;

    /// <summary>All latencies in one histogram.</summary>
    public LatencyHistogram ToHistogram()
    {
        var histogram = new LatencyHistogram();
        foreach (LatencySegment segment in _segments)
            foreach (long latency in segment.Nanoseconds) histogram.Record(latency);
        return histogram;
    }

    /// <inheritdoc/>
    public override long Nanoseconds(ulong seed, long decision)
    {
        int at = 0;
        while (at + 1 < _segments.Length && decision >= _segments[at].To) at++;
        IReadOnlyList<long> latencies = _segments[at].Nanoseconds;
        var random = new CounterRandom(seed, Stream, (ulong)at);
        long first = (long)(random.NextDouble() * latencies.Count);
        return latencies[(int)((first + decision - _segments[at].From) % latencies.Count)];
    }

    /// <inheritdoc/>
    public override string ToString() => Conditions;

    private const uint Stream = 0x7265636F; // "reco"
}
