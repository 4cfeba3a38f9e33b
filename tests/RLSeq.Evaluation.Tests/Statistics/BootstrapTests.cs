using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests;

/// <summary>Intervals against an independent implementation, in closed form where there is one, and by their coverage.</summary>
public class BootstrapTests
{
    // Expected intervals from plain Python, 200,000 replicates (50,000 for the profile), another generator:
    //   def iqm(v): v = sorted(v); k = int(0.25 * len(v)); v = v[k:len(v) - k]; return sum(v) / len(v)
    //   def pct(v, p): v = sorted(v); r = p / 100 * (len(v) - 1); i = int(r); return v[-1] if i + 1 >= len(v) else v[i] + (r - i) * (v[i+1] - v[i])
    //   def boot(stat, scores, n): out = [stat([[random.choice(t) for _ in t] for t in scores]) for _ in range(n)]; return pct(out, 2.5), pct(out, 97.5)
    private static readonly double[][] Scores = [[0.1, 0.5, 0.9, 0.4], [0.7, 0.8, 0.2, 1.2], [0.3, 0.35, 0.6, 0.05]];

    private static readonly BootstrapOptions Quick = new() { Replicates = 20_000, Seed = 7 };

    [Fact]
    public void The_mean_over_tasks() => AssertNear(0.508333, 0.345833, 0.666667, StratifiedBootstrap.Mean(Scores, Quick));

    [Fact]
    public void The_interquartile_mean() => AssertNear(0.475, 0.275, 0.666667, StratifiedBootstrap.InterquartileMean(Scores, Quick));

    [Fact]
    public void The_median_over_tasks() => AssertNear(0.475, 0.275, 0.7, StratifiedBootstrap.Median(Scores, Quick));

    [Fact]
    public void The_optimality_gap() => AssertNear(0.508333, 0.3625, 0.658333, StratifiedBootstrap.OptimalityGap(Scores, 1, Quick));

    [Fact]
    public void The_optimality_gap_forgives_nothing_and_rewards_nothing_beyond_the_target()
    {
        Assert.Equal(0, StratifiedBootstrap.OptimalityGap([[1, 2], [5, 1]], 1, Quick).Value);
        Assert.Equal(0.75, StratifiedBootstrap.OptimalityGap([[0, 9], [0, 0]], 1, Quick).Value);
    }

    [Fact]
    public void Tasks_are_not_mixed()
    {
        // Runs agree inside each task, so resampling inside tasks changes nothing; resampling the pooled scores would.
        Estimate estimate = StratifiedBootstrap.Mean([[0, 0, 0], [1, 1, 1]], Quick);
        Assert.Equal(new Estimate(0.5, 0.5, 0.5, 6), estimate);
    }

    [Fact]
    public void Tasks_may_have_different_numbers_of_runs()
    {
        Estimate estimate = StratifiedBootstrap.Mean([[0, 0, 0, 0], [1]], Quick);
        Assert.Equal(new Estimate(0.5, 0.5, 0.5, 5), estimate);
        Assert.Equal(0, StratifiedBootstrap.InterquartileMean([[0, 0, 0, 0], [1]], Quick).Value);
    }

    // def u(a, b): return sum((x > y) + 0.5 * (x == y) for x in a for y in b) / (len(a) * len(b)); the mean over tasks, both resampled per task.
    [Fact]
    public void The_probability_of_improvement() =>
        AssertNear(0.611111, 0.277778, 0.916667, ProbabilityOfImprovement.Of([[1, 2, 3], [5, 5, 6]], [[0, 2, 2], [5, 7, 4]], Quick));

    [Fact]
    public void Identical_runs_improve_with_probability_one_half()
    {
        Assert.Equal(0.5, ProbabilityOfImprovement.Of([[1, 2, 3]], [[3, 1, 2]], Quick).Value);
        Assert.Equal(new Estimate(0.5, 0.5, 0.5, 2), ProbabilityOfImprovement.Of([[4, 4]], [[4, 4, 4]], Quick));
    }

    [Fact]
    public void Separated_runs_improve_with_certainty_one_way_and_never_the_other()
    {
        Assert.Equal(new Estimate(1, 1, 1, 2), ProbabilityOfImprovement.Of([[2, 3]], [[0, 1]], Quick));
        Assert.Equal(new Estimate(0, 0, 0, 2), ProbabilityOfImprovement.Of([[0, 1]], [[2, 3]], Quick));
    }

    [Fact]
    public void Improvement_needs_the_same_tasks()
    {
        string message = Assert.Throws<ArgumentException>(() => ProbabilityOfImprovement.Of([[1], [2]], [[1]])).Message;
        Assert.Contains("2 tasks", message);
    }

    [Fact]
    public void The_performance_profile()
    {
        IReadOnlyList<Estimate> profile = PerformanceProfile.At(Scores, [0, 0.35, 0.8, 1.2], Quick);
        AssertNear(1, 1, 1, profile[0]);
        AssertNear(0.583333, 0.333333, 0.833333, profile[1]);   // strictly above: the score 0.35 does not count
        AssertNear(0.166667, 0, 0.416667, profile[2]);
        AssertNear(0, 0, 0, profile[3]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        double[][] scores = [[.. Enumerable.Range(0, 15).Select(i => Math.Sqrt(i))]];
        var options = new BootstrapOptions { Replicates = 500, Seed = 3 };
        Assert.Equal(StratifiedBootstrap.Mean(scores, options), StratifiedBootstrap.Mean(scores, options));
        Assert.NotEqual(StratifiedBootstrap.Mean(scores, options).Low, StratifiedBootstrap.Mean(scores, options with { Seed = 4 }).Low);
    }

    [Fact]
    public void A_higher_confidence_gives_a_wider_interval()
    {
        Estimate half = StratifiedBootstrap.Mean(Scores, Quick with { Confidence = 0.5 }), most = StratifiedBootstrap.Mean(Scores, Quick with { Confidence = 0.99 });
        Assert.True(half.Width < 0.5 * most.Width);
        Assert.Equal(half.Value, most.Value);
    }

    [Fact]
    public void A_score_that_is_not_finite_is_named_with_its_task_and_run()
    {
        string message = Assert.Throws<ArgumentException>(() => StratifiedBootstrap.Mean([[1, 2], [3, double.NaN]])).Message;
        Assert.Contains("run 1 of task 1 is NaN", message);
        Assert.Throws<ArgumentException>(() => StratifiedBootstrap.Mean([]));
        Assert.Throws<ArgumentException>(() => StratifiedBootstrap.Mean([[1], []]));
        Assert.Throws<ArgumentException>(() => PerformanceProfile.At([[1]], [double.NaN]));
    }

    [Fact]
    public void Intervals_cover_the_true_mean_about_as_often_as_they_promise()
    {
        // 30 normal scores: the percentile bootstrap is known to cover slightly less than it promises, about 93 % here.
        var random = new RandomSource(11);
        int covered = 0;
        for (int experiment = 0; experiment < 400; experiment++)
        {
            double[] scores = new double[30];
            for (int i = 0; i < scores.Length; i++) scores[i] = 3 + random.NextGaussian();
            if (StratifiedBootstrap.Mean([scores], new BootstrapOptions { Replicates = 500, Seed = (ulong)experiment }).Contains(3)) covered++;
        }
        Assert.InRange(covered / 400.0, 0.90, 0.97);
    }

    private static void AssertNear(double value, double low, double high, Estimate actual)
    {
        Assert.Equal(value, actual.Value, 5);
        Assert.Equal(low, actual.Low, 0.013);
        Assert.Equal(high, actual.High, 0.013);
    }
}
