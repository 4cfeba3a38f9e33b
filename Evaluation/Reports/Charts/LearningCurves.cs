using System.Xml.Linq;

namespace RLSeq.Evaluation.Charts;

/// <summary>
/// Return against environment steps, or against seconds of training: a thin line per seed, the mean over the seeds, and the band from the lowest
/// seed to the highest.
/// </summary>
internal static class LearningCurves
{
    /// <summary>Null where no usable run kept a learning curve.</summary>
    public static XElement? Draw(ChartSize size, EnvironmentInfo environment, IReadOnlyList<(Series Series, IReadOnlyList<RunResult> Runs)> memories, string id, bool bySeconds = false)
    {
        var curves = memories
            .Select(memory => (memory.Series, Seeds: memory.Runs.Where(run => run.IsUsable).Select(run => Points(run, bySeconds)).Where(points => points.Length > 0).ToArray()))
            .Where(memory => memory.Seeds.Length > 0)
            .ToArray();
        if (curves.Length == 0) return null;

        double?[] anchors = [environment.RandomReturn, environment.ReferenceReturn];
        IEnumerable<double> values = curves.SelectMany(curve => curve.Seeds).SelectMany(points => points.Select(point => point.Y)).Concat(anchors.OfType<double>());
        double lastStep = curves.SelectMany(curve => curve.Seeds).Max(points => points[^1].X);
        var chart = new Chart(
            size,
            Axis.FromZero(bySeconds ? "seconds of training" : "environment steps", lastStep, size.XTicks),
            Axis.Linear("mean return of training episodes", values, size.YTicks),
            size.LabelsInside ? curves.Select(curve => curve.Series.Name) : null);

        chart.Anchors(environment);

        var ends = new List<(double, Series)>();
        foreach ((Series series, (double X, double Y)[][] seeds) in curves)
        {
            (double X, double Low, double Mean, double High)[] summary = OverSeeds(seeds, size.Points);
            if (seeds.Length > 1)
            {
                chart.Band([.. summary.Select(p => (p.X, p.Low, p.High))], series);
                foreach (var seed in seeds) chart.Curve(Thin(seed, size.Points), series, "seed");
            }
            chart.Curve(summary.Select(p => (p.X, p.Mean)), series, "mean");
            ends.Add((summary[^1].Mean, series));
        }
        if (size.LabelsInside) chart.EndLabels(ends);

        string description = string.Join(' ', ends.Select(end => $"{end.Item2.Name} ends at {Figures.Return(end.Item1)}."));
        return chart.ToSvg(id, $"Learning curves on {environment.Name}{(bySeconds ? " against seconds" : "")}", description);
    }

    /// <summary>
    /// The lowest, mean and highest of the seeds on a common grid of steps, from the first step that all seeds have to the last that all have,
    /// interpolated linearly between a seed's own points.
    /// </summary>
    internal static (double X, double Low, double Mean, double High)[] OverSeeds((double X, double Y)[][] seeds, int gridPoints = 120)
    {
        double first = seeds.Max(points => points[0].X), last = seeds.Min(points => points[^1].X);
        if (last <= first) return [AtStep(seeds, Math.Max(first, last))];
        return [.. Enumerable.Range(0, gridPoints + 1).Select(i => AtStep(seeds, first + ((last - first) * i / gridPoints)))];
    }

    private static (double, double, double, double) AtStep((double X, double Y)[][] seeds, double step)
    {
        double[] values = [.. seeds.Select(points => Interpolate(points, step))];
        return (step, values.Min(), values.Average(), values.Max());
    }

    private static double Interpolate((double X, double Y)[] points, double step)
    {
        int next = Array.FindIndex(points, point => point.X >= step);
        if (next < 0) return points[^1].Y;
        if (next == 0 || points[next].X == step) return points[next].Y;
        (double x0, double y0) = points[next - 1];
        (double x1, double y1) = points[next];
        return y0 + ((y1 - y0) * (step - x0) / (x1 - x0));
    }

    private static (double X, double Y)[] Points(RunResult run, bool bySeconds) =>
    [
        .. run.LearningCurve
            .Where(point => double.IsFinite(point.MeanReturn) && double.IsFinite(point.Seconds))
            .OrderBy(point => point.Step)
            .Select(point => (bySeconds ? point.Seconds : point.Step, point.MeanReturn)),
    ];

    /// <summary>At most about so many points of a long curve, the last one kept: more would not be seen and would swell the file.</summary>
    private static IEnumerable<(double, double)> Thin((double X, double Y)[] points, int most)
    {
        int stride = Math.Max(1, (int)Math.Ceiling(points.Length / (double)most));
        return points.Where((_, i) => i % stride == 0 || i == points.Length - 1);
    }
}
