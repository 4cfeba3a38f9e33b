using System.Xml.Linq;

namespace RLSeq.Evaluation.Charts;

/// <summary>Latency by position in the episode: median and, as a thin line, p99. Attention grows with its cache; a recurrence does not.</summary>
internal static class PositionChart
{
    /// <summary>Null where no latency was split by position.</summary>
    public static XElement? Draw(ChartSize size, ComparisonBlock block, Func<string, Series> seriesOf, string id)
    {
        (Series Series, LatencyAtPosition[] Parts)[] curves =
        [
            .. block.Rows
                .Select(row => (seriesOf(row.Memory), Parts(row.Latency)))
                .Where(curve => curve.Item2.Length > 0),
        ];
        if (curves.Length == 0) return null;

        var chart = new Chart(
            size,
            Axis.LogCount("position in the episode, logarithmic", curves.Max(curve => curve.Parts.Max(Middle)) * 1.1, size.XTicks),
            Axis.Latency("latency of one action, logarithmic", curves.SelectMany(curve => curve.Parts.SelectMany(part => new[] { part.P50Us, part.P99Us })), size.YTicks + 2),
            size.LabelsInside ? curves.Select(curve => curve.Series.Name) : null);
        foreach ((Series series, LatencyAtPosition[] parts) in curves)
        {
            (double, double)[] median = [.. parts.Select(part => (Middle(part), part.P50Us))];
            chart.Curve(parts.Select(part => (Middle(part), part.P99Us)), series, "seed");
            chart.Curve(median, series, "mean");
            chart.Dots(median, series);
        }
        if (size.LabelsInside) chart.EndLabels(curves.Select(curve => (curve.Parts[^1].P50Us, curve.Series)));

        string description = string.Join(' ', curves.Select(curve =>
            $"{curve.Series.Name}: p50 {Figures.Latency(curve.Parts[0].P50Us)} at the beginning of an episode and {Figures.Latency(curve.Parts[^1].P50Us)} from action {curve.Parts[^1].From + 1} on."));
        return chart.ToSvg(id, $"Latency by position in the episode on {block.Environment.Name}", description);
    }

    internal static LatencyAtPosition[] Parts(LatencyResult? latency) =>
        [.. (latency?.ByPosition ?? []).Where(part => part is { Count: > 0, P50Us: > 0, P99Us: > 0 } && double.IsFinite(part.P99Us)).OrderBy(part => part.From)];

    /// <summary>The geometric middle of a part, positions counted from 1.</summary>
    private static double Middle(LatencyAtPosition part) => Math.Sqrt((part.From + 1.0) * Math.Max(part.To, part.From + 1.0));
}
