using MessagePack;

namespace RLSeq.Agents;

/// <summary>Histograms as MessagePack: <c>[min, max, sum, [index, count, index, count, …], warm-up or nil, warm-up records]</c>, in nanoseconds.</summary>
public sealed partial class LatencyHistogram
{
    private const int FieldCount = 6;

    /// <summary>Writes everything, so that <see cref="Load"/> gives an equal histogram.</summary>
    /// <param name="writer">Where to.</param>
    public void Save(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(FieldCount);
        writer.Write(Min);
        writer.Write(Max);
        writer.Write(_sum);
        int used = 0;
        foreach (long count in _counts) used += count > 0 ? 1 : 0;
        writer.WriteArrayHeader(2 * used);
        for (int i = 0; i < _counts.Length; i++)
        {
            if (_counts[i] == 0) continue;
            writer.Write(i);
            writer.Write(_counts[i]);
        }
        if (_warmup is null) writer.WriteNil();
        else _warmup.Save(ref writer);
        writer.Write(_warmupRecords);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="MessagePackSerializationException">The data is no histogram.</exception>
    public static LatencyHistogram Load(ref MessagePackReader reader) => LoadNested(ref reader, isWarmup: false);

    private static LatencyHistogram LoadNested(ref MessagePackReader reader, bool isWarmup)
    {
        if (reader.ReadArrayHeader() != FieldCount) throw Bad("it has another number of fields");
        (long min, long max, long sum) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        int pairs = reader.ReadArrayHeader();
        var counts = new List<(int Index, long Count)>();
        for (int i = 0; i < pairs / 2; i++) counts.Add((reader.ReadInt32(), reader.ReadInt64()));
        LatencyHistogram? warmup = null;
        if (!reader.TryReadNil()) warmup = isWarmup ? throw Bad("its warm-up has a warm-up") : LoadNested(ref reader, isWarmup: true);
        long warmupRecords = reader.ReadInt64();
        if (pairs % 2 != 0 || min < 0 || max < min || sum < 0 || warmupRecords < 0 || warmup is null != (warmupRecords == 0)) throw Bad("its numbers contradict each other");

        var histogram = new LatencyHistogram(warmupRecords) { Min = min, Max = max, _sum = sum };
        foreach ((int index, long count) in counts)
        {
            if ((uint)index >= (uint)BucketCount || count <= 0 || histogram._counts[index] != 0) throw Bad($"its bucket {index} with {count} records is impossible");
            histogram._counts[index] = count;
            histogram.Count = histogram.Count <= long.MaxValue - count ? histogram.Count + count : throw Bad("it has too many records");
        }
        if (warmup is not null) histogram._warmup!.Merge(warmup);
        return histogram;
    }

    private static MessagePackSerializationException Bad(string reason) => new($"This is no latency histogram: {reason}.");
}
