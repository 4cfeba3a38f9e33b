using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests;

public class ReturnEstimateTests
{
    private static readonly BootstrapOptions Quick = new() { Replicates = 20_000, Seed = 5 };

    private static readonly double[][] Runs = [[1, 0, 1, 1, 0], [1, 1, 1, 1, 1], [0, 0, 1, 0, 0]];

    // Expected intervals from plain Python, 200,000 replicates, another generator (pct and iqm as in BootstrapTests):
    //   for _ in range(n): runs = [random.choice(R) for _ in R]; out.append(stat([mean([random.choice(r) for _ in r]) for r in runs]))
    [Fact]
    public void The_mean_resamples_runs_and_then_their_episodes()
    {
        Estimate estimate = ReturnEstimate.Mean(Runs, Quick);
        Assert.Equal((0.6, 3), (Math.Round(estimate.Value, 9), estimate.Count));
        Assert.Equal(0.2, estimate.Low, 0.01);
        Assert.Equal(1.0, estimate.High, 0.01);
    }

    [Fact]
    public void The_interquartile_mean_is_over_runs()
    {
        double[][] runs = [.. Runs, [1, 0, 1, 0, 0.5], [0.25, 0.5, 0.25, 0.5, 0.25]];
        Estimate estimate = ReturnEstimate.Iqm(runs, Quick);
        Assert.Equal((0.6 + 0.5 + 0.35) / 3, estimate.Value, 9);   // the run means are 0.2, 0.35, 0.5, 0.6, 1
        Assert.Equal(0.2333, estimate.Low, 0.01);
        Assert.Equal(0.8667, estimate.High, 0.01);
    }

    [Fact]
    public void Every_run_weighs_the_same_however_many_episodes_it_has() =>
        Assert.Equal(0.5, ReturnEstimate.Mean([[0], [1, 1, 1, 1, 1, 1, 1, 1, 1]], Quick).Value);

    [Fact]
    public void Two_seeds_that_differ_span_the_interval()
    {
        // A quarter of the resamples draws the one run twice, another quarter the other: both ends are reached.
        Estimate estimate = ReturnEstimate.Mean([[0, 0, 0], [1, 1, 1]], Quick);
        Assert.Equal((0.0, 1.0), (estimate.Low, estimate.High));
    }

    [Fact]
    public void Two_seeds_with_the_same_mean_still_have_an_interval_from_their_episodes()
    {
        Estimate estimate = ReturnEstimate.Mean([[0, 1, 0, 1, 0, 1], [1, 0, 1, 0, 1, 0]], Quick);
        Assert.True(estimate.Width > 0.3, $"The interval {estimate} has lost the variation between episodes.");
    }

    [Fact]
    public void One_seed_has_the_interval_of_its_episodes()
    {
        // 100 episodes of standard deviation 0.5 (by n): ± 1.96 · 0.5 / √100.
        double[] episodes = [.. Enumerable.Range(0, 100).Select(i => (double)(i % 2))];
        Estimate estimate = ReturnEstimate.Mean([episodes], Quick);
        Assert.Equal((0.5, 1), (estimate.Value, estimate.Count));
        Assert.Equal(0.098, estimate.High - 0.5, 0.008);
        Assert.Equal(0.098, 0.5 - estimate.Low, 0.008);
    }

    [Fact]
    public void One_episode_has_an_interval_without_width() => Assert.Equal(new Estimate(0.7, 0.7, 0.7, 1), ReturnEstimate.Mean([[0.7]], Quick));

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        var options = new BootstrapOptions { Replicates = 300, Seed = 1 };
        Assert.Equal(ReturnEstimate.Mean(Runs, options), ReturnEstimate.Mean(Runs, options));
        Assert.Equal(ReturnEstimate.Iqm(Runs, options), ReturnEstimate.Iqm(Runs, options));
    }

    [Fact]
    public void A_return_that_is_not_finite_is_named_with_its_run_and_episode()
    {
        string message = Assert.Throws<ArgumentException>(() => ReturnEstimate.Mean([[1, double.NegativeInfinity]])).Message;
        Assert.Contains("episode 1 of run 0", message);
        Assert.Contains("no episode", Assert.Throws<ArgumentException>(() => ReturnEstimate.Mean([[1], []])).Message);
        Assert.Throws<ArgumentException>(() => ReturnEstimate.Iqm([]));
    }

    /// <summary>
    /// The documentation of <see cref="ReturnEstimate"/> says how often a nominal 95 % interval covers the truth when all variation is between
    /// seeds. For 2 and 3 seeds it has a closed form: the interval runs from the lowest to the highest seed, so it misses when all lie on one
    /// side of the truth, with probability 2 / 2^n.
    /// </summary>
    [Theory]
    [InlineData(2, 0.50)]
    [InlineData(3, 0.75)]
    [InlineData(4, 0.80)]
    [InlineData(5, 0.84)]
    [InlineData(10, 0.90)]
    public void Coverage_between_seeds_is_what_the_documentation_says(int seeds, double expected)
    {
        var random = new RandomSource((ulong)seeds);
        int covered = 0;
        for (int experiment = 0; experiment < 1000; experiment++)
        {
            double[][] runs = new double[seeds][];
            for (int run = 0; run < seeds; run++) runs[run] = [random.NextGaussian()];
            if (ReturnEstimate.Mean(runs, new BootstrapOptions { Replicates = 400, Seed = (ulong)experiment }).Contains(0)) covered++;
        }
        Assert.Equal(expected, covered / 1000.0, 0.03);
    }

    /// <summary>The error rate of "the intervals do not overlap" for two memories that do not differ, which the documentation and the reports state.</summary>
    [Theory]
    [InlineData(2, 1 / 3.0)]
    [InlineData(3, 1 / 10.0)]
    [InlineData(4, 1 / 14.0)]
    [InlineData(5, 1 / 20.0)]
    [InlineData(10, 1 / 40.0)]
    public void Disjoint_intervals_err_as_often_as_the_documentation_says(int seeds, double expected)
    {
        var random = new RandomSource((ulong)seeds + 100);
        int disjoint = 0;
        for (int experiment = 0; experiment < 1000; experiment++)
        {
            Estimate first = OfNormalSeeds((ulong)experiment), second = OfNormalSeeds((ulong)experiment + 5000);
            if (!first.Overlaps(second)) disjoint++;
        }
        Assert.Equal(expected, disjoint / 1000.0, 0.02);

        Estimate OfNormalSeeds(ulong bootstrapSeed)
        {
            double[][] runs = new double[seeds][];
            for (int run = 0; run < seeds; run++) runs[run] = [random.NextGaussian()];
            return ReturnEstimate.Mean(runs, new BootstrapOptions { Replicates = 1_000, Seed = bootstrapSeed });
        }
    }
}
