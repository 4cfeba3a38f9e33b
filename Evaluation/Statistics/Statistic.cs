namespace RLSeq.Evaluation;

/// <summary>Statistics of plain lists of numbers. All refuse an empty list and any number that is not finite: a silent NaN would spoil a whole table.</summary>
public static class Statistic
{
    /// <summary>The arithmetic mean.</summary>
    /// <param name="values">At least one finite number.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static double Mean(ReadOnlySpan<double> values)
    {
        ScoreGuard.Finite(values, nameof(values));
        return MeanUnchecked(values);
    }

    /// <summary>
    /// The interquartile mean: the mean of what is left after dropping the floor(n / 4) lowest and as many highest values. Less moved by
    /// one lucky or broken run than the mean, and less wasteful than the median (Agarwal et al. 2021). Below 4 values it is the mean.
    /// </summary>
    /// <param name="values">At least one finite number.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static double InterquartileMean(ReadOnlySpan<double> values)
    {
        ScoreGuard.Finite(values, nameof(values));
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return InterquartileMeanOfSorted(sorted);
    }

    /// <summary>The median: the 50th percentile.</summary>
    /// <param name="values">At least one finite number.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static double Median(ReadOnlySpan<double> values) => Percentile(values, 50);

    /// <summary>A percentile, interpolated linearly between the two nearest values: rank p / 100 · (n - 1), counted from 0.</summary>
    /// <param name="values">At least one finite number, in any order.</param>
    /// <param name="percent">From 0 (the minimum) to 100 (the maximum).</param>
    /// <exception cref="ArgumentException">There is no value, one is not finite, or the percentage is outside [0, 100].</exception>
    public static double Percentile(ReadOnlySpan<double> values, double percent)
    {
        ScoreGuard.Finite(values, nameof(values));
        if (!(percent is >= 0 and <= 100)) throw new ArgumentOutOfRangeException(nameof(percent), percent, "A percentile lies from 0 to 100.");
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        return PercentileOfSorted(sorted, percent);
    }

    internal static double MeanUnchecked(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }

    internal static double InterquartileMeanOfSorted(ReadOnlySpan<double> sorted)
    {
        int cut = sorted.Length / 4;
        return MeanUnchecked(sorted[cut..^cut]);
    }

    internal static double PercentileOfSorted(ReadOnlySpan<double> sorted, double percent)
    {
        double rank = percent / 100 * (sorted.Length - 1);
        int below = (int)rank;
        if (below >= sorted.Length - 1) return sorted[^1];
        double fraction = rank - below;
        return sorted[below] + (fraction * (sorted[below + 1] - sorted[below]));
    }
}
