namespace RLSeq.Agents.Tests;

public sealed class FunctionTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData("Exp", -86.0, 88.0)]
    [InlineData("Sigmoid", -80.0, 80.0)]
    [InlineData("Tanh", -20.0, 20.0)]
    [InlineData("Tanh", -0.7, 0.7)]
    [InlineData("Tanh", -1e-4, 1e-4)]
    [InlineData("Gelu", -2.5, 12.0)] // below, the small results have the error of their exponent
    [InlineData("Gelu", -1e-4, 1e-4)]
    public void The_relative_error_stays_below_one_in_a_million(string name, double low, double high)
    {
        ElementFunction function = Enum.Parse<ElementFunction>(name);
        const int Count = 100_000;
        float[] x = [.. Enumerable.Range(0, Count).Select(i => (float)(low + ((high - low) * i / (Count - 1))))], y = [.. x];
        Elementwise.Apply(function, y);
        for (int i = 0; i < Count; i++)
        {
            double expected = Exact(function, x[i]);
            Assert.True(Math.Abs(y[i] - expected) <= Tolerance * Math.Abs(expected), $"{function}({x[i]:R}) is {y[i]:R}, expected {expected:R}.");
        }
    }

    [Fact]
    public void Every_length_gives_the_bits_of_the_scalar_version()
    {
        foreach (ElementFunction function in Enum.GetValues<ElementFunction>())
            for (int length = 0; length <= 70; length++)
            {
                float[] fast = HashedNumbers.Of("x", length + 1, 4), plain = [.. fast];
                float guard = fast[length];
                Elementwise.Apply(function, fast.AsSpan(0, length));
                for (int i = 0; i < length; i++) plain[i] = Scalar(function, plain[i]);
                Near.Same(plain, fast, $"{function}, length {length}");
                Assert.Equal(guard, fast[length]);
            }
    }

    [Theory]
    [InlineData("Exp", float.NegativeInfinity, 0f)]
    [InlineData("Exp", -1000f, 0f)]
    [InlineData("Exp", 0f, 1f)]
    [InlineData("Sigmoid", float.NegativeInfinity, 0f)]
    [InlineData("Sigmoid", float.PositiveInfinity, 1f)]
    [InlineData("Tanh", float.NegativeInfinity, -1f)]
    [InlineData("Tanh", float.PositiveInfinity, 1f)]
    [InlineData("Tanh", 0f, 0f)]
    [InlineData("Relu", -3f, 0f)]
    [InlineData("Relu", float.NaN, float.NaN)]
    [InlineData("Gelu", 1e30f, 1e30f)]
    [InlineData("Gelu", -15f, 0f)]
    [InlineData("Gelu", 0f, 0f)]
    [InlineData("Gelu", float.NaN, float.NaN)]
    [InlineData("Exp", float.NaN, float.NaN)]
    [InlineData("Sigmoid", float.NaN, float.NaN)]
    [InlineData("Tanh", float.NaN, float.NaN)]
    public void Limits_and_NaN_are_kept(string name, float x, float expected)
    {
        float[] values = [.. Enumerable.Repeat(x, 19)];
        Elementwise.Apply(Enum.Parse<ElementFunction>(name), values);
        Assert.All(values, value => Assert.Equal(expected, value, 1e-37f));
    }

    [Fact]
    public void A_large_exponent_saturates_at_a_finite_number()
    {
        float[] values = [89, 1000, float.PositiveInfinity];
        Elementwise.Apply(ElementFunction.Exp, values);
        Assert.All(values, value => Assert.InRange(value, 2e38f, float.MaxValue));
    }

    [Fact]
    public void Softmax_is_right_at_every_length()
    {
        for (int length = 1; length <= 70; length++)
        {
            float[] x = HashedNumbers.Of("scores", length, 6), fast = [.. x], plain = [.. x];
            Exponentials.Divide(fast, plain: false);
            Exponentials.Divide(plain, plain: true);
            double max = x.Max(), sum = x.Sum(value => Math.Exp(value - max));
            for (int i = 0; i < length; i++)
            {
                double expected = Math.Exp(x[i] - max) / sum;
                Assert.InRange(fast[i], expected * (1 - 3e-6), expected * (1 + 3e-6));
                Assert.InRange(plain[i], expected * (1 - 3e-6), expected * (1 + 3e-6));
            }
        }
    }

    [Fact]
    public void Softmax_gives_nothing_to_minus_infinity()
    {
        float[] x = [float.NegativeInfinity, 1, float.NegativeInfinity, 1];
        Exponentials.Divide(x, plain: false);
        Assert.Equal([0f, 0.5f, 0f, 0.5f], x);
    }

    [Fact]
    public void Layer_normalisation_is_right_at_every_length()
    {
        for (int length = 1; length <= 70; length++)
        {
            float[] weight = HashedNumbers.Of("weight", length, 2), bias = HashedNumbers.Of("bias", length, 1);
            float[] x = HashedNumbers.Of("x", 2 * length, 3), fast = new float[2 * length], plain = new float[2 * length];
            var norm = new LayerNorm(weight, bias);
            norm.Apply(x, fast, 2);
            norm.ApplyScalar(x, plain, 2);
            for (int row = 0; row < 2; row++)
            {
                float[] values = x[(row * length)..((row + 1) * length)];
                double mean = values.Average(v => (double)v), variance = values.Average(v => (v - mean) * (v - mean));
                for (int i = 0; i < length; i++)
                {
                    double expected = ((values[i] - mean) / Math.Sqrt(variance + 1e-5) * weight[i]) + bias[i];
                    Near.Equal(expected, fast[(row * length) + i], 5e-6, $"length {length}, row {row}, element {i}");
                    Near.Equal(expected, plain[(row * length) + i], 5e-6, $"scalar, length {length}, row {row}, element {i}");
                }
            }
        }
    }

    [Fact]
    public void Normalisation_centres_scales_and_clips()
    {
        float[] values = [3, 10, -50, 1, 2, 3];
        Elementwise.Normalize(values, new ObservationNormalization([1, 0, 0], [0.5f, 1, 1], 5));
        Assert.Equal([1f, 5f, -5f, 0f, 2f, 3f], values);
    }

    private static double Exact(ElementFunction function, double x) => function switch
    {
        ElementFunction.Exp => Math.Exp(x),
        ElementFunction.Sigmoid => 1 / (1 + Math.Exp(-x)),
        ElementFunction.Gelu => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        _ => Math.Tanh(x),
    };

    private static float Scalar(ElementFunction function, float x) => function switch
    {
        ElementFunction.Exp => Functions.Exp<ScalarSimd, float>(x),
        ElementFunction.Sigmoid => Functions.Sigmoid<ScalarSimd, float>(x),
        ElementFunction.Gelu => Functions.Gelu<ScalarSimd, float>(x),
        ElementFunction.Relu => Functions.Relu<ScalarSimd, float>(x),
        _ => Functions.Tanh<ScalarSimd, float>(x),
    };
}
