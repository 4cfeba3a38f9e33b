namespace RLSeq.Environments.Tests;

public class PortableMathTests
{
    private const double Relative = 1e-15;

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e-3)]
    [InlineData(0.7)]
    [InlineData(10)]
    [InlineData(1000)]
    [InlineData(1e6)]
    public void Sine_and_cosine_agree_with_the_platform(double range)
    {
        var random = new RandomSource(1);
        for (int i = 0; i < 20_000; i++)
        {
            double x = range * ((2 * random.NextDouble()) - 1);
            AssertClose(Math.Sin(x), PortableMath.Sin(x), x);
            AssertClose(Math.Cos(x), PortableMath.Cos(x), x);
        }
    }

    [Fact]
    public void Sine_and_cosine_keep_their_digits_at_multiples_of_a_quarter_turn()
    {
        for (int i = -2000; i <= 2000; i++)
        {
            double x = i * (Math.PI / 2);
            AssertClose(Math.Sin(x), PortableMath.Sin(x), x);
            AssertClose(Math.Cos(x), PortableMath.Cos(x), x);
        }
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-10)]
    [InlineData(1)]
    [InlineData(1e10)]
    [InlineData(1e300)]
    public void Logarithm_agrees_with_the_platform(double scale)
    {
        var random = new RandomSource(2);
        for (int i = 0; i < 20_000; i++)
        {
            double x = scale * 2 * random.NextDouble();
            Assert.InRange(PortableMath.Log(x), Math.Log(x) - (Relative * Math.Abs(Math.Log(x))), Math.Log(x) + (Relative * Math.Abs(Math.Log(x))));
        }
    }

    [Fact]
    public void Logarithm_keeps_its_digits_near_one_and_below_the_normal_numbers()
    {
        foreach (double x in (double[])[1 + 1e-15, 1 - 1e-15, 1.0000001, 0.9999999, Math.Sqrt(2), Math.Sqrt(0.5), double.Epsilon, 1e-310, double.MaxValue])
            Assert.InRange(Math.Abs((PortableMath.Log(x) / Math.Log(x)) - 1), 0, Relative);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(0.3)]
    [InlineData(30)]
    [InlineData(708)]
    public void Exponential_agrees_with_the_platform(double range)
    {
        var random = new RandomSource(3);
        for (int i = 0; i < 20_000; i++)
        {
            double x = range * ((2 * random.NextDouble()) - 1);
            AssertClose(Math.Exp(x), PortableMath.Exp(x), x);
        }
    }

    [Fact]
    public void Special_values_are_those_of_IEEE()
    {
        Assert.Equal(1, PortableMath.Exp(0));
        Assert.Equal(0, PortableMath.Exp(double.NegativeInfinity));
        Assert.Equal(0, PortableMath.Exp(-709));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(710));
        Assert.True(double.IsFinite(PortableMath.Exp(709.4)));
        Assert.True(double.IsNaN(PortableMath.Exp(double.NaN)));
        Assert.Equal(0, PortableMath.Sin(0));
        Assert.Equal(1, PortableMath.Cos(0));
        Assert.Equal(0, PortableMath.Log(1));
        Assert.Equal(double.NegativeInfinity, PortableMath.Log(0));
        Assert.Equal(double.PositiveInfinity, PortableMath.Log(double.PositiveInfinity));
        foreach (double x in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
        {
            Assert.True(double.IsNaN(PortableMath.Sin(x)));
            Assert.True(double.IsNaN(PortableMath.Cos(x)));
        }
        Assert.True(double.IsNaN(PortableMath.Log(-1)));
        Assert.True(double.IsNaN(PortableMath.Log(double.NaN)));
        Assert.InRange(PortableMath.Sin(1e18), -1, 1);
    }

    // Python rounds each operation once, as IEEE says; the same sums there give the same bits, unless something was fused here.
    //
    // import math, struct
    // def sin_s(x):
    //     z = x * x; t = 0.0
    //     for n in range(17, 1, -2): t = (-1) ** (n // 2) / math.factorial(n) + z * t
    //     return x + x * z * t
    // def cos_s(x):
    //     z = x * x; t = 0.0
    //     for n in range(16, 2, -2): t = (-1) ** (n // 2) / math.factorial(n) + z * t
    //     return 1 - (0.5 * z - z * z * t)
    // def reduce(x):
    //     if abs(x) <= math.pi / 4: return x, 0
    //     n = math.floor(x * (2 / math.pi) + 0.5)
    //     return x - n * 1.5707963267341256 - n * 6.077100506303966e-11 - n * 2.0222662487959506e-21, n & 3
    // def sin(x): r, q = reduce(x); v = cos_s(r) if q & 1 else sin_s(r); return -v if q & 2 else v
    // def cos(x): r, q = reduce(x); v = sin_s(r) if q & 1 else cos_s(r); return -v if (q + 1) & 2 else v
    // def log(x):
    //     m, e = math.frexp(x); m *= 2; e -= 1
    //     if m > math.sqrt(2): m *= 0.5; e += 1
    //     f = m - 1; s = f / (2 + f); z = s * s; t = 0.0
    //     for n in range(21, 1, -2): t = 2 / n + z * t
    //     return e * 0.6931471803691238 + (f - (s * (f - z * t) - e * 1.9082149292705877e-10))
    // def exp(x):
    //     n = math.floor(x * 1.4426950408889634 + 0.5); r = x - n * 0.6931471803691238 - n * 1.9082149292705877e-10; t = 0.0
    //     for k in range(13, 2, -1): t = 1 / math.factorial(k) + r * t
    //     return (1 + (r + r * r * (0.5 + r * t))) * 2.0 ** n
    // h = 0
    // for f, scale in ((sin, 0.037), (cos, 0.037), (log, 0.37), (exp, -0.037)):
    //     for i in range(1, 2001):
    //         h = (h * 31 + struct.unpack("<Q", struct.pack("<d", f(i * scale)))[0]) % 2 ** 64
    //     print(f.__name__, hex(h))
    [Fact]
    public void Every_bit_is_that_of_operations_rounded_one_by_one()
    {
        ulong hash = 0;
        Assert.Equal(0x798d9fae057dfd2ful, Hash(PortableMath.Sin, 0.037));
        Assert.Equal(0xa745e16a41d2fa59ul, Hash(PortableMath.Cos, 0.037));
        Assert.Equal(0x387fa07c013fc516ul, Hash(PortableMath.Log, 0.37));
        Assert.Equal(0x5088f980ca9cb38dul, Hash(PortableMath.Exp, -0.037));

        ulong Hash(Func<double, double> function, double scale)
        {
            for (int i = 1; i <= 2000; i++) hash = (hash * 31) + BitConverter.DoubleToUInt64Bits(function(i * scale));
            return hash;
        }
    }

    private static void AssertClose(double expected, double actual, double x) =>
        Assert.True(Math.Abs(expected - actual) <= Relative * Math.Abs(expected), $"{x:R}: {actual:R}, expected {expected:R}");
}
