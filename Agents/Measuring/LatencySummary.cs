namespace RLSeq.Agents;

/// <summary>Durations in a few numbers, in nanoseconds; all 0 when there are none.</summary>
/// <param name="Count">How many durations.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="P50">The median. Percentiles lie within 0.4 % of a recorded duration of that rank.</param>
/// <param name="P90">The 90th percentile.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="P999">The 99.9th percentile.</param>
/// <param name="P9999">The 99.99th percentile; the longest when there are fewer than 10,000.</param>
/// <param name="Max">The longest, exactly.</param>
public sealed record LatencySummary(long Count, double Mean, double P50, double P90, double P99, double P999, double P9999, double Max)
{
    /// <summary>Summarises a histogram.</summary>
    /// <param name="histogram">The durations.</param>
    public static LatencySummary Of(LatencyHistogram histogram) =>
        new(histogram.Count, histogram.Mean, histogram.Percentile(50), histogram.Percentile(90), histogram.Percentile(99), histogram.Percentile(99.9), histogram.Percentile(99.99), histogram.Max);
}
