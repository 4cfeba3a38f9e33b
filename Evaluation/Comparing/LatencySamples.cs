using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>Latencies in the order in which they were measured, each with its position in the episode.</summary>
internal sealed class LatencySamples
{
    /// <summary>A part of the episode holds at least so many latencies, or it is joined with the next: fewer have no 99th percentile.</summary>
    public const int FewestPerSegment = 100;

    private int[] _positions = [];
    private long[] _nanoseconds = [];
    private long _allocated;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room, so that adding allocates nothing.</summary>
    /// <param name="more">How many will be added.</param>
    public void Reserve(int more)
    {
        if (Count + more <= _positions.Length) return;
        int room = Math.Max(Count + more, 2 * Count);
        Array.Resize(ref _positions, room);
        Array.Resize(ref _nanoseconds, room);
    }

    /// <summary>Adds a latency.</summary>
    /// <param name="position">The action's position in the episode, from 0.</param>
    /// <param name="nanoseconds">The latency.</param>
    /// <param name="allocated">Managed bytes that the action allocated.</param>
    public void Add(int position, long nanoseconds, long allocated)
    {
        (_positions[Count], _nanoseconds[Count]) = (position, nanoseconds);
        _allocated += allocated;
        Count++;
    }

    /// <summary>
    /// The latencies by position: 0, 1, 2 to 3, 4 to 7 and so on, doubling, since what attention costs is in proportion to what is cached. Parts
    /// with few latencies are joined.
    /// </summary>
    public IReadOnlyList<LatencySegment> Segments()
    {
        int longest = _positions.AsSpan(0, Count).ToArray().Max();
        var segments = new List<LatencySegment>();
        int from = 0;
        for (int to = 1; from <= longest; to = Double(to))
        {
            List<long> within = [.. Between(from, to)];
            if (within.Count < FewestPerSegment && to <= longest) continue;
            if (within.Count < FewestPerSegment && segments.Count > 0)
            {
                // The end of the longest episodes: it joins what came before.
                from = segments[^1].From;
                segments.RemoveAt(segments.Count - 1);
                within = [.. Between(from, to)];
            }
            segments.Add(new LatencySegment(from, Math.Min(to, longest + 1), within));
            from = to;
        }
        return segments;
    }

    /// <summary>The figures.</summary>
    /// <param name="conditions">What was measured and how.</param>
    public LatencyResult Result(string conditions)
    {
        LatencyHistogram total = Histogram(_nanoseconds.AsSpan(0, Count));
        return new LatencyResult
        {
            P50Us = total.Percentile(50) / 1e3,
            P90Us = total.Percentile(90) / 1e3,
            P99Us = total.Percentile(99) / 1e3,
            P999Us = total.Percentile(99.9) / 1e3,
            MaxUs = total.Max / 1e3,
            MeanUs = total.Mean / 1e3,
            Count = total.Count,
            AllocatedBytesPerAction = (double)_allocated / Count,
            Conditions = conditions,
            Histogram = [.. total.Buckets().Select(bucket => new LatencyBucket(bucket.Value / 1e3, bucket.Count))],
            ByPosition = [.. Segments().Select(At)],
        };
    }

    private static LatencyAtPosition At(LatencySegment segment)
    {
        LatencyHistogram histogram = Histogram([.. segment.Nanoseconds]);
        return new LatencyAtPosition(segment.From, segment.To, histogram.Count, histogram.Percentile(50) / 1e3, histogram.Percentile(99) / 1e3);
    }

    private static LatencyHistogram Histogram(ReadOnlySpan<long> latencies)
    {
        var histogram = new LatencyHistogram();
        foreach (long latency in latencies) histogram.Record(latency);
        return histogram;
    }

    private IEnumerable<long> Between(int from, int to)
    {
        for (int i = 0; i < Count; i++)
            if (_positions[i] >= from && _positions[i] < to) yield return _nanoseconds[i];
    }

    /// <summary>The next power of two, as far as there is one.</summary>
    private static int Double(int to) => to > int.MaxValue / 2 ? int.MaxValue : 2 * to;
}
