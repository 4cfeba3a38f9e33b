namespace RLSeq.Agents.Tests;

/// <summary>Dense layers in fewer bits: the same product of rounded numbers, and the rounding is as small as the format promises.</summary>
public sealed class DenseFormatTests
{
    private static readonly int[] OutputCounts = [0, 1, 4, 15, 16, 17, 33, 63, 64, 65, 80, 97, 128, 131];

    [Fact]
    public void Wide_and_plain_kernels_give_the_same_bits()
    {
        foreach (NumberFormat format in Formats())
            foreach (int outputs in OutputCounts)
                foreach (int inputs in new[] { 0, 1, 2, 5, 16, 33, 700 })
                    foreach (int rows in new[] { 0, 1, 3, 4, 5, 21 })
                    {
                        DenseLayer layer = Layer(inputs, outputs, format, out _, out _);
                        float[] x = HashedNumbers.Of("x", rows * inputs, 1), fast = new float[rows * outputs], plain = new float[rows * outputs];
                        layer.Apply(x, fast, rows);
                        layer.ApplyScalar(x, plain, rows);
                        Near.Same(plain, fast, $"{format}, {inputs} inputs, {outputs} outputs, {rows} rows");
                    }
    }

    [Fact]
    public void BFloat16_is_the_product_with_weights_of_which_only_the_upper_half_is_kept()
    {
        const int Inputs = 75, Outputs = 37;
        DenseLayer layer = Layer(Inputs, Outputs, NumberFormat.BFloat16, out float[] weight, out float[] bias);
        float[] x = HashedNumbers.Of("x", Inputs, 1), y = new float[Outputs];
        layer.Apply(x, y, 1);
        for (int o = 0; o < Outputs; o++)
        {
            double sum = bias[o], exact = bias[o], room = 0;
            for (int i = 0; i < Inputs; i++)
            {
                float w = weight[(o * Inputs) + i];
                sum += (double)BFloat16.ToSingle(BFloat16.Round(w)) * x[i];
                exact += (double)w * x[i];
                room += Math.Abs((double)w * x[i]) / 256; // half a unit in the 8th place
            }
            Near.Equal(sum, y[o], 1e-5, $"output {o}");
            Assert.InRange(y[o], exact - room - 1e-5, exact + room + 1e-5);
        }
    }

    [Fact]
    public void Int8_is_the_exact_sum_of_products_of_rounded_numbers()
    {
        const int Inputs = 75, Outputs = 37;
        DenseLayer layer = Layer(Inputs, Outputs, NumberFormat.Int8, out float[] weight, out float[] bias);
        float[] x = HashedNumbers.Of("x", Inputs, 1), y = new float[Outputs];
        layer.Apply(x, y, 1);
        double xScale = x.Max(Math.Abs) / 32767.0;
        for (int o = 0; o < Outputs; o++)
        {
            double scale = weight.AsSpan(o * Inputs, Inputs).ToArray().Max(Math.Abs) / 127.0;
            long sum = 0;
            double exact = bias[o], room = 0;
            for (int i = 0; i < Inputs; i++)
            {
                double w = weight[(o * Inputs) + i];
                sum += (long)Math.Round(w / scale) * (long)Math.Round(x[i] / xScale);
                exact += w * x[i];
                room += (Math.Abs(x[i]) * scale / 2) + (Math.Abs(w) * xScale);
            }
            Near.Equal(bias[o] + (sum * scale * xScale), y[o], 2e-5, $"output {o}"); // the scales themselves are rounded
            Assert.InRange(y[o], exact - room, exact + room);
        }
    }

    [Fact]
    public void The_largest_sum_of_int8_does_not_overflow()
    {
        foreach (int inputs in new[] { 515, 516, 517, 518, 4096, 16384 })
        {
            var layer = new DenseLayer(Enumerable.Repeat(1f, inputs).ToArray(), [0f], inputs, 1, NumberFormat.Int8);
            Assert.Equal(NumberFormat.Int8, layer.Format);
            float[] y = new float[1];
            layer.Apply(Enumerable.Repeat(-3f, inputs).ToArray(), y, 1);
            Near.Equal(-3.0 * inputs, y[0], 1e-6, $"{inputs} inputs");
        }
    }

    [Fact]
    public void A_layer_too_wide_for_int8_stays_in_bfloat16()
    {
        var layer = new DenseLayer(new float[16385], [2f], 16385, 1, NumberFormat.Int8);
        Assert.Equal(NumberFormat.BFloat16, layer.Format);
    }

    [Fact]
    public void A_row_has_the_same_bits_whatever_rows_are_computed_with_it()
    {
        const int Inputs = 37, Outputs = 139, Rows = 27;
        foreach (NumberFormat format in Formats())
        {
            DenseLayer layer = Layer(Inputs, Outputs, format, out _, out _);
            float[] x = HashedNumbers.Of("x", Rows * Inputs, 1), all = new float[Rows * Outputs], alone = new float[Outputs];
            layer.Apply(x, all, Rows);
            for (int row = 0; row < Rows; row++)
            {
                layer.Apply(x.AsSpan(row * Inputs, Inputs), alone, 1);
                Near.Same(alone, all.AsSpan(row * Outputs, Outputs), $"{format}, row {row}");
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void What_is_not_finite_comes_out_in_every_format(float bad)
    {
        foreach (NumberFormat format in Formats())
            foreach (int at in new[] { 0, 15, 16, 36 })
            {
                DenseLayer layer = Layer(37, 5, format, out _, out _);
                float[] x = HashedNumbers.Of("x", 37, 1), y = new float[5], plain = new float[5];
                x[at] = bad;
                layer.Apply(x, y, 1);
                layer.ApplyScalar(x, plain, 1);
                Assert.All(y.Concat(plain), value => Assert.False(float.IsFinite(value), $"{format}: {value}"));
            }
    }

    [Fact]
    public void Zeros_and_numbers_too_small_to_divide_by_stay_zero()
    {
        var layer = new DenseLayer([0f, 0f, 1e-40f, -1e-40f], [5f, 6f], 2, 2, NumberFormat.Int8);
        float[] y = new float[4];
        layer.Apply([1f, 2f, 0f, 1e-38f], y, 2);
        Assert.Equal([5f, 6f, 5f, 6f], y);
    }

    [Fact]
    public void Numbers_of_different_sizes_are_rounded_to_the_nearest_integers_and_ties_to_even()
    {
        sbyte[] q = new sbyte[5];
        float scale = Quantizer.RoundToInt8([127f, 0.5f, 1.5f, -2.5f, -126.6f], q);
        Assert.Equal(1f, scale);
        Assert.Equal(new sbyte[] { 127, 0, 2, -2, -127 }, q);
    }

    [Fact]
    public void BFloat16_rounds_to_nearest_even()
    {
        // 1 + 2^-8 lies between 1 and 1 + 2^-7; 1 + 3 · 2^-8 between 1 + 2^-7 and 1 + 2^-6.
        Assert.Equal(1f, BFloat16.ToSingle(BFloat16.Round(1f + (1f / 256))));
        Assert.Equal(1f + (1f / 64), BFloat16.ToSingle(BFloat16.Round(1f + (3f / 256))));
        Assert.Equal(1f + (1f / 128), BFloat16.ToSingle(BFloat16.Round(1f + (1f / 256) + 1e-6f)));
        Assert.Equal(-0.5f, BFloat16.ToSingle(BFloat16.Round(-0.5f)));
    }

    private static NumberFormat[] Formats() => [NumberFormat.Float32, NumberFormat.BFloat16, NumberFormat.Int8];

    private static DenseLayer Layer(int inputs, int outputs, NumberFormat format, out float[] weight, out float[] bias)
    {
        weight = HashedNumbers.Of("weight", inputs * outputs, 1);
        bias = HashedNumbers.Of("bias", outputs, 1);
        return new DenseLayer(weight, bias, inputs, outputs, format);
    }
}
