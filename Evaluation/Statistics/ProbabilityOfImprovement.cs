using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// How likely a run of one memory earns more than a run of another on a task drawn at random: the mean over tasks of U / (N · K), where U
/// counts the pairs of runs that the first wins, ties as half (Mann and Whitney 1947; Agarwal et al. 2021). 0.5 says that neither is better;
/// it says nothing about by how much.
/// </summary>
public static class ProbabilityOfImprovement
{
    /// <summary>The probability with its interval: runs of both memories are resampled independently inside each task.</summary>
    /// <param name="first"><c>scores[task][run]</c> of the memory that may be better.</param>
    /// <param name="second"><c>scores[task][run]</c> of the other, for the same tasks in the same order; the number of runs may differ.</param>
    /// <param name="options">Replicates, confidence, seed.</param>
    /// <returns>The estimate; its count is the number of runs of the first memory.</returns>
    /// <exception cref="ArgumentException">The tasks differ in number, a task has no run, or a score is not finite.</exception>
    public static Estimate Of(IReadOnlyList<double[]> first, IReadOnlyList<double[]> second, BootstrapOptions? options = null)
    {
        ScoreGuard.Finite(first, "task", "run", nameof(first));
        ScoreGuard.Finite(second, "task", "run", nameof(second));
        if (first.Count != second.Count)
            throw new ArgumentException($"Both memories need scores on the same tasks, but the first has {first.Count} tasks and the second {second.Count}. Leave out the tasks that only one has.", nameof(second));

        options ??= BootstrapOptions.Default;
        var random = new RandomSource(options.Seed);
        double[][] x = StratifiedBootstrap.EmptyLike(first), y = StratifiedBootstrap.EmptyLike(second);
        double[] replicates = new double[options.Replicates];
        for (int i = 0; i < replicates.Length; i++)
        {
            StratifiedBootstrap.Resample(first, x, ref random);
            StratifiedBootstrap.Resample(second, y, ref random);
            replicates[i] = MeanOverTasks(x, y);
        }
        return options.Interval(MeanOverTasks(first, second), replicates, first.Sum(task => task.Length));
    }

    private static double MeanOverTasks(IReadOnlyList<double[]> first, IReadOnlyList<double[]> second)
    {
        double sum = 0;
        for (int task = 0; task < first.Count; task++) sum += WinRate(first[task], second[task]);
        return sum / first.Count;
    }

    /// <summary>U / (N · K), counted in halves so that ties stay whole numbers.</summary>
    private static double WinRate(double[] first, double[] second)
    {
        long halves = 0;
        foreach (double x in first)
        {
            foreach (double y in second)
            {
                if (x > y) halves += 2;
                else if (x == y) halves++;
            }
        }
        return halves / (2.0 * first.Length * second.Length);
    }
}
