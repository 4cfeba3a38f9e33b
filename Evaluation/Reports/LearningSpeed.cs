namespace RLSeq.Evaluation;

/// <summary>
/// How soon a memory learns what it learns: the steps and the seconds of training after which a seed's learning curve first reaches
/// <see cref="Share"/> of the way from random actions to its own final level. It says nothing about how high that level is.
/// </summary>
/// <param name="Steps">Environment steps, the mean over seeds with its interval.</param>
/// <param name="Seconds">Seconds of training, likewise.</param>
public sealed record LearningSpeed(Estimate Steps, Estimate Seconds)
{
    /// <summary>The share of the way: 90 %.</summary>
    public const double Share = 0.9;

    /// <summary>A curve is read through the mean of so many consecutive points, as single ones are noisy.</summary>
    private const int Smoothing = 5;

    /// <summary>
    /// The speed over all usable runs whose final level lies above random actions (or, where those are not known, above the first point of the
    /// curve); null where there is none. The final level is the mean of the last tenth of the curve's points.
    /// </summary>
    /// <param name="runs">The runs.</param>
    /// <param name="random">The return of random actions, if known.</param>
    /// <param name="options">Replicates and seed of the intervals, which resample seeds.</param>
    internal static LearningSpeed? From(IEnumerable<RunResult> runs, double? random, BootstrapOptions options)
    {
        LearningCurvePoint[] reached = [.. runs.Where(run => run.IsUsable).Select(run => Reached(run.LearningCurve, random)).OfType<LearningCurvePoint>()];
        if (reached.Length == 0) return null;
        return new LearningSpeed(
            ReturnEstimate.Mean([.. reached.Select(point => new[] { (double)point.Step })], options),
            ReturnEstimate.Mean([.. reached.Select(point => new[] { point.Seconds })], options));
    }

    private static LearningCurvePoint? Reached(IReadOnlyList<LearningCurvePoint> curve, double? random)
    {
        LearningCurvePoint[] points = [.. curve.Where(point => double.IsFinite(point.MeanReturn) && double.IsFinite(point.Seconds)).OrderBy(point => point.Step)];
        if (points.Length < 2) return null;
        double zero = random is { } known && double.IsFinite(known) ? known : points[0].MeanReturn;
        double final = points[^Math.Max(1, points.Length / 10)..].Average(point => point.MeanReturn);
        if (!(final > zero)) return null;

        double target = zero + (Share * (final - zero));
        for (int i = 0; i < points.Length; i++)
        {
            int from = Math.Max(0, i - Smoothing + 1);
            if (points[from..(i + 1)].Average(point => point.MeanReturn) >= target) return points[i];
        }
        return null;   // a curve that ends on a peak which its running mean does not show
    }
}
