using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// The performance profile: for every threshold, the fraction of all runs of all tasks that score above it (Agarwal et al. 2021). A curve
/// that lies higher everywhere is better whatever the statistic; curves that cross show what a mean hides.
/// </summary>
public static class PerformanceProfile
{
    /// <summary>2,000 replicates: the band is drawn, not read to its second digit.</summary>
    private static readonly BootstrapOptions DefaultOptions = new() { Replicates = 2_000 };

    /// <summary>The profile at given thresholds, each with a pointwise stratified bootstrap interval.</summary>
    /// <param name="scores"><c>scores[task][run]</c>, finite.</param>
    /// <param name="thresholds">The thresholds, finite, in any order.</param>
    /// <param name="options">Replicates (2,000 unless given), confidence, seed.</param>
    /// <returns>The fraction of scores strictly above each threshold, in the order of the thresholds.</returns>
    /// <exception cref="ArgumentException">A task has no run, or a number is not finite.</exception>
    public static IReadOnlyList<Estimate> At(IReadOnlyList<double[]> scores, IReadOnlyList<double> thresholds, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        ScoreGuard.Finite(scores, "task", "run", nameof(scores));
        ScoreGuard.Finite([.. thresholds], nameof(thresholds));
        options ??= DefaultOptions;

        int count = scores.Sum(task => task.Length);
        double[] all = new double[count];
        double[][] replicates = [.. thresholds.Select(_ => new double[options.Replicates])];
        double[][] sample = StratifiedBootstrap.EmptyLike(scores);
        var random = new RandomSource(options.Seed);
        for (int i = 0; i < options.Replicates; i++)
        {
            StratifiedBootstrap.Resample(scores, sample, ref random);
            Flatten(sample, all);
            for (int t = 0; t < thresholds.Count; t++) replicates[t][i] = FractionAbove(all, thresholds[t]);
        }

        Flatten(scores, all);
        return [.. thresholds.Select((threshold, t) => options.Interval(FractionAbove(all, threshold), replicates[t], count))];
    }

    private static void Flatten(IReadOnlyList<double[]> scores, double[] all)
    {
        int next = 0;
        for (int task = 0; task < scores.Count; next += scores[task++].Length) scores[task].CopyTo(all, next);
    }

    private static double FractionAbove(double[] scores, double threshold)
    {
        int above = 0;
        foreach (double score in scores) above += score > threshold ? 1 : 0;
        return (double)above / scores.Length;
    }
}
