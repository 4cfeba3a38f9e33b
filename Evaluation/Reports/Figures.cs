using System.Globalization;

namespace RLSeq.Evaluation;

/// <summary>
/// Numbers as a person reads them, the same in the terminal, in Markdown and in HTML, in the invariant culture: as many digits as mean
/// something, and a unit that keeps them short.
/// </summary>
public static class Figures
{
    /// <summary>A return, for instance <c>0.98</c> or <c>-1234</c>: two decimals below 10, one below 1000, none above.</summary>
    /// <param name="value">The return.</param>
    public static string Return(double value) => Fixed(value, Decimals(value));

    /// <summary>A return with its interval, for instance <c>0.98 [0.96, 0.99]</c>; a narrow interval gets the decimals that show its width, four at most.</summary>
    /// <param name="estimate">The estimate.</param>
    public static string Interval(Estimate estimate)
    {
        int decimals = DecimalsOf(estimate);
        return $"{Fixed(estimate.Value, decimals)} [{Fixed(estimate.Low, decimals)}, {Fixed(estimate.High, decimals)}]";
    }

    /// <summary>A return with its interval in words, for instance <c>0.98, 95 % interval 0.96 to 0.99</c>.</summary>
    /// <param name="estimate">The estimate.</param>
    public static string IntervalInWords(Estimate estimate)
    {
        int decimals = DecimalsOf(estimate);
        return $"{Fixed(estimate.Value, decimals)}, 95 % interval {Fixed(estimate.Low, decimals)} to {Fixed(estimate.High, decimals)}";
    }

    /// <summary>A latency, for instance <c>0.85 µs</c>, <c>12.4 µs</c>, <c>1.2 ms</c>, <c>3 s</c>.</summary>
    /// <param name="microseconds">The latency in microseconds.</param>
    public static string Latency(double microseconds)
    {
        if (!double.IsFinite(microseconds)) return microseconds.ToString(CultureInfo.InvariantCulture);
        return Math.Abs(microseconds) switch
        {
            < 0.995 => Fixed(microseconds, 2) + " µs",
            < 999.5 => Short(microseconds) + " µs",
            < 999_500 => Short(microseconds / 1e3) + " ms",
            _ => Short(microseconds / 1e6) + " s",
        };
    }

    /// <summary>A count, for instance <c>950</c>, <c>35.1 k</c>, <c>1.2 M</c>.</summary>
    /// <param name="count">The count, or a rate.</param>
    public static string Count(double count)
    {
        if (!double.IsFinite(count)) return count.ToString(CultureInfo.InvariantCulture);
        return Math.Abs(count) switch
        {
            < 9.95 when count != Math.Floor(count) => Fixed(count, 1),
            < 999.5 => Fixed(count, 0),
            < 999_500 => Short(count / 1e3) + " k",
            < 999_500_000 => Short(count / 1e6) + " M",
            _ => Short(count / 1e9) + " G",
        };
    }

    /// <summary>A size, for instance <c>512 B</c>, <c>1.5 KiB</c>.</summary>
    /// <param name="bytes">The number of bytes.</param>
    public static string Bytes(long bytes) => Math.Abs(bytes) switch
    {
        < 1024 => bytes.ToString(CultureInfo.InvariantCulture) + " B",
        < 1024 * 1024 => Short(bytes / 1024.0) + " KiB",
        _ => Short(bytes / (1024.0 * 1024)) + " MiB",
    };

    /// <summary>A time span, for instance <c>42 s</c>, <c>14 min</c>, <c>3 h 5 min</c>.</summary>
    /// <param name="span">The time span.</param>
    public static string Duration(TimeSpan span) => span switch
    {
        { TotalSeconds: < 99.5 } => Fixed(span.TotalSeconds, 0) + " s",
        { TotalMinutes: < 99.5 } => Fixed(span.TotalMinutes, 0) + " min",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours} h {span.Minutes} min"),
    };

    /// <summary>A share, for instance <c>0 %</c>, <c>0.12 %</c>, <c>3.4 %</c>, <c>56 %</c>; what is not quite nothing or all does not become it.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    public static string Share(double share)
    {
        double percent = 100 * share;
        return percent switch
        {
            0 or 100 => Fixed(percent, 0),
            > 0 and < 0.01 => "< 0.01",
            > 99.9 and < 100 => "> 99.9",
            < 0.995 => Fixed(percent, 2),
            < 9.95 or >= 99.5 => Fixed(percent, 1),
            _ => Fixed(percent, 0),
        } + " %";
    }

    /// <summary>A ratio for a sentence, for instance <c>1.3</c>, <c>2.1</c>, <c>14</c>.</summary>
    internal static string Ratio(double ratio) => Fixed(ratio, ratio < 9.95 ? 1 : 0);

    /// <summary>A factor as it was given, for instance <c>1</c>, <c>0.001</c>, <c>10</c>.</summary>
    internal static string Factor(double factor) => factor.ToString("G10", CultureInfo.InvariantCulture);

    /// <summary>A number with a fixed number of decimals, never "-0.00".</summary>
    internal static string Fixed(double value, int decimals)
    {
        string text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.AsSpan(1).IndexOfAnyExcept("0.") < 0 ? text[1..] : text;
    }

    /// <summary>Three digits at most where one decimal suffices: 5.8, 12.4, 124; whole numbers keep no decimal.</summary>
    private static string Short(double value)
    {
        string text = Fixed(value, Math.Abs(value) < 99.95 ? 1 : 0);
        return text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
    }

    private static int Decimals(double value) => Math.Abs(value) switch
    {
        < 9.995 => 2,
        < 999.95 => 1,
        _ => 0,
    };

    private static int DecimalsOf(Estimate estimate)
    {
        double magnitude = Math.Max(Math.Abs(estimate.Low), Math.Abs(estimate.High));
        int byMagnitude = Decimals(magnitude);
        // A width that is only the rounding of sums is none.
        int byWidth = estimate.Width > 1e-12 * Math.Max(1, magnitude) ? (int)Math.Ceiling(-Math.Log10(estimate.Width)) : 0;
        return Math.Clamp(Math.Max(byMagnitude, byWidth), 0, 4);
    }
}
