using System.Xml.Linq;

namespace RLSeq.Evaluation.Charts;

/// <summary>Return against median latency: one point per memory, whiskers for the return's interval and for the way to p99, and the Pareto front.</summary>
internal static class ReturnLatencyChart
{
    /// <summary>Null where no memory has both a return and a latency.</summary>
    /// <param name="size">The pixels to draw for.</param>
    /// <param name="block">The environment.</param>
    /// <param name="seriesOf">How each memory looks.</param>
    /// <param name="id">Unique in the page.</param>
    /// <param name="returnOf">Another return than the one of the comparison's table, for instance at a deadline; null leaves a memory out.</param>
    /// <param name="where">Behind "mean return": what is special about that return.</param>
    public static XElement? Draw(ChartSize size, ComparisonBlock block, Func<string, Series> seriesOf, string id, Func<ComparisonRow, Estimate?>? returnOf = null, string where = "")
    {
        returnOf ??= row => row.Return;
        (ComparisonRow Row, double Latency, double P99, Estimate Return)[] points =
        [
            .. block.Rows
                .Where(row => returnOf(row) is not null && row.Latency is { P50Us: > 0 })
                .Select(row => (row, row.Latency!.P50Us, row.Latency.P99Us, returnOf(row)!.Value)),
        ];
        if (points.Length == 0) return null;

        EnvironmentInfo environment = block.Environment;
        double?[] anchors = [environment.RandomReturn, environment.ReferenceReturn];
        var chart = new Chart(
            size,
            Axis.Latency("latency of one action, p50 to p99, logarithmic", points.SelectMany(p => new[] { p.Latency, p.P99 }), size.XTicks),
            Axis.Linear($"mean return{where}, 95 % interval", points.SelectMany(p => new[] { p.Return.Low, p.Return.Value, p.Return.High }).Concat(anchors.OfType<double>()), size.YTicks));

        chart.Anchors(environment);

        bool[] onFront = ParetoFront.Of([.. points.Select(p => (p.Latency, p.Return.Value))]);
        chart.Front([.. points.Where((_, i) => onFront[i]).Select(p => (p.Latency, p.Return.Value)).OrderBy(p => p.Latency)]);
        for (int i = 0; i < points.Length; i++)
        {
            (ComparisonRow row, double latency, double p99, Estimate estimate) = points[i];
            Series series = seriesOf(row.Memory);
            chart.Whisker(latency, estimate.Low, latency, estimate.High, series);
            chart.Whisker(latency, estimate.Value, p99, estimate.Value, series);
            chart.Marker(latency, estimate.Value, series, onFront[i], $"{row.Memory}: return {Figures.Interval(estimate)}, p50 {Figures.Latency(latency)}, p99 {Figures.Latency(p99)}");
        }
        chart.PointLabels(points.Select(p => (p.Latency, p.Return.Value, seriesOf(p.Row.Memory))));

        string front = string.Join(", ", points.Where((_, i) => onFront[i]).Select(p => p.Row.Memory));
        string all = string.Join(' ', points.Select(p => $"{p.Row.Memory}: {Figures.Interval(p.Return)} at {Figures.Latency(p.Latency)}."));
        return chart.ToSvg(id, $"Return{where} against latency on {environment.Name}", $"On the Pareto front: {front}. {all}");
    }
}
