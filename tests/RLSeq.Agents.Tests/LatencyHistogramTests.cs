using System.Buffers;
using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

public sealed class LatencyHistogramTests
{
    /// <summary>Percentiles, and the ranks ⌈percent · 20,000 / 100⌉ of 20,000 samples, worked out by hand.</summary>
    private static readonly (double Percent, int Rank)[] Ranks =
        [(0, 1), (0.1, 20), (1, 200), (10, 2000), (25, 5000), (50, 10_000), (75, 15_000), (90, 18_000), (99, 19_800), (99.9, 19_980), (99.99, 19_998), (100, 20_000)];

    [Theory]
    [InlineData(1, 200)]
    [InlineData(500, 100_000)]
    [InlineData(1, 100_000_000_000)]
    public void Percentiles_are_those_of_the_sorted_samples_within_a_half_percent(long low, long high)
    {
        var histogram = new LatencyHistogram();
        long[] samples = Samples(20_000, low, high);
        foreach (long sample in samples) histogram.Record(sample);
        Array.Sort(samples);
        foreach ((double percent, int rank) in Ranks) Assert.InRange(histogram.Percentile(percent), samples[rank - 1] * 0.995, samples[rank - 1] * 1.005);
        Assert.Equal((samples.Length, samples[0], samples[^1]), (histogram.Count, histogram.Min, histogram.Max));
        Assert.Equal(samples.Average(), histogram.Mean, samples.Average() * 1e-9);
        Assert.Equal(samples.Length, histogram.Buckets().Sum(bucket => bucket.Count));
    }

    /// <summary>
    /// The ranks are ⌈percent · count / 100⌉, worked out by hand. The durations rise by 1 ns per rank around the one that is looked for, which
    /// lasts 60 ns: so short ones are kept exactly, and a neighbour would show.
    /// </summary>
    [Theory]
    [InlineData(99.9, 1, 1)]
    [InlineData(99.9, 500, 500)]
    [InlineData(99.9, 999, 999)]
    [InlineData(99.9, 1000, 999)]
    [InlineData(99.9, 1001, 1000)]
    [InlineData(99.9, 2000, 1998)]
    [InlineData(99.9, 5000, 4995)]
    [InlineData(99.9, 10_000, 9990)]
    [InlineData(99.9, 20_000, 19_980)]
    [InlineData(99.9, 100_000, 99_900)]
    [InlineData(99.9, 1_000_000, 999_000)]
    [InlineData(99.9, 1_000_001, 999_001)]
    [InlineData(99.99, 9999, 9999)]
    [InlineData(99.99, 10_000, 9999)]
    [InlineData(99.99, 1_000_000, 999_900)]
    [InlineData(99, 100, 99)]
    [InlineData(99, 101, 100)]
    [InlineData(90, 10, 9)]
    [InlineData(55, 100, 55)]
    [InlineData(50, 2, 1)]
    [InlineData(50, 3, 2)]
    [InlineData(33.3, 1000, 333)]
    [InlineData(7, 100, 7)]
    [InlineData(0.1, 1000, 1)]
    [InlineData(0.1, 2000, 2)]
    [InlineData(1e-9, 1000, 1)]
    public void A_percentile_has_exactly_its_rank(double percent, int count, int rank)
    {
        const int Beside = 50;
        var histogram = new LatencyHistogram();
        for (int k = 1; k <= count; k++) histogram.Record(k < rank - Beside ? 1 : k > rank + Beside ? 1000 : 60 + (k - rank));
        Assert.Equal(60, histogram.Percentile(percent));
    }

    [Fact]
    public void Every_power_of_two_and_its_neighbours_falls_into_a_bucket_of_its_size()
    {
        for (long power = 1; power < 100_000_000_000; power *= 2)
            foreach (long value in new[] { power - 1, power, power + 1 })
            {
                var histogram = new LatencyHistogram();
                histogram.Record(value);
                LatencyCount bucket = Assert.Single(histogram.Buckets());
                Assert.InRange(bucket.Value, value * (1 - (1 / 256.0)), value * (1 + (1 / 256.0)));
                if (value < 256) Assert.Equal(value, bucket.Value);
            }
    }

    [Fact]
    public void What_is_out_of_range_is_counted_at_the_ends()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(-5);
        histogram.Record(300_000_000_000);
        Assert.Equal((2, 0, 300_000_000_000), (histogram.Count, histogram.Min, histogram.Max));
        Assert.Equal(300_000_000_000, histogram.Percentile(100));
        Assert.Equal(2, histogram.Buckets().Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.Percentile(101));
        Assert.Throws<ArgumentOutOfRangeException>(() => histogram.Percentile(double.NaN));
    }

    [Fact]
    public void Durations_too_long_to_add_up_are_saved_and_loaded_all_the_same()
    {
        LatencyHistogram histogram = Of(long.MaxValue, long.MaxValue, 5), other = Of(long.MaxValue), ticks = new();
        Assert.Equal((3, 5, long.MaxValue, long.MaxValue / 3.0), (histogram.Count, histogram.Min, histogram.Max, histogram.Mean));
        histogram.Merge(other);
        Assert.Equal((4, long.MaxValue / 4.0), (histogram.Count, histogram.Mean));
        var reader = new MessagePackReader(Save(histogram));
        AssertEqual(histogram, LatencyHistogram.Load(ref reader));
        ticks.RecordTicks(long.MaxValue);
        ticks.RecordTicks(long.MinValue);
        Assert.Equal((2, 0), (ticks.Count, ticks.Min));
        Assert.InRange(ticks.Max, 9_000_000_000_000_000_000, long.MaxValue);
    }

    [Fact]
    public void An_empty_one_gives_zeros()
    {
        var histogram = new LatencyHistogram();
        Assert.Equal((0, 0, 0, 0.0, 0.0), (histogram.Count, histogram.Min, histogram.Max, histogram.Mean, histogram.Percentile(50)));
        Assert.Empty(histogram.Buckets());
    }

    [Fact]
    public void Merging_equals_recording_into_one()
    {
        long[] samples = Samples(3000, 10, 1_000_000);
        LatencyHistogram all = Of(samples), first = Of(samples[..1000]), second = Of(samples[1000..]), empty = new();
        first.Merge(second);
        first.Merge(new LatencyHistogram());
        AssertEqual(all, first);
        empty.Merge(all);
        AssertEqual(all, empty);
    }

    [Fact]
    public void The_warm_up_is_kept_apart_and_stays_over_after_a_reset()
    {
        var histogram = new LatencyHistogram(3);
        for (int i = 1; i <= 5; i++) histogram.Record(i * 100);
        Assert.Equal((2, 400, 500), (histogram.Count, histogram.Min, histogram.Max));
        Assert.Equal((3, 100, 300), (histogram.Warmup!.Count, histogram.Warmup.Min, histogram.Warmup.Max));
        histogram.Reset();
        Assert.Equal(0, histogram.Count);
        histogram.Record(7);
        Assert.Equal((1, 7, 7), (histogram.Count, histogram.Min, histogram.Max));
    }

    [Fact]
    public void What_was_saved_is_loaded()
    {
        var histogram = new LatencyHistogram(10);
        foreach (long sample in Samples(5000, 1, 10_000_000)) histogram.Record(sample);
        foreach (LatencyHistogram saved in new[] { histogram, new LatencyHistogram(), new LatencyHistogram(5) })
        {
            byte[] bytes = Save(saved);
            var reader = new MessagePackReader(bytes);
            LatencyHistogram loaded = LatencyHistogram.Load(ref reader);
            Assert.True(reader.End);
            AssertEqual(saved, loaded);
            Assert.Equal(saved.Warmup?.Count, loaded.Warmup?.Count);
            Assert.Equal(bytes, Save(loaded));
        }
    }

    [Fact]
    public void Damaged_data_gives_one_kind_of_exception()
    {
        byte[] bytes = Save(Of(Samples(50, 1, 1000)));
        var random = new RandomSource(1);
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. bytes.AsSpan(0, random.NextInt(4) == 0 ? random.NextInt(bytes.Length) : bytes.Length)];
            for (int k = 0; k < 3 && damaged.Length > 0; k++) damaged[random.NextInt(damaged.Length)] = (byte)random.NextInt(256);
            var reader = new MessagePackReader(damaged);
            try
            {
                LatencyHistogram loaded = LatencyHistogram.Load(ref reader);
                Assert.True(loaded.Percentile(50) >= 0);
            }
            catch (MessagePackSerializationException)
            {
                // the documented one
            }
        }
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        var histogram = new LatencyHistogram(5);
        for (int i = 0; i < 100; i++) histogram.RecordTicks(i);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) histogram.RecordTicks(i * 1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static LatencyHistogram Of(params long[] samples)
    {
        var histogram = new LatencyHistogram();
        foreach (long sample in samples) histogram.Record(sample);
        return histogram;
    }

    private static void AssertEqual(LatencyHistogram expected, LatencyHistogram actual)
    {
        Assert.Equal((expected.Count, expected.Min, expected.Max, expected.Mean), (actual.Count, actual.Min, actual.Max, actual.Mean));
        Assert.Equal(expected.Buckets(), actual.Buckets());
    }

    /// <summary>Log-uniform samples.</summary>
    private static long[] Samples(int count, long low, long high)
    {
        var random = new RandomSource(4);
        return [.. Enumerable.Range(0, count).Select(_ => (long)(low * Math.Pow((double)high / low, random.NextDouble())))];
    }

    private static byte[] Save(LatencyHistogram histogram)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        histogram.Save(ref writer);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}
