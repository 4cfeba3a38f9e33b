namespace RLSeq.Evaluation;

/// <summary>How a bootstrap interval is made. The same options and data give the same interval on every machine.</summary>
public sealed record BootstrapOptions
{
    /// <summary>50,000 replicates, 95 %, seed 0.</summary>
    public static BootstrapOptions Default { get; } = new();

    /// <summary>How many times the data are resampled; at least 100. Default 50,000 (Agarwal et al. 2021).</summary>
    public int Replicates
    {
        get;
        init => field = value >= 100
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A bootstrap interval needs at least 100 replicates; 10,000 or more for a steady second digit.");
    } = 50_000;

    /// <summary>The nominal coverage, inside (0, 1). Default 0.95.</summary>
    public double Confidence
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The confidence must lie inside (0, 1), for instance 0.95.");
    } = 0.95;

    /// <summary>Seeds the resampling.</summary>
    public ulong Seed { get; init; }

    /// <summary>The percentile interval: the two quantiles of the replicates that leave (1 - confidence) / 2 outside on each side.</summary>
    /// <param name="value">The statistic of the data themselves.</param>
    /// <param name="replicates">The statistic of each resample; sorted by this call.</param>
    /// <param name="count">The number of runs.</param>
    internal Estimate Interval(double value, double[] replicates, int count)
    {
        Array.Sort(replicates);
        double outside = 50 * (1 - Confidence);
        return new Estimate(value, Statistic.PercentileOfSorted(replicates, outside), Statistic.PercentileOfSorted(replicates, 100 - outside), count);
    }
}
