namespace RLSeq.Evaluation.Tests;

/// <summary>Differences of pairs, in closed form: with two seeds per task the distribution of the bootstrap can be written down.</summary>
public class PairedDifferenceTests
{
    private static readonly BootstrapOptions Quick = new() { Replicates = 20_000, Seed = 7 };

    [Fact]
    public void What_the_two_of_a_pair_share_does_not_widen_the_interval()
    {
        // Seeds differ by 90, the memories by exactly 1 with each seed. Resampling the two apart would give an interval of some ± 90.
        Assert.Equal(new Estimate(1, 1, 1, 3), PairedDifference.Mean([[11, 51, 101]], [[10, 50, 100]], Quick));
        Assert.Equal(new Estimate(-1, -1, -1, 3), PairedDifference.Mean([[10, 50, 100]], [[11, 51, 101]], Quick));
        Assert.True(ProbabilityOfImprovement.Of([[11, 51, 101]], [[10, 50, 100]], Quick).Width > 0.5);
    }

    [Fact]
    public void Two_differences_give_three_means_with_known_probabilities()
    {
        // Differences 0 and 4: their resampled mean is 0, 2 or 4 with probabilities 1/4, 1/2, 1/4. So the central 95 % reach from 0 to 4, and the
        // central 40 % (from the 30th percentile to the 70th) hold only 2.
        Assert.Equal(new Estimate(2, 0, 4, 2), PairedDifference.Mean([[3, 9]], [[3, 5]], Quick));
        Assert.Equal(new Estimate(2, 2, 2, 2), PairedDifference.Mean([[3, 9]], [[3, 5]], Quick with { Confidence = 0.4 }));
    }

    [Fact]
    public void Tasks_are_strata_and_weigh_the_same_whatever_their_seeds()
    {
        // Differences [6] and [0, 0, 0]: nothing varies inside a task, so the interval has no width, and each task counts as one.
        Assert.Equal(new Estimate(3, 3, 3, 4), PairedDifference.Mean([[7], [1, 2, 3]], [[1], [1, 2, 3]], Quick));
    }

    [Fact]
    public void The_share_of_seeds_won_counts_ties_as_half()
    {
        Assert.Equal(0.625, PairedDifference.Probability([[5, 1, 3, 9]], [[4, 2, 3, 8]], Quick).Value);
        Assert.Equal(new Estimate(0.5, 0.5, 0.5, 2), PairedDifference.Probability([[1, 2]], [[1, 2]], Quick));
        // Every seed is won by a little, though most runs of the second beat most of the first: what only pairing shows.
        Assert.Equal(new Estimate(1, 1, 1, 3), PairedDifference.Probability([[11, 51, 101]], [[10, 50, 100]], Quick));
    }

    [Fact]
    public void Episodes_are_paired_as_well()
    {
        // Episodes differ by hundreds, the two policies by 2 on every one of them.
        Estimate estimate = PairedDifference.OfReturns([[102, 502], [302, 2]], [[100, 500], [300, 0]], Quick);
        Assert.Equal(new Estimate(2, 2, 2, 2), estimate);
        // One seed, differences 0 and 4 over its episodes: as with two seeds above, but of episodes.
        Assert.Equal(new Estimate(2, 0, 4, 1), PairedDifference.OfReturns([[3, 9]], [[3, 5]], Quick));
    }

    [Fact]
    public void A_comparisons_runs_are_paired_by_seed_and_failed_ones_left_out()
    {
        MemoryResult first = Memory("a", (1, [5.0, 7]), (2, [50.0, 70]), (3, [1.0, 1]));
        MemoryResult second = Memory("b", (3, []), (2, [49.0, 69]), (1, [4.0, 6])); // in another order; seed 3 has no returns
        Assert.Equal(new Estimate(1, 1, 1, 2), PairedDifference.Between(first, second, Quick));
        Assert.Null(PairedDifference.Between(first, Memory("b", (9, [1.0, 2])), Quick));
        Assert.Throws<ArgumentException>(() => PairedDifference.Between(first, second with { Environment = "other" }));
    }

    [Fact]
    public void What_cannot_be_paired_is_refused_by_name()
    {
        Assert.Contains("2 tasks", Assert.Throws<ArgumentException>(() => PairedDifference.Mean([[1], [2]], [[1]])).Message, StringComparison.Ordinal);
        Assert.Contains("2 seeds", Assert.Throws<ArgumentException>(() => PairedDifference.Mean([[1, 2]], [[1]])).Message, StringComparison.Ordinal);
        Assert.Contains("2 episodes", Assert.Throws<ArgumentException>(() => PairedDifference.OfReturns([[1, 2]], [[1]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => PairedDifference.Mean([[1, double.NaN]], [[1, 2]]));
    }

    private static MemoryResult Memory(string name, params (ulong Seed, double[] Returns)[] runs) => new()
    {
        Environment = "e",
        Memory = name,
        Runs = [.. runs.Select(run => new RunResult { Environment = "e", Memory = name, Seed = run.Seed, Status = RunStatus.Ok, EpisodeReturns = run.Returns })],
    };
}
