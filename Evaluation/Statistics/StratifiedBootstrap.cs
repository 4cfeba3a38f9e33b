using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// Statistics over a whole benchmark with stratified bootstrap intervals (Agarwal et al. 2021, "Deep reinforcement learning at the edge of
/// the statistical precipice"). Scores are <c>scores[task][run]</c>, normalised so that tasks may be averaged; the number of runs may differ
/// between tasks. A replicate draws runs with replacement <i>inside each task, independently</i>, so that the tasks stay what they are:
/// the interval speaks about other seeds of the same tasks, not about other tasks.
/// </summary>
public static class StratifiedBootstrap
{
    /// <summary>The mean over tasks of each task's mean over runs.</summary>
    /// <param name="scores"><c>scores[task][run]</c>, finite.</param>
    /// <param name="options">Replicates, confidence, seed.</param>
    /// <exception cref="ArgumentException">A task has no run, or a score is not finite.</exception>
    public static Estimate Mean(IReadOnlyList<double[]> scores, BootstrapOptions? options = null) => Of(scores, MeanOverTasks, options);

    /// <summary>The median over tasks of each task's mean over runs.</summary>
    /// <inheritdoc cref="Mean"/>
    public static Estimate Median(IReadOnlyList<double[]> scores, BootstrapOptions? options = null) => Of(scores, MedianOverTasks, options);

    /// <summary>The interquartile mean of all scores of all tasks together: floor(0.25 · N · M) are dropped at either end.</summary>
    /// <inheritdoc cref="Mean"/>
    public static Estimate InterquartileMean(IReadOnlyList<double[]> scores, BootstrapOptions? options = null)
    {
        ScoreGuard.Finite(scores, "task", "run", nameof(scores));
        double[] all = new double[scores.Sum(task => task.Length)];
        return Of(scores, InterquartileMeanOfAll, options);

        double InterquartileMeanOfAll(IReadOnlyList<double[]> sample)
        {
            int next = 0;
            for (int task = 0; task < sample.Count; next += sample[task++].Length) sample[task].CopyTo(all, next);
            Array.Sort(all);
            return Statistic.InterquartileMeanOfSorted(all);
        }
    }

    /// <summary>How far the scores stay below a target: target - mean(min(score, target)) over all scores. Lower is better, 0 is reached by all.</summary>
    /// <param name="scores"><c>scores[task][run]</c>, finite.</param>
    /// <param name="target">The score beyond which more is worth nothing, 1 for scores normalised to a reference.</param>
    /// <param name="options">Replicates, confidence, seed.</param>
    /// <exception cref="ArgumentException">A task has no run, or a score is not finite.</exception>
    public static Estimate OptimalityGap(IReadOnlyList<double[]> scores, double target = 1, BootstrapOptions? options = null)
    {
        return Of(scores, GapToTarget, options);

        double GapToTarget(IReadOnlyList<double[]> sample)
        {
            double sum = 0;
            int count = 0;
            foreach (double[] task in sample)
            {
                foreach (double score in task) sum += Math.Min(score, target);
                count += task.Length;
            }
            return target - (sum / count);
        }
    }

    /// <summary>Any statistic of <c>scores[task][run]</c> with its stratified bootstrap interval.</summary>
    /// <param name="scores"><c>scores[task][run]</c>, finite.</param>
    /// <param name="statistic">Computes the statistic; must neither keep nor change the arrays that it is given, which are reused.</param>
    /// <param name="options">Replicates, confidence, seed.</param>
    /// <exception cref="ArgumentException">A task has no run, or a score is not finite.</exception>
    public static Estimate Of(IReadOnlyList<double[]> scores, Func<IReadOnlyList<double[]>, double> statistic, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ScoreGuard.Finite(scores, "task", "run", nameof(scores));
        options ??= BootstrapOptions.Default;

        var random = new RandomSource(options.Seed);
        double[][] sample = EmptyLike(scores);
        double[] replicates = new double[options.Replicates];
        for (int i = 0; i < replicates.Length; i++)
        {
            Resample(scores, sample, ref random);
            replicates[i] = statistic(sample);
        }
        return options.Interval(statistic(scores), replicates, scores.Sum(task => task.Length));
    }

    internal static double[][] EmptyLike(IReadOnlyList<double[]> scores) => [.. scores.Select(task => new double[task.Length])];

    internal static void Resample(IReadOnlyList<double[]> scores, double[][] sample, ref RandomSource random)
    {
        for (int task = 0; task < sample.Length; task++)
        {
            double[] from = scores[task], to = sample[task];
            for (int run = 0; run < to.Length; run++) to[run] = from[random.NextInt(from.Length)];
        }
    }

    private static double MeanOverTasks(IReadOnlyList<double[]> scores)
    {
        double sum = 0;
        for (int task = 0; task < scores.Count; task++) sum += Statistic.MeanUnchecked(scores[task]);
        return sum / scores.Count;
    }

    private static double MedianOverTasks(IReadOnlyList<double[]> scores)
    {
        double[] means = new double[scores.Count];
        for (int task = 0; task < means.Length; task++) means[task] = Statistic.MeanUnchecked(scores[task]);
        Array.Sort(means);
        return Statistic.PercentileOfSorted(means, 50);
    }
}
