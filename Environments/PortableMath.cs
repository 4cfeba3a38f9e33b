namespace RLSeq.Environments;

/// <summary>
/// Sine, cosine, exponential and natural logarithm from additions, multiplications and one division, each rounded as IEEE 754 says, so that physics
/// and random draws are the same on every machine; the functions of <see cref="Math"/> differ between platforms in the last bits.
/// </summary>
/// <remarks>
/// The polynomials are the Taylor series, cut where the remainder is below the rounding of the result. .NET never fuses a
/// multiplication with an addition by itself; keep <c>FusedMultiplyAdd</c> out of code that shall be portable.
/// </remarks>
public static class PortableMath
{
    /// <summary>Beyond it a count of quarter turns times the first part of pi/2 is no longer exact.</summary>
    private const double LargestReducedExactly = 1 << 20;

    // pi/2 in three parts: the first two have 33 bits each, so their products with a count of up to 20 bits are exact.
    private const double HalfPi1 = 1.5707963267341256;
    private const double HalfPi2 = 6.077100506303966e-11;
    private const double HalfPi3 = 2.0222662487959506e-21;

    // ln 2 in two parts: the first has 32 bits, so its product with an exponent is exact.
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;

    // Between them 2^n is a normal number.
    private const double SmallestExponent = -708, LargestExponent = 709.4;

    /// <summary>The sine of an angle in radians; relative error below 1e-15 for angles up to a million (near a multiple of pi: absolute below 1e-16).</summary>
    /// <param name="x">The angle; NaN or infinite gives NaN.</param>
    public static double Sin(double x)
    {
        double r = ReduceToQuarterTurn(x, out int quarter);
        double value = (quarter & 1) == 0 ? SinSeries(r) : CosSeries(r);
        return (quarter & 2) == 0 ? value : -value;
    }

    /// <summary>The cosine of an angle in radians, as accurate as <see cref="Sin"/>.</summary>
    /// <param name="x">The angle; NaN or infinite gives NaN.</param>
    public static double Cos(double x)
    {
        double r = ReduceToQuarterTurn(x, out int quarter);
        double value = (quarter & 1) == 0 ? CosSeries(r) : SinSeries(r);
        return ((quarter + 1) & 2) == 0 ? value : -value;
    }

    /// <summary>The exponential; relative error below 1e-15.</summary>
    /// <param name="x">The exponent; beyond 709.4 gives infinity, below -708 zero, NaN gives NaN.</param>
    public static double Exp(double x)
    {
        if (!(x >= SmallestExponent)) return double.IsNaN(x) ? x : 0;
        if (x > LargestExponent) return double.PositiveInfinity;

        // e^x = 2^n e^r with |r| at most half of ln 2.
        double n = Math.Floor((x * 1.4426950408889634) + 0.5);
        double r = (x - (n * Ln2High)) - (n * Ln2Low);
        double tail = (1.0 / 6) + (r * ((1.0 / 24) + (r * ((1.0 / 120) + (r * ((1.0 / 720) + (r * ((1.0 / 5_040) + (r * ((1.0 / 40_320)
            + (r * ((1.0 / 362_880) + (r * ((1.0 / 3_628_800) + (r * ((1.0 / 39_916_800) + (r * ((1.0 / 479_001_600) + (r * (1.0 / 6_227_020_800))))))))))))))))))));
        double power = 1 + (r + (r * r * (0.5 + (r * tail))));
        return power * BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);
    }

    /// <summary>The natural logarithm; relative error below 1e-15.</summary>
    /// <param name="x">The number; zero gives minus infinity, a negative number or NaN gives NaN.</param>
    public static double Log(double x)
    {
        if (!(x > 0)) return x == 0 ? double.NegativeInfinity : double.NaN;
        if (double.IsPositiveInfinity(x)) return x;
        int exponent = 0;
        if (x < double.Epsilon * (1L << 52))
        {
            x *= 1L << 54;
            exponent = -54;
        }

        // x = 2^exponent * m with m in [sqrt(1/2), sqrt(2)), so that log m is small where the exponent is 0.
        long bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            exponent++;
        }

        // log(1 + f) = 2 atanh(s) with s = f / (2 + f). As 2s = f - s f, this is f - s (f - 2 (s^2/3 + s^4/5 + ...)), where f is exact.
        double f = m - 1, s = f / (2 + f), z = s * s;
        double series = z * ((2.0 / 3) + (z * ((2.0 / 5) + (z * ((2.0 / 7) + (z * ((2.0 / 9) + (z * ((2.0 / 11)
            + (z * ((2.0 / 13) + (z * ((2.0 / 15) + (z * ((2.0 / 17) + (z * ((2.0 / 19) + (z * (2.0 / 21)))))))))))))))))));
        return (exponent * Ln2High) + (f - ((s * (f - series)) - (exponent * Ln2Low)));
    }

    /// <summary>Writes x as a number in [-pi/4, pi/4] plus a count of quarter turns, of which the last two bits matter.</summary>
    private static double ReduceToQuarterTurn(double x, out int quarter)
    {
        if (x is >= -Math.PI / 4 and <= Math.PI / 4)
        {
            quarter = 0;
            return x;
        }

        double turns = Math.Floor((x * (2 / Math.PI)) + 0.5);
        if (!(Math.Abs(turns) < LargestReducedExactly))
        {
            // The remainder of a division is exact by IEEE 754, so this stays portable; the angle itself means little out here.
            x %= 2 * Math.PI;
            turns = Math.Floor((x * (2 / Math.PI)) + 0.5);
        }

        quarter = (int)turns & 3;
        return ((x - (turns * HalfPi1)) - (turns * HalfPi2)) - (turns * HalfPi3);
    }

    private static double SinSeries(double x)
    {
        double z = x * x;
        double tail = (-1.0 / 6) + (z * ((1.0 / 120) + (z * ((-1.0 / 5_040) + (z * ((1.0 / 362_880) + (z * ((-1.0 / 39_916_800)
            + (z * ((1.0 / 6_227_020_800) + (z * ((-1.0 / 1_307_674_368_000) + (z * (1.0 / 355_687_428_096_000))))))))))))));
        return x + (x * z * tail);
    }

    private static double CosSeries(double x)
    {
        double z = x * x;
        double tail = (1.0 / 24) + (z * ((-1.0 / 720) + (z * ((1.0 / 40_320) + (z * ((-1.0 / 3_628_800) + (z * ((1.0 / 479_001_600)
            + (z * ((-1.0 / 87_178_291_200) + (z * (1.0 / 20_922_789_888_000))))))))))));
        return 1 - ((0.5 * z) - (z * z * tail));
    }
}
