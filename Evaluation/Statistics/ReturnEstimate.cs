using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// What a memory earns on one environment, from a few training runs that were each evaluated for many episodes.
/// <para>
/// The interval is a <b>two-level bootstrap</b>: a replicate draws runs with replacement, then, inside every drawn run, its episodes with
/// replacement, and averages the runs' means (every run weighs the same, however many episodes it has). The ends are percentiles. It
/// covers both things that vary: another seed would have trained another policy, and other episodes would have paid another return.
/// A bootstrap of the seeds' means alone would take only three values with two seeds and could have no width at all.
/// </para>
/// <para>
/// It is honest about episodes at any number of runs and about seeds only from about five. Where nearly all variation is between seeds, an
/// interval of nominally 95 % covers the true mean in about 50 % of experiments with 2 seeds, 75 % with 3, 80 % with 4, 84 % with 5 and 90 % with 10.
/// Two memories that do not differ at all then have intervals that do not overlap in 1 of 3 experiments with 2 seeds each, 1 of 10 with 3,
/// 1 of 14 with 4, 1 of 20 with 5 and 1 of 40 with 10: from five seeds on, "the intervals do not overlap" errs as rarely as a test at 5 %.
/// Student's t over the seeds' means would be exact for normally distributed seeds, but is ± 9 standard deviations wide with 2 seeds and
/// leaves the range of possible returns, so it would tell a reader nothing. Reports therefore show the two-level interval beside the
/// number of seeds, and a caution below five. With one run it covers the episodes of that one policy and nothing more.
/// </para>
/// </summary>
public static class ReturnEstimate
{
    /// <summary>The mean over runs of each run's mean return.</summary>
    /// <param name="episodeReturnsPerRun"><c>returns[run][episode]</c>, finite; the number of episodes may differ.</param>
    /// <param name="options">Replicates, confidence, seed.</param>
    /// <returns>The estimate; its count is the number of runs.</returns>
    /// <exception cref="ArgumentException">There is no run, a run has no episode, or a return is not finite.</exception>
    public static Estimate Mean(IReadOnlyList<double[]> episodeReturnsPerRun, BootstrapOptions? options = null) =>
        TwoLevel(episodeReturnsPerRun, runMeans => Statistic.MeanUnchecked(runMeans), options);

    /// <summary>The interquartile mean over runs of each run's mean return; below 4 runs it is the mean.</summary>
    /// <inheritdoc cref="Mean"/>
    public static Estimate Iqm(IReadOnlyList<double[]> episodeReturnsPerRun, BootstrapOptions? options = null) =>
        TwoLevel(episodeReturnsPerRun, InterquartileMean, options);

    private delegate double OverRuns(Span<double> runMeans);

    private static double InterquartileMean(Span<double> runMeans)
    {
        runMeans.Sort();
        return Statistic.InterquartileMeanOfSorted(runMeans);
    }

    private static Estimate TwoLevel(IReadOnlyList<double[]> runs, OverRuns statistic, BootstrapOptions? options)
    {
        ScoreGuard.Finite(runs, "run", "episode", "episodeReturnsPerRun");
        options ??= BootstrapOptions.Default;

        var random = new RandomSource(options.Seed);
        double[] runMeans = new double[runs.Count];
        double[] replicates = new double[options.Replicates];
        for (int i = 0; i < replicates.Length; i++)
        {
            for (int run = 0; run < runMeans.Length; run++) runMeans[run] = ResampledMean(runs[random.NextInt(runs.Count)], ref random);
            replicates[i] = statistic(runMeans);
        }

        for (int run = 0; run < runMeans.Length; run++) runMeans[run] = Statistic.MeanUnchecked(runs[run]);
        return options.Interval(statistic(runMeans), replicates, runs.Count);
    }

    private static double ResampledMean(double[] episodes, ref RandomSource random)
    {
        double sum = 0;
        for (int i = 0; i < episodes.Length; i++) sum += episodes[random.NextInt(episodes.Length)];
        return sum / episodes.Length;
    }
}
