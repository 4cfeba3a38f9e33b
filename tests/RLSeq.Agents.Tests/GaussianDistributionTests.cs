using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

public sealed class GaussianDistributionTests
{
    private const float None = float.PositiveInfinity;
    private static readonly float[] Parameters = [0.25f, -1.5f, 0, -0.5f, 0.75f, -3];

    [Theory]
    [InlineData(-1, 1, 0, 1)]
    [InlineData(10, 20, 15, 5)]
    [InlineData(-7, -7, -7, 1)]
    [InlineData(3, None, 3, 1)]
    [InlineData(-None, 4, 4, 1)]
    [InlineData(-None, None, 0, 1)]
    [InlineData(-3.4e38f, 3.4e38f, 0, 1)]
    public void The_units_are_those_of_the_box(float low, float high, double middle, double unit)
    {
        var distribution = new GaussianDistribution(Space.Box(low, high, 2));
        Assert.Equal((middle, unit), (distribution.Middle, distribution.Unit));
        Assert.Equal((4, 2, 0), (distribution.Parameters, distribution.ActionSize, distribution.MaskSize));
        float[] mode = new float[2];
        distribution.Mode([0, 1, 0, 0], mode);
        Assert.Equal([(float)middle, (float)(middle + unit)], mode);
    }

    [Fact]
    public void Log_probability_and_entropy_have_the_closed_form()
    {
        // The density of 15 + 5 x where x is normal: that of x, divided by 5.
        var distribution = new GaussianDistribution(Space.Box(10, 20, 3));
        float[] action = [16.5f, 2, 15.1f];
        double expected = 0, entropy = 0;
        for (int i = 0; i < 3; i++)
        {
            double mean = Parameters[i], deviation = Math.Exp(Parameters[3 + i]), x = (action[i] - 15.0) / 5;
            expected += Math.Log(Math.Exp(-Math.Pow(x - mean, 2) / (2 * deviation * deviation)) / (deviation * Math.Sqrt(2 * Math.PI) * 5));
            entropy += 0.5 * Math.Log(2 * Math.PI * Math.E * Math.Pow(5 * deviation, 2));
        }
        Near.Equal(expected, distribution.LogProbability(Parameters, action), 1e-6, "log-probability");
        Near.Equal(entropy, distribution.Entropy(Parameters), 1e-6, "entropy");
        float logProbability = distribution.Mode(Parameters, action);
        Near.Equal([16.25f, 7.5f, 15], action, 0, "mode");
        Near.Equal(-Parameters[3..].Sum() - (3 * (Math.Log(5) + (0.5 * Math.Log(2 * Math.PI)))), logProbability, 1e-6, "the mode's log-probability");
    }

    [Fact]
    public void A_sample_comes_with_its_log_probability()
    {
        var distribution = new GaussianDistribution(Space.Box(10, 20, 3));
        float[] action = new float[3];
        for (ulong step = 0; step < 200; step++)
        {
            var random = new CounterRandom(1, 2, step);
            float logProbability = distribution.Sample(Parameters, ref random, action);
            Assert.Equal(distribution.LogProbability(Parameters, action), logProbability);
        }
    }

    // import math, struct
    // def philox(c, k):
    //     c, k = list(c), list(k)
    //     for _ in range(10):
    //         p, q = c[0] * 0xD2511F53, c[2] * 0xCD9E8D57
    //         c = [q >> 32 ^ c[1] ^ k[0], q % 2**32, p >> 32 ^ c[3] ^ k[1], p % 2**32]
    //         k = [(k[0] + 0x9E3779B9) % 2**32, (k[1] + 0xBB67AE85) % 2**32]
    //     return c
    // means, logs = (0.25, -1.5, 0.0), (-0.5, 0.75, -3.0)
    // for step in (0, 7, 2**33):
    //     u = [word / 2**32 for word in philox((step % 2**32, step >> 32, 3, 0), (5, 0))]
    //     r = [math.sqrt(-2 * math.log(1 - v)) for v in u[::2]]
    //     n = [r[0] * math.cos(2 * math.pi * u[1]), r[0] * math.sin(2 * math.pi * u[1]), r[1] * math.cos(2 * math.pi * u[3])]
    //     print(step, [struct.unpack("<I", struct.pack("<f", 15 + 5 * (m + math.exp(s) * x)))[0] for m, s, x in zip(means, logs, n)])
    [Theory]
    [InlineData(0, 1098327036, 1096482086, 1097975004)]
    [InlineData(7, 1099149303, 1079988109, 1098092837)]
    [InlineData(8589934592, 1099815448, 1086848370, 1098085226)]
    public void Samples_are_those_of_Box_and_Muller_to_the_bit(ulong step, int first, int second, int third)
    {
        float[] action = new float[3];
        var random = new CounterRandom(5, 3, step);
        new GaussianDistribution(Space.Box(10, 20, 3)).Sample(Parameters, ref random, action);
        Assert.Equal([first, second, third], action.Select(BitConverter.SingleToInt32Bits));
    }

    /// <summary>Kolmogorov and Smirnov, for every element, and that the elements of one draw do not depend on each other.</summary>
    [Fact]
    public void Samples_are_normal_and_independent()
    {
        const int Draws = 20_000;
        var distribution = new GaussianDistribution(Space.Box(10, 20, 3));
        double[][] standard = [new double[Draws], new double[Draws], new double[Draws]];
        float[] action = new float[3];
        for (int i = 0; i < Draws; i++)
        {
            var random = new CounterRandom(11, 4, (ulong)i);
            distribution.Sample(Parameters, ref random, action);
            for (int k = 0; k < 3; k++) standard[k][i] = (((action[k] - 15) / 5) - Parameters[k]) / Math.Exp(Parameters[3 + k]);
        }
        foreach ((int a, int b) in new[] { (0, 1), (0, 2), (1, 2) })
        {
            double correlation = standard[a].Zip(standard[b], (x, y) => x * y).Average(), squares = standard[a].Zip(standard[b], (x, y) => ((x * x) - 1) * ((y * y) - 1) / 2).Average();
            Assert.InRange(correlation * Math.Sqrt(Draws), -3.3, 3.3);
            Assert.InRange(squares * Math.Sqrt(Draws), -3.3, 3.3);
        }
        foreach (double[] values in standard)
        {
            Array.Sort(values);
            double largest = 0;
            for (int i = 0; i < Draws; i++)
            {
                double p = Normal(values[i]);
                largest = Math.Max(largest, Math.Max(p - ((double)i / Draws), ((i + 1.0) / Draws) - p));
            }
            Assert.InRange(largest * Math.Sqrt(Draws), 0, 1.95); // p = 0.001
        }
    }

    [Fact]
    public void What_is_no_distribution_is_refused()
    {
        var distribution = new GaussianDistribution(Space.Box(-1, 1, 1));
        foreach (float[] parameters in new float[][] { [float.NaN, 0], [0, float.NaN], [float.PositiveInfinity, 0], [0, float.PositiveInfinity], [0, 1000], [0, -1000] })
        {
            if (parameters[1] != 1000) Assert.Contains("diverged", Assert.Throws<ArithmeticException>(() => distribution.Mode(parameters, new float[1])).Message, StringComparison.Ordinal);
            Assert.Throws<ArithmeticException>(() =>
            {
                var random = new CounterRandom(0, 0, 0);
                distribution.Sample(parameters, ref random, new float[1]);
            });
        }
    }

    [Fact]
    public void Bytes_are_no_actions() =>
        Assert.Contains("Bytes(2)", Assert.Throws<PolicyFormatException>(() => ActionDistributions.For(Space.Tuple(Space.Discrete(2), Space.Bytes(2)))).Message, StringComparison.Ordinal);

    /// <summary>The normal distribution function: by its series where |x| is small (Marsaglia 2004), and by its continued fraction beyond.</summary>
    private static double Normal(double x)
    {
        double density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        if (Math.Abs(x) < 3)
        {
            double term = x, sum = x;
            for (int i = 3; i < 100; i += 2) sum += term *= x * x / i;
            return 0.5 + (sum * density);
        }
        double fraction = 0;
        for (int i = 60; i > 0; i--) fraction = i / (Math.Abs(x) + fraction);
        double tail = density / (Math.Abs(x) + fraction);
        return x < 0 ? tail : 1 - tail;
    }
}
