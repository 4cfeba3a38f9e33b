namespace RLSeq.Agents.Tests;

/// <summary>Attention of one query over a ring of cached keys and values, in every format, against its formula in double precision.</summary>
public sealed class AttentionCacheTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        // heads, head size, context
        { 1, 1, 0 }, { 1, 3, 5 }, { 2, 4, 16 }, { 3, 8, 31 }, { 2, 16, 70 }, { 4, 17, 33 }, { 4, 32, 130 }, { 1, 40, 64 }, { 2, 96, 20 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Attention_is_the_softmax_of_the_scores_over_the_values(int heads, int size, int context)
    {
        foreach (NumberFormat format in new[] { NumberFormat.Float32, NumberFormat.BFloat16, NumberFormat.Int8 })
            foreach (int newest in new[] { 0, 1, context / 2, context, context + 3, (2 * context) + 1 })
                Check(new TransformerSizes(heads * size, 2, heads, context, 1), format, newest);
    }

    [Theory]
    [InlineData(515)]
    [InlineData(516)]
    [InlineData(517)]
    [InlineData(2001)]
    public void The_largest_sum_of_a_long_window_does_not_overflow(int items)
    {
        // Equal scores and equal values: every product of small integers is as large as it can be, and the mean is the value.
        var sizes = new TransformerSizes(3, 1, 1, items - 1, 1);
        foreach (NumberFormat format in new[] { NumberFormat.Float32, NumberFormat.BFloat16, NumberFormat.Int8 })
        {
            AttentionCache cache = AttentionCache.Create(sizes, 1, format);
            for (int item = 0; item < items; item++) cache.Write(0, 0, item, [0, 0, 0, 2, -2, 2]);
            float[] y = new float[3];
            cache.Attend(0, 0, items, items / 3, [1, 1, 1], new float[items + SimdWidth.Widest], y);
            for (int i = 0; i < 3; i++) Near.Equal(i == 1 ? -2 : 2, y[i], 1e-4, $"{format}, {items} items");
        }
    }

    /// <summary>Items 0 to newest were written one after the other; the ring keeps the last of them.</summary>
    private static void Check(TransformerSizes sizes, NumberFormat format, int newest)
    {
        const int Rows = 2, Row = 1, Layer = 1;
        int d = sizes.Hidden, count = Math.Min(newest + 1, sizes.Items), first = newest + 1 - count;
        AttentionCache cache = AttentionCache.Create(sizes, Rows, format), plain = AttentionCache.Create(sizes, Rows, format);
        plain.Plain = true;
        for (int item = 0; item <= newest; item++)
            foreach (AttentionCache each in new[] { cache, plain })
            {
                each.Write(Row, Layer, item % sizes.Items, Item(item, d));
                each.Write(0, Layer, item % sizes.Items, Item(-item, d)); // neighbours must not matter
                each.Write(Row, 0, item % sizes.Items, Item(item + 1000, d));
            }
        float[] query = HashedNumbers.Of("query", d, 1), relative = HashedNumbers.Of("relative", sizes.Heads * sizes.Items, 1);
        float[] y = new float[d], z = new float[d];
        float[] padded = [.. relative, .. new float[SimdWidth.Widest]];
        cache.Attend(Row, Layer, count, first % sizes.Items, query, padded, y);
        plain.Attend(Row, Layer, count, first % sizes.Items, query, padded, z);
        double[] expected = Formula(sizes, format, query, relative, first, count);
        string where = $"{format}, {sizes}, newest {newest}";
        for (int i = 0; i < d; i++)
        {
            // Rounding to 16 bits (queries and weights of int8) adds 2^-16 of the largest; the stored numbers are rounded in the formula too.
            Near.Equal(expected[i], y[i], format == NumberFormat.Int8 ? 2e-4 : 2e-5, where);
            Near.Equal(y[i], z[i], 1e-5, where + ", plain");
        }
    }

    private static float[] Item(int item, int d) => HashedNumbers.Of($"item {item}", 2 * d, 1);

    private static double[] Formula(TransformerSizes sizes, NumberFormat format, float[] query, float[] relative, int first, int count)
    {
        int d = sizes.Hidden, size = sizes.HeadSize;
        double[] result = new double[d], weights = new double[count];
        for (int head = 0; head < sizes.Heads; head++)
        {
            for (int j = 0; j < count; j++)
            {
                double[] key = Stored(format, Item(first + j, d).AsSpan(head * size, size));
                double score = relative[(head * sizes.Items) + sizes.Items - count + j];
                for (int i = 0; i < size; i++) score += key[i] * query[(head * size) + i];
                weights[j] = Math.Exp(score);
            }
            double sum = weights.Sum();
            for (int j = 0; j < count; j++)
            {
                double[] value = Stored(format, Item(first + j, d).AsSpan(d + (head * size), size));
                for (int i = 0; i < size; i++) result[(head * size) + i] += weights[j] / sum * value[i];
            }
        }
        return result;
    }

    /// <summary>What a format keeps of one head's numbers.</summary>
    private static double[] Stored(NumberFormat format, ReadOnlySpan<float> numbers)
    {
        double[] exact = [.. numbers.ToArray().Select(number => (double)number)];
        if (format == NumberFormat.Float32) return exact;
        if (format == NumberFormat.BFloat16) return [.. numbers.ToArray().Select(number => (double)BFloat16.ToSingle(BFloat16.Round(number)))];
        double scale = exact.Max(Math.Abs) / 127;
        return [.. exact.Select(number => Math.Round(number / scale) * scale)];
    }
}
