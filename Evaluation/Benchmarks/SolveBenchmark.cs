using System.Diagnostics;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// How long training takes until a return is reached: from making the trainer until the mean of the last 100 episodes is there, compiling
/// included. The policy is then evaluated on fresh episodes, so that a lucky moment of training shows.
/// </summary>
/// <param name="Target">The mean return to reach.</param>
/// <param name="Seeds">What each seed took.</param>
public sealed record SolveBenchmark(double Target, IReadOnlyList<SolveBenchmark.Seed> Seeds)
{
    /// <summary>The median of the seconds; infinite where half of the seeds or more never got there.</summary>
    public double MedianSeconds
    {
        get
        {
            double[] sorted = [.. Seeds.Select(seed => seed.Reached ? seed.Seconds : double.PositiveInfinity).Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    /// <summary>Measures.</summary>
    /// <param name="configuration">What to train; its steps are the most that are tried, and its seed is the first.</param>
    /// <param name="target">The mean return to reach.</param>
    /// <param name="seeds">How many seeds, one after the other.</param>
    /// <param name="measured">Called after every seed.</param>
    public static SolveBenchmark Run(TrainingConfiguration configuration, double target, int seeds, Action<Seed>? measured = null)
    {
        var found = new List<Seed>();
        for (int i = 0; i < seeds; i++)
        {
            found.Add(Solve(configuration with { Seed = configuration.Seed + (ulong)i }, target));
            measured?.Invoke(found[^1]);
        }
        return new SolveBenchmark(target, found);
    }

    private static Seed Solve(TrainingConfiguration configuration, double target)
    {
        long began = Stopwatch.GetTimestamp();
        using var trainer = new Trainer(configuration);
        bool reached = false;
        double best = double.NegativeInfinity;
        while (!reached && !trainer.Finished)
        {
            double mean = trainer.Update().Return;
            best = Math.Max(best, mean); // NaN, before the first episode has ended, is never the greater
            reached = trainer.Episodes.Count >= EpisodeWindow.Length && mean >= target;
        }
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        using IEnvironment fresh = NamedEnvironment.Of(configuration).Create();
        EvaluationResult evaluated = Evaluator.Run(PolicyNetwork.From(trainer.Export()), fresh, new EvaluationSettings { Episodes = EpisodeWindow.Length, Seed = RandomSource.Derive(configuration.Seed, 4) });
        return new Seed(configuration.Seed, reached, seconds, trainer.Steps, best, evaluated.MeanReturn);
    }

    /// <summary>What one seed took.</summary>
    /// <param name="Number">The seed.</param>
    /// <param name="Reached">Whether the target was reached.</param>
    /// <param name="Seconds">Until then, or until the steps were used up.</param>
    /// <param name="Steps">Environment steps until then.</param>
    /// <param name="BestMean">The best mean return of the last 100 episodes.</param>
    /// <param name="Evaluated">The mean return of the policy in 100 fresh episodes.</param>
    public sealed record Seed(ulong Number, bool Reached, double Seconds, long Steps, double BestMean, double Evaluated);
}
