using System.Globalization;

namespace RLSeq.Evaluation;

/// <summary>Measures of what acting and training cost, a number for every round of the timing.</summary>
internal static class CostMeasures
{
    /// <summary>Rounds in which all probes take turns.</summary>
    public const int Rounds = 5;

    /// <summary>The median of an action.</summary>
    public static Measure P50(ActingProbe probe) => new($"p50 of {probe.Label}", (data, _) => Each(data.Costs(probe)?.P50Us)) { Probes = [probe], Unit = "µs" };

    /// <summary>The 99th percentile of an action, on a device that is so many times slower.</summary>
    public static Measure P99(ActingProbe probe, double slowDown) =>
        new(string.Create(CultureInfo.InvariantCulture, $"p99 of {probe.Label}{(slowDown == 1 ? "" : $" at slow-down {slowDown:0.##}")}"), (data, _) => [.. Each(data.Costs(probe)?.P99Us).Select(value => value * slowDown)])
        {
            Probes = [probe],
            Unit = "µs",
        };

    /// <summary>The exponent of the median over some sizes: its least-squares slope, both in logarithms; 1 where the cost is proportional to the size.</summary>
    public static Measure Growth(string text, IReadOnlyList<(double Size, ActingProbe Probe)> points) =>
        new(text, (data, _) => [.. Enumerable.Range(0, Rounds).Select(round => Slope(data, points, round))]) { Probes = [.. points.Select(point => point.Probe)] };

    /// <summary>How many times as many steps per second the first trains.</summary>
    public static Measure TrainingSpeed(TrainingProbe first, TrainingProbe second) =>
        Ratio($"training steps/s of {first.Label} over {second.Label}", first, second, samples => samples.StepsPerSecond);

    /// <summary>How many times as long an action of the first takes, at the median.</summary>
    public static Measure ActingTime(ActingProbe first, ActingProbe second) => Ratio($"p50 of {first.Label} over {second.Label}", first, second, samples => samples.P50Us);

    private static Measure Ratio(string text, CostProbe first, CostProbe second, Func<CostSamples, IReadOnlyList<double>> values) => new(
        text,
        (data, _) => [.. Each(data.Costs(first) is { } a ? values(a) : null).Zip(Each(data.Costs(second) is { } b ? values(b) : null), (x, y) => x / y)])
    {
        Probes = [first, second],
        IsRatio = true,
    };

    private static double?[] Each(IReadOnlyList<double>? values) => values is null ? new double?[Rounds] : [.. values];

    private static double? Slope(StudyData data, IReadOnlyList<(double Size, ActingProbe Probe)> points, int round)
    {
        double meanX = points.Average(point => Math.Log(point.Size)), above = 0, below = 0;
        foreach ((double size, ActingProbe probe) in points)
        {
            if (data.Costs(probe)?.P50Us is not { } times || times.Count <= round) return null;
            double x = Math.Log(size) - meanX;
            above += x * Math.Log(times[round]);
            below += x * x;
        }
        return above / below;
    }
}
