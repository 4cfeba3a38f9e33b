using System.Numerics;
using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>
/// The latencies of decisions by their position in the episode: attention costs more as its cache fills. The segments are 0, 1, 2 to 3, 4 to 7, and
/// so on. Nothing is allocated per decision but when a list of kept latencies grows.
/// </summary>
/// <param name="keeps">Whether every latency is kept, for a profile, and not only counted.</param>
public sealed class LatencyRecording(bool keeps = false)
{
    /// <summary>Latencies that are kept at most; the file of a profile holds no more.</summary>
    private const int MostKept = 1 << 24;

    private readonly List<LatencyHistogram> _segments = [];
    private readonly List<List<long>> _kept = [];
    private int _count;

    /// <summary>One histogram per segment, in nanoseconds, from the episode's beginning.</summary>
    public IReadOnlyList<LatencyHistogram> Segments => _segments;

    /// <summary>The first decision of a segment.</summary>
    /// <param name="segment">Its number, from 0.</param>
    public static int From(int segment) => segment == 0 ? 0 : 1 << (segment - 1);

    /// <summary>The decision after a segment's last.</summary>
    /// <param name="segment">Its number, from 0.</param>
    public static int To(int segment) => 1 << segment;

    /// <summary>Records a latency. Positions begin at 0, without a gap, in every episode.</summary>
    /// <param name="position">The decision's number in the episode.</param>
    /// <param name="nanoseconds">What it took.</param>
    public void Record(long position, long nanoseconds)
    {
        int segment = position == 0 ? 0 : BitOperations.Log2((ulong)position) + 1;
        while (_segments.Count <= segment)
        {
            _segments.Add(new LatencyHistogram());
            _kept.Add([]);
        }
        _segments[segment].Record(nanoseconds);
        if (keeps && _count++ < MostKept) _kept[segment].Add(nanoseconds);
    }

    /// <summary>Adds the counts of another; what it kept stays there.</summary>
    /// <param name="other">The other; unchanged.</param>
    public void Merge(LatencyRecording other)
    {
        while (_segments.Count < other._segments.Count)
        {
            _segments.Add(new LatencyHistogram());
            _kept.Add([]);
        }
        for (int i = 0; i < other._segments.Count; i++) _segments[i].Merge(other._segments[i]);
    }

    /// <summary>What was kept, as a profile that can be replayed.</summary>
    /// <param name="conditions">What was measured and how.</param>
    /// <exception cref="InvalidOperationException">Nothing was kept.</exception>
    public RecordedLatency ToProfile(string conditions)
    {
        if (_count == 0) throw new InvalidOperationException("No latencies were kept, so there is no profile of them; record with keeps: true, and play at least one decision.");
        // The first actions may all have been warm-up: then what follows them stands for them too.
        int first = _kept.FindIndex(latencies => latencies.Count > 0);
        IEnumerable<int> filled = Enumerable.Range(first, _kept.Count - first).TakeWhile(segment => _kept[segment].Count > 0);
        return new RecordedLatency(filled.Select(segment => new LatencySegment(segment == first ? 0 : From(segment), To(segment), _kept[segment])), conditions);
    }
}
