using RLSeq.Agents;

namespace RLSeq.Evaluation.Tests;

public class PolicySweepTests
{
    private static readonly RecordedLatency Recording = Copycat.Recording(); // the slowest takes 90 µs

    [Fact]
    public void Every_case_is_what_playing_it_by_itself_gives_and_is_played_once()
    {
        var settings = new DeadlineSettings { SlowDowns = [1, 10, 2.5], OnMiss = OnMiss.ApplyLate, Episodes = 4 };
        using var world = new Copycat();
        var episodes = new ClockedEpisodes(Copycat.Policy(), world, new EvaluationSettings { Episodes = settings.Episodes });
        var sweep = new PolicySweep(episodes, 7, Recording, settings);
        DeadlineRun[][] runs = sweep.Play(CancellationToken.None);

        Assert.Equal([21, 21, 21], runs.Select(curve => curve.Length));
        for (int i = 0; i < runs.Length; i++)
        {
            for (int at = 0; at < runs[i].Length; at++)
            {
                ClockedReturns alone = episodes.Play(settings.Clock(settings.Deadlines[at], settings.SlowDowns[i]), Recording, CancellationToken.None);
                Assert.Equal((7UL, alone.MissRate, alone.DroppedRate), (runs[i][at].Seed, runs[i][at].MissRate, runs[i][at].DroppedRate));
                Assert.Equal(alone.Returns, runs[i][at].Returns);
            }
        }
        // 10 to 63 µs miss; ten times slower 10 to 630 µs, of which 100 to 630 are known; 2.5 times slower 10 to 160 µs, none of them divisible.
        Assert.Equal(5 + 5 + 7, sweep.Played);
        Assert.Same(sweep.Undelayed, runs[0][^1]);
    }

    [Fact]
    public void With_an_action_delay_a_long_deadline_is_the_delayed_anchor()
    {
        using var world = new Copycat();
        var settings = new DeadlineSettings { ActionDelay = 1, Deadlines = [TimeSpan.FromMilliseconds(1)], Episodes = 4 };
        var sweep = new PolicySweep(new ClockedEpisodes(Copycat.Policy(), world, new EvaluationSettings { Episodes = 4 }), 7, Recording, settings);
        DeadlineRun run = sweep.Play(CancellationToken.None)[0][0];
        Assert.Same(sweep.OneStepDelay, run);
        Assert.NotEqual(sweep.Undelayed.Returns, run.Returns);
    }

    [Theory]
    [InlineData(1000, 10, 100, 1)]
    [InlineData(1000, 1, 1000, 1)]
    [InlineData(1000, 3, 1000, 3)] // 333.3 µs are no whole units of 100 ns
    [InlineData(1000, 2.5, 1000, 2.5)] // half nanoseconds would be rounded
    [InlineData(1000, 0.5, 1000, 0.5)]
    [InlineData(5, 10, 5, 10)]
    public void A_slow_down_that_divides_the_deadline_is_a_shorter_deadline(long ticks, double slowDown, long expectedTicks, double expectedSlowDown) =>
        Assert.Equal((TimeSpan.FromTicks(expectedTicks), expectedSlowDown), PolicySweep.Reduced(TimeSpan.FromTicks(ticks), slowDown));
}
