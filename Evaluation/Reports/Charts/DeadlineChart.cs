using System.Xml.Linq;

namespace RLSeq.Evaluation.Charts;

/// <summary>
/// Return and misses as functions of the deadline: a curve per memory on a logarithmic axis, with the interval of the return as a band, and the
/// return in a world that waits as a mark behind the axis' end. The scale above the frame reads the same curves for a weaker device.
/// </summary>
internal static class DeadlineChart
{
    /// <summary>The weaker device of the scale above the frame.</summary>
    public const int WeakerDevice = 10;

    /// <summary>Null where there is no curve.</summary>
    public static XElement? Returns(ChartSize size, EnvironmentInfo environment, IReadOnlyList<(Series Series, DeadlineSummary Summary)> curves, string id)
    {
        if (curves.Count == 0) return null;
        double?[] anchors = [environment.RandomReturn, environment.ReferenceReturn];
        IEnumerable<double> values = curves
            .SelectMany(curve => curve.Summary.Points.Select(point => point.Return).Append(curve.Summary.Undelayed))
            .SelectMany(estimate => new[] { estimate.Low, estimate.Value, estimate.High });
        Axis deadlines = DeadlineAxis(size, curves);
        var chart = new Chart(
            size,
            deadlines,
            Axis.Linear("mean return, 95 % interval", values.Concat(anchors.OfType<double>()), size.YTicks),
            size.LabelsInside ? curves.Select(curve => curve.Series.Name) : null,
            topAxis: true);
        chart.TopAxis(
            $"the same on a device {Figures.Factor(WeakerDevice * curves[0].Summary.Curve.SlowDown)} times slower",
            deadlines.Ticks.Where(tick => tick.Value < deadlines.Waits).Select(tick => (tick.Value, Figures.Latency(tick.Value * WeakerDevice))));
        chart.Divide(deadlines.Waits * Math.Pow(10, -0.45));
        chart.Anchors(environment);

        foreach ((Series series, DeadlineSummary summary) in curves)
            chart.Band([.. summary.Points.Select(point => (point.DeadlineUs, point.Return.Low, point.Return.High))], series);
        for (int i = 0; i < curves.Count; i++)
        {
            (Series series, DeadlineSummary summary) = curves[i];
            (double, double)[] line = [.. summary.Points.Select(point => (point.DeadlineUs, point.Return.Value))];
            chart.Curve(line, series, "mean");
            chart.Dots(line, series);

            // Side by side, since memories that lose nothing stand at the same height.
            double x = deadlines.Waits * Math.Pow(10, (i - ((curves.Count - 1) / 2.0)) * Math.Min(0.12, 0.4 / curves.Count));
            Estimate waits = summary.Undelayed;
            chart.Whisker(x, waits.Low, x, waits.High, series);
            chart.Marker(x, waits.Value, series, filled: true, $"{series.Name}, the world waits: return {Figures.Interval(waits)}");
        }
        if (size.LabelsInside) chart.EndLabels(curves.Select(curve => (curve.Summary.Undelayed.Value, curve.Series)));
        return chart.ToSvg(id, $"Return against deadline on {environment.Name}", string.Join(' ', curves.Select(curve => InWords(curve.Series.Name, curve.Summary))));
    }

    /// <summary>The share of decisions that come too late. Null where there is no curve.</summary>
    public static XElement? Misses(ChartSize size, EnvironmentInfo environment, IReadOnlyList<(Series Series, DeadlineSummary Summary)> curves, string id)
    {
        if (curves.All(curve => curve.Summary.Points.Count == 0)) return null;
        var chart = new Chart(size, DeadlineAxis(size, curves), Axis.Shares("decisions too late", size.YTicks), size.LabelsInside ? curves.Select(curve => curve.Series.Name) : null);
        foreach ((Series series, DeadlineSummary summary) in curves)
        {
            (double, double)[] line = [.. summary.Points.Select(point => (point.DeadlineUs, point.MissRate))];
            chart.Curve(line, series, "mean");
            chart.Dots(line, series);
        }
        string description = string.Join(' ', curves.Select(curve =>
            $"{curve.Series.Name}: {string.Join(", ", curve.Summary.Points.Select(point => $"{Figures.Share(point.MissRate)} at {Figures.Latency(point.DeadlineUs)}"))}."));
        return chart.ToSvg(id, $"Misses against deadline on {environment.Name}", description);
    }

    private static Axis DeadlineAxis(ChartSize size, IReadOnlyList<(Series Series, DeadlineSummary Summary)> curves) =>
        Axis.Deadlines("deadline = period of the world, logarithmic", curves.SelectMany(curve => curve.Summary.Points.Select(point => point.DeadlineUs)), size.XTicks + 1);

    private static string InWords(string name, DeadlineSummary summary) =>
        $"{name}: {string.Join(", ", summary.Points.Select(point => $"{Figures.Return(point.Return.Value)} at {Figures.Latency(point.DeadlineUs)}"))}, {Figures.Return(summary.Undelayed.Value)} where the world waits.";
}
