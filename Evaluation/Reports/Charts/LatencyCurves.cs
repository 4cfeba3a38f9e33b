using System.Xml.Linq;

namespace RLSeq.Evaluation.Charts;

/// <summary>
/// The latency that a given share of the actions stays within. Every further nine has the same room, because what a real-time loop suffers
/// from, one late action in a thousand, would be invisible in a histogram.
/// </summary>
internal static class LatencyCurves
{
    /// <summary>Null where no latency was measured.</summary>
    public static XElement? Draw(ChartSize size, ComparisonBlock block, Func<string, Series> seriesOf, string id)
    {
        (Series Series, LatencyResult Latency, (double Share, double Us)[] Points)[] curves =
        [
            .. block.Rows.Where(row => row.Latency is not null).Select(row => (seriesOf(row.Memory), row.Latency!, Points(row.Latency!))),
        ];
        if (curves.Length == 0) return null;

        double mostActions = Math.Max(100, curves.Max(curve => curve.Latency.Count));
        var chart = new Chart(
            size,
            Axis.Percentiles("share of actions that are at least as fast", 1 - (0.5 / mostActions)),
            Axis.Latency("latency of one action, logarithmic", curves.SelectMany(curve => curve.Points.Select(point => point.Us)), size.YTicks + 3),
            size.LabelsInside ? curves.Select(curve => curve.Series.Name) : null);
        foreach (var curve in curves) chart.Curve(curve.Points, curve.Series, "mean");
        if (size.LabelsInside) chart.EndLabels(curves.Select(curve => (curve.Points[^1].Us, curve.Series)));

        string description = string.Join(' ', curves.Select(curve =>
            $"{curve.Series.Name}: p50 {Figures.Latency(curve.Latency.P50Us)}, p99 {Figures.Latency(curve.Latency.P99Us)}, p99.9 {Figures.Latency(curve.Latency.P999Us)}, maximum {Figures.Latency(curve.Latency.MaxUs)}."));
        return chart.ToSvg(id, $"Latency distribution on {block.Environment.Name}", description);
    }

    /// <summary>
    /// The curve from the histogram, or from the four percentiles where none was kept. A bucket's latency is reached by all actions up to and
    /// including it; the last action of n stands at 1 - 1 / (2 n), as a share of 1 lies at infinity on this axis.
    /// </summary>
    internal static (double Share, double Us)[] Points(LatencyResult latency)
    {
        LatencyBucket[] buckets = [.. latency.Histogram.Where(bucket => bucket.Count > 0 && bucket.ValueUs > 0).OrderBy(bucket => bucket.ValueUs)];
        if (buckets.Length == 0) return [(0.5, latency.P50Us), (0.9, latency.P90Us), (0.99, latency.P99Us), (0.999, latency.P999Us)];

        double total = buckets.Sum(bucket => (double)bucket.Count), below = 0;
        var points = new List<(double, double)> { (0, buckets[0].ValueUs) };
        foreach (LatencyBucket bucket in buckets)
        {
            below += bucket.Count;
            points.Add((Math.Min(below / total, 1 - (0.5 / total)), bucket.ValueUs));
        }
        return [.. points];
    }
}
