namespace RLSeq.Agents.Tests;

public sealed class DenseLayerTests
{
    [Fact]
    public void The_product_is_right_for_every_number_of_outputs_inputs_and_rows()
    {
        foreach (int outputs in new[] { 0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 33, 48, 63, 64, 65, 79, 80, 97, 128, 131, 200 })
            foreach (int inputs in new[] { 0, 1, 2, 5, 16, 33 })
                foreach (int rows in new[] { 0, 1, 2, 3, 4, 5, 8, 9 })
                    Check(inputs, outputs, rows);
    }

    [Fact]
    public void Nothing_is_written_after_the_last_row()
    {
        DenseLayer layer = Layer(5, 21, out _, out _);
        float[] y = new float[(3 * 21) + 16];
        layer.Apply(HashedNumbers.Of("x", 15, 1), y, 3);
        Assert.All(y.AsSpan(3 * 21).ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        DenseLayer layer = Layer(5, 21, out _, out _);
        Assert.Throws<ArgumentException>(() => layer.Apply(new float[9], new float[42], 2));
        Assert.Throws<ArgumentException>(() => layer.Apply(new float[10], new float[41], 2));
        Assert.Throws<ArgumentException>(() => new DenseLayer(new float[104], new float[21], 5, 21));
    }

    private static void Check(int inputs, int outputs, int rows)
    {
        DenseLayer layer = Layer(inputs, outputs, out float[] weight, out float[] bias);
        float[] x = HashedNumbers.Of("x", rows * inputs, 1), fast = new float[rows * outputs], plain = new float[rows * outputs];
        layer.Apply(x, fast, rows);
        layer.ApplyScalar(x, plain, rows);
        string where = $"{inputs} inputs, {outputs} outputs, {rows} rows";
        Near.Same(plain, fast, where);
        for (int r = 0; r < rows; r++)
            for (int o = 0; o < outputs; o++)
            {
                double sum = bias[o];
                for (int i = 0; i < inputs; i++) sum += (double)weight[(o * inputs) + i] * x[(r * inputs) + i];
                Near.Equal(sum, fast[(r * outputs) + o], 1e-5, where);
            }
    }

    private static DenseLayer Layer(int inputs, int outputs, out float[] weight, out float[] bias)
    {
        weight = HashedNumbers.Of("weight", inputs * outputs, 1);
        bias = HashedNumbers.Of("bias", outputs, 1);
        return new DenseLayer(weight, bias, inputs, outputs);
    }
}
