using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>Computes the figures of a curve with their intervals, all from the same resamples.</summary>
internal sealed class DeadlineFigures
{
    private readonly DeadlineCurve _curve;
    private readonly BootstrapOptions _options;
    private readonly DeadlineReturns _returns;
    private readonly double[] _means, _deadlines;
    private readonly double[][] _replicates; // [column][replicate]

    public DeadlineFigures(DeadlineCurve curve, DeadlineReturns returns, BootstrapOptions options)
    {
        (_curve, _returns, _options) = (curve, returns, options);
        _means = DeadlineBootstrap.Means(returns);
        _deadlines = [.. curve.Points.Select(point => point.DeadlineUs)];
        _replicates = [.. _means.Select(_ => new double[options.Replicates])];
        DeadlineBootstrap.Resample(returns, options, (replicate, means) =>
        {
            for (int column = 0; column < means.Length; column++) _replicates[column][replicate] = means[column];
        });
    }

    public int Seeds => _returns.Seeds.Length;

    /// <summary>The lowest mean of the curve, the undelayed one included.</summary>
    public double Lowest => _means.AsSpan(0, 1 + _deadlines.Length).ToArray().Min();

    /// <summary>The undelayed return (column 0), that of a deadline, or of the one-step delay (the last column).</summary>
    public Estimate Return(int column) => _options.Interval(_means[column], [.. _replicates[column]], Seeds);

    /// <summary>The share that is kept at a deadline, by the means.</summary>
    public double Kept(int point, double zero) => (_means[1 + point] - zero) / (_means[0] - zero);

    public Estimate Area(double zero)
    {
        double[] weights = DeadlineMath.AreaWeights(_deadlines);
        // Where a resample leaves nothing to lose, it counts as the worst.
        return _options.Interval(Of(_means, zero, kept => DeadlineMath.Area(weights, kept), worst: 0), OfReplicates(zero, kept => DeadlineMath.Area(weights, kept), worst: 0), Seeds);
    }

    public KeepingDeadline Keeping(double zero, double share)
    {
        double value = Of(_means, zero, Shortest, double.PositiveInfinity);
        double[] replicates = OfReplicates(zero, Shortest, double.PositiveInfinity);
        Array.Sort(replicates);
        // By the nearest rank: nothing lies between a deadline and infinity.
        decimal outside = Outside(_options), farther = Outside(_options.Expanded(Seeds));
        return new KeepingDeadline(value, At(outside), At(100 - outside), Seeds, _deadlines[0]) { DecidingLowUs = At(farther), DecidingHighUs = At(100 - farther) };

        double Shortest(double[] kept) => DeadlineMath.Shortest(_deadlines, kept, share);

        double At(decimal percent) => replicates[NearestRank.Of(percent, replicates.Length) - 1];

        static decimal Outside(BootstrapOptions options) => 50 * (1 - (decimal)options.Confidence);
    }

    public DeadlineFigure Figure(int point, double? zero)
    {
        DeadlineRun[] runs = [.. _curve.Points[point].Runs.Where(run => _returns.Numbers.Contains(run.Seed))];
        return new DeadlineFigure(_deadlines[point], Return(1 + point), zero is { } nothing ? Kept(point, nothing) : null, runs.Average(run => run.MissRate), runs.Average(run => run.DroppedRate));
    }

    private double[] OfReplicates(double zero, Func<double[], double> statistic, double worst)
    {
        var means = new double[_means.Length];
        var results = new double[_options.Replicates];
        for (int replicate = 0; replicate < results.Length; replicate++)
        {
            for (int column = 0; column < means.Length; column++) means[column] = _replicates[column][replicate];
            results[replicate] = Of(means, zero, statistic, worst);
        }
        return results;
    }

    private double Of(double[] means, double zero, Func<double[], double> statistic, double worst)
    {
        if (means[0] <= zero) return worst;
        var kept = new double[_deadlines.Length];
        for (int i = 0; i < kept.Length; i++) kept[i] = (means[1 + i] - zero) / (means[0] - zero);
        return statistic(kept);
    }
}
