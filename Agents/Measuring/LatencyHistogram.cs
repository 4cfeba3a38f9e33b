using System.Diagnostics;

namespace RLSeq.Agents;

/// <summary>
/// Counts durations from 1 ns to 100 s in buckets of constant relative width (log-linear, as in HdrHistogram): exact below 128 ns,
/// then 128 buckets per doubling. A percentile lies within 0.4 % of a recorded duration of that rank. Recording allocates nothing.
/// </summary>
/// <remarks>The first durations can be kept apart as warm-up, since they contain the runtime's compilation. Not for several threads at once.</remarks>
public sealed partial class LatencyHistogram
{
    private const int LinearBits = 7, Linear = 1 << LinearBits;
    private const long Longest = 100_000_000_000;

    private static readonly int BucketCount = Index(Longest) + 1;
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly long[] _counts = new long[BucketCount];
    private readonly LatencyHistogram? _warmup;
    private readonly long _warmupRecords;
    private long _sum;

    /// <summary>Makes an empty histogram.</summary>
    /// <param name="warmupRecords">How many of the first records are kept apart in <see cref="Warmup"/>.</param>
    public LatencyHistogram(long warmupRecords = 0)
    {
        if (warmupRecords < 0) throw new ArgumentOutOfRangeException(nameof(warmupRecords), warmupRecords, "The number of warm-up records is 0 or more.");
        _warmupRecords = warmupRecords;
        if (warmupRecords > 0) _warmup = new LatencyHistogram();
    }

    /// <summary>The durations recorded, those of the warm-up not counted.</summary>
    public long Count { get; private set; }

    /// <summary>The shortest duration in nanoseconds, exact; 0 when empty.</summary>
    public long Min { get; private set; }

    /// <summary>The longest duration in nanoseconds, exact; 0 when empty.</summary>
    public long Max { get; private set; }

    /// <summary>The mean in nanoseconds, exact as long as all durations together are below 292 years; 0 when empty.</summary>
    public double Mean => Count == 0 ? 0 : (double)_sum / Count;

    /// <summary>The first durations, which are not counted here; null when there is no warm-up.</summary>
    public LatencyHistogram? Warmup => _warmup;

    /// <summary>Whether the warm-up is over, so that the next record counts.</summary>
    public bool IsWarm => _warmup is null || _warmup.Count >= _warmupRecords;

    /// <summary>Records a duration.</summary>
    /// <param name="nanoseconds">The duration; below 0 counts as 0. One above 100 s falls into the last bucket.</param>
    public void Record(long nanoseconds)
    {
        if (!IsWarm)
        {
            _warmup!.Record(nanoseconds);
            return;
        }
        long value = Math.Max(0, nanoseconds);
        _counts[Index(Math.Min(value, Longest))]++;
        Min = Count == 0 ? value : Math.Min(Min, value);
        Max = Math.Max(Max, value);
        _sum = Sum(_sum, value);
        Count++;
    }

    /// <summary>Records a duration measured with <see cref="Stopwatch"/>.</summary>
    /// <param name="ticks">The difference of two timestamps.</param>
    public void RecordTicks(long ticks)
    {
        double nanoseconds = ticks * NanosecondsPerTick;
        Record(nanoseconds < long.MaxValue ? (long)nanoseconds : long.MaxValue); // what a cast does beyond the range depends on the runtime
    }

    /// <summary>
    /// The duration that a share of all records does not exceed (nearest rank, ⌈percent / 100 · count⌉), in nanoseconds; 0 when empty. The
    /// 99.9th percentile of 1,000 records is thus the 999th, and that of fewer than 1,000 the longest.
    /// </summary>
    /// <param name="percent">0 to 100; 0 gives the shortest duration and 100 the longest, exactly.</param>
    /// <exception cref="ArgumentOutOfRangeException">The percentage is outside [0, 100].</exception>
    public double Percentile(double percent)
    {
        if (!(percent >= 0 && percent <= 100)) throw new ArgumentOutOfRangeException(nameof(percent), percent, "A percentile lies from 0 to 100.");
        if (Count == 0) return 0;
        long rank = NearestRank.Of((decimal)percent, Count);
        if (rank == 1) return Min;
        if (rank >= Count) return Max;
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank) return Math.Min(Math.Max(Middle(i), Min), Max);
        }
        return Max;
    }

    /// <summary>Adds another histogram's records, and its warm-up to this one's where both have one.</summary>
    /// <param name="other">The other; unchanged.</param>
    public void Merge(LatencyHistogram other)
    {
        if (other.Count > 0)
        {
            Min = Count == 0 ? other.Min : Math.Min(Min, other.Min);
            Max = Math.Max(Max, other.Max);
            Count += other.Count;
            _sum = Sum(_sum, other._sum);
            for (int i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
        }
        if (_warmup is not null && other._warmup is not null) _warmup.Merge(other._warmup);
    }

    /// <summary>Forgets all records. A warm-up that is over stays over: the process is warm.</summary>
    public void Reset()
    {
        Array.Clear(_counts, 0, _counts.Length);
        (Count, Min, Max, _sum) = (0, 0, 0, 0);
    }

    /// <summary>The buckets that hold records, from short to long.</summary>
    public LatencyCount[] Buckets()
    {
        var buckets = new List<LatencyCount>();
        for (int i = 0; i < _counts.Length; i++)
            if (_counts[i] > 0) buckets.Add(new LatencyCount(Middle(i), _counts[i]));
        return [.. buckets];
    }

    /// <summary>The bucket of a value: itself below 128; above, 128 per doubling, by the seven bits after the leading one.</summary>
    private static int Index(long value)
    {
        if (value < Linear) return (int)value;
        int exponent = (int)(BitConverter.DoubleToInt64Bits(value) >> 52) - 1023 - LinearBits; // the double is exact: value < 2^53
        return (exponent * Linear) + (int)(value >> exponent);
    }

    /// <summary>The sum of two numbers from 0, or the largest: a histogram with a negative sum could not be loaded.</summary>
    private static long Sum(long a, long b) => a <= long.MaxValue - b ? a + b : long.MaxValue;

    private static double Middle(int index)
    {
        if (index < 2 * Linear) return index;
        int exponent = (index / Linear) - 1;
        return ((long)((index % Linear) + Linear) << exponent) + (((1L << exponent) - 1) / 2.0);
    }
}
