namespace RLSeq.Evaluation.Charts;

/// <summary>One axis: the range it shows, how a value becomes a fraction of its length, and its marks with their texts.</summary>
internal sealed class Axis
{
    private readonly Func<double, double> _transform;
    private readonly double _from, _to;

    private Axis(string label, double low, double high, Func<double, double> transform, IReadOnlyList<(double Value, string Text)> ticks)
    {
        (Label, Low, High, _transform, Ticks) = (label, low, high, transform, ticks);
        (_from, _to) = (transform(low), transform(high));
    }

    public string Label { get; }

    public double Low { get; }

    public double High { get; }

    public IReadOnlyList<(double Value, string Text)> Ticks { get; }

    /// <summary>Where an axis of deadlines marks a world that waits; not a number on other axes.</summary>
    public double Waits { get; private init; } = double.NaN;

    /// <summary>0 at the low end, 1 at the high end; values outside are held at the ends.</summary>
    public double Fraction(double value) => Math.Clamp((_transform(value) - _from) / (_to - _from), 0, 1);

    /// <summary>A linear axis over the given values and a little air at both ends; never of zero length.</summary>
    public static Axis Linear(string label, IEnumerable<double> values, int ticks, double air = 0.1)
    {
        (double low, double high) = Extent(values, (0, 1));
        double pad = high > low ? (high - low) * air : Math.Max(0.5, Math.Abs(high) * 0.1);
        (low, high) = (low - pad, high + pad);
        double[] marks = Charts.Ticks.Linear(low, high, ticks);
        int decimals = marks.Length > 1 ? Charts.Ticks.Decimals(marks[1] - marks[0]) : 2;
        return new Axis(label, low, high, value => value, [.. marks.Select(mark => (mark, Figures.Fixed(mark, decimals)))]);
    }

    /// <summary>A linear axis from 0 to the largest value, for counts such as environment steps.</summary>
    public static Axis FromZero(string label, double high, int ticks)
    {
        high = high > 0 && double.IsFinite(high) ? high : 1;
        return new Axis(label, 0, high, value => value, [.. Charts.Ticks.Linear(0, high, ticks).Select(mark => (mark, Figures.Count(mark)))]);
    }

    /// <summary>A linear axis of shares, 0 to 1, shown as percentages.</summary>
    public static Axis Shares(string label, int ticks) =>
        new(label, 0, 1, value => value, [.. Charts.Ticks.Linear(0, 1, ticks).Select(mark => (mark, Figures.Fixed(100 * mark, 0) + " %"))]);

    /// <summary>A logarithmic axis of latencies in microseconds.</summary>
    public static Axis Latency(string label, IEnumerable<double> values, int ticks)
    {
        (double low, double high) = Extent(values.Where(value => value > 0), (1, 10));
        double air = Math.Max(1.1, Math.Pow(high / low, 0.06));
        (low, high) = (low / air, high * air);
        return new Axis(label, low, high, value => Math.Log10(Math.Max(value, low)), [.. Charts.Ticks.Log(low, high, ticks).Select(mark => (mark, Figures.Latency(mark)))]);
    }

    /// <summary>A logarithmic axis of counts that begin at 1, such as positions in an episode.</summary>
    public static Axis LogCount(string label, double high, int ticks)
    {
        high = Math.Max(high, 10);
        return new Axis(label, 1, high, value => Math.Log10(Math.Max(value, 1)), [.. Charts.Ticks.Log(1, high, ticks).Select(mark => (mark, Figures.Count(mark)))]);
    }

    /// <summary>
    /// A logarithmic axis of deadlines in microseconds, at least from 10 µs to 100 ms, with a mark behind its end for a world that waits for the
    /// action: <see cref="Waits"/>.
    /// </summary>
    public static Axis Deadlines(string label, IEnumerable<double> deadlinesUs, int ticks)
    {
        (double low, double high) = Extent([.. deadlinesUs.Where(us => us > 0), 10, 1e5], (10, 1e5));
        double waits = high * Math.Pow(10, 0.85), end = high * Math.Pow(10, 1.15);
        (double, string)[] marks = [.. Charts.Ticks.Log(low, high, ticks).Select(mark => (mark, Figures.Latency(mark))), (waits, "waits")];
        return new Axis(label, low, end, value => Math.Log10(Math.Max(value, low)), marks) { Waits = waits };
    }

    /// <summary>An axis with a place per name, the first one at the high end, so that a vertical one reads from the top.</summary>
    public static Axis Categories(string label, IReadOnlyList<string> names) => new(
        label, 0, names.Count, value => value, [.. names.Select((name, i) => (Category(i, names.Count), name))]);

    /// <summary>Where the middle of a category is.</summary>
    public static double Category(int index, int count) => count - index - 0.5;

    /// <summary>An axis of percentiles that gives every further nine the same room: 90, 99, 99.9 %, … are equally far apart.</summary>
    public static Axis Percentiles(string label, double highest)
    {
        double high = Math.Clamp(highest, 0.99, 0.999999);
        (double, string)[] marks = [(0, "0 %"), (0.5, "50 %"), (0.9, "90 %"), (0.99, "99 %"), (0.999, "99.9 %"), (0.9999, "99.99 %"), (0.99999, "99.999 %"), (0.999999, "")];
        return new Axis(label, 0, high, Nines, [.. marks.Where(mark => mark.Item1 <= high + 1e-12)]);

        double Nines(double fraction) => -Math.Log10(1 - Math.Min(fraction, high));
    }

    private static (double Low, double High) Extent(IEnumerable<double> values, (double, double) ifEmpty)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values.Where(double.IsFinite)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        return low <= high ? (low, high) : ifEmpty;
    }
}
