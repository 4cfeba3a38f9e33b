namespace RLSeq.Evaluation.Charts;

/// <summary>Where an axis has its marks: round numbers that a reader can interpolate between.</summary>
internal static class Ticks
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten inside [low, high], at most <paramref name="most"/> + 1 of them.</summary>
    public static double[] Linear(double low, double high, int most)
    {
        if (!(high > low)) return [low];
        double step = NiceStep((high - low) / most);
        long first = (long)Math.Ceiling((low / step) - 1e-9), last = (long)Math.Floor((high / step) + 1e-9);
        int decimals = Decimals(step);
        return [.. Range(first, last).Select(i => decimals > 0 ? Math.Round(i * step, decimals) : i * step)];
    }

    /// <summary>How many decimals the multiples of a step need; 0 for steps of 1 and more.</summary>
    public static int Decimals(double step) => Math.Clamp((int)-Math.Floor(Math.Log10(step) + 1e-9), 0, 12);

    /// <summary>
    /// Powers of ten inside [low, high]; with 2 and 5 times them where that leaves room, and only every second or third where it does not.
    /// </summary>
    public static double[] Log(double low, double high, int most)
    {
        if (!(low > 0) || !(high > low)) return [low];
        int first = (int)Math.Ceiling(Math.Log10(low) - 1e-9), last = (int)Math.Floor(Math.Log10(high) + 1e-9);
        double[] fine =
        [
            .. Range(first - 1, last)
                .SelectMany(exponent => new[] { Math.Pow(10, exponent), 2 * Math.Pow(10, exponent), 5 * Math.Pow(10, exponent) })
                .Where(value => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)),
        ];
        if (fine.Length <= most && fine.Length > 0) return fine;

        int stride = Math.Max(1, (int)Math.Ceiling((last - first + 1) / (double)most));
        double[] decades = [.. Range(first, last).Where(exponent => (exponent - first) % stride == 0).Select(exponent => Math.Pow(10, exponent))];
        return decades.Length > 0 ? decades : [low, high];
    }

    /// <summary>The smallest of 1, 2, 5 times a power of ten that is not below the given step.</summary>
    public static double NiceStep(double atLeast)
    {
        double magnitude = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        double fraction = atLeast / magnitude;
        return magnitude * (fraction <= 1 + 1e-9 ? 1 : fraction <= 2 + 1e-9 ? 2 : fraction <= 5 + 1e-9 ? 5 : 10);
    }

    private static IEnumerable<long> Range(long first, long last)
    {
        for (long i = first; i <= last; i++) yield return i;
    }
}
