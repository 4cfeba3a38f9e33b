using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests;

public class DeadlineSummaryTests
{
    private static readonly BootstrapOptions Quick = new() { Replicates = 20_000, Seed = 5 };
    private static readonly double[] Deadlines = [10, 100, 1000];
    private static readonly EnvironmentInfo OnScale = new() { Name = "e", RandomReturn = -0.5 }, OffScale = new() { Name = "e" };

    // returns[seed][episode]: undelayed, then at each deadline
    private static readonly double[][][] Returns =
    [
        [[1, 0, .5, 1], [1, .25, 1, 1], [0, 0, 0, 0], [1, 0, .75, 1]],
        [[1, .5, 1, 1], [1, 0, 1, 1], [1, .25, .25, 1], [.5, 0, .5, .5]],
        [[1, 0, 0, .5], [0, 0, 0, 0], [1, .5, .5, 1], [1, .5, 1, 1]],
    ];

    // Expected figures and intervals from plain Python, 200,000 replicates, another generator; k = (m - zero) / (m[0] - zero):
    //   for _ in range(n): runs = [[random.choice(r) for _ in r] for r in (random.choice(R) for _ in R)]; m = mean over runs of mean over episodes
    //     area = (k[1]+k[2])/4 + (k[2]+k[3])/4; keep = as DeadlineMath.Shortest; the ends are out[int(q*n)] of the sorted results
    [Fact]
    public void Area_and_shortest_deadline_have_the_intervals_of_seeds_and_episodes_drawn_for_all_deadlines_at_once()
    {
        DeadlineSummary summary = Summary(OnScale, Returns);
        Assert.Equal((3, -0.5, DeadlineZero.Random), (summary.Seeds, summary.ZeroReturn, summary.Zero));
        Estimate area = summary.Area!.Value;
        Assert.Equal((0.774193548, 3), (Math.Round(area.Value, 9), area.Count));
        Assert.Equal(0.6652, area.Low, 0.01);
        Assert.Equal(0.8621, area.High, 0.01);
        KeepingDeadline keeps = summary.Keeps95!.Value;
        Assert.Equal(776.247116, keeps.Us, 5);
        Assert.InRange(keeps.LowUs, 98.4, 126); // the script's quantiles 0.02 and 0.03; that of 0.025 is 100
        Assert.Equal(double.PositiveInfinity, keeps.HighUs);
        Assert.False(keeps.Everywhere || keeps.Nowhere);
    }

    [Fact]
    public void What_every_episode_loses_alike_has_no_uncertainty_however_much_returns_vary()
    {
        // Each deadline keeps the same share of every episode: 0, a half and all. Deadlines that are resampled on their own would have an interval.
        double[][][] returns = [.. Returns.Select(seed => seed.Select(episode => (double[])[episode[0], -0.5, (episode[0] - 0.5) / 2, episode[0]]).ToArray())];
        DeadlineSummary summary = Summary(OnScale, returns);
        Assert.Equal(0.5, summary.Area!.Value.Value, 12);
        Assert.Equal(0, summary.Area.Value.Width, 12);
        Assert.Equal([0, 0.5, 1], summary.Points.Select(point => Math.Round(point.Kept!.Value, 12)));
        Assert.True(summary.Points[1].Return.Width > 0.1);
    }

    [Fact]
    public void A_return_has_the_interval_that_it_has_everywhere_else()
    {
        DeadlineSummary summary = Summary(OnScale, Returns);
        for (int column = 0; column <= Deadlines.Length; column++)
        {
            Estimate expected = ReturnEstimate.Mean([.. Returns.Select(seed => seed.Select(episode => episode[column]).ToArray())], Quick);
            Assert.Equal(expected, column == 0 ? summary.Undelayed : summary.Points[column - 1].Return);
        }
    }

    [Fact]
    public void Without_a_random_return_that_of_an_agent_that_never_acts_is_nothing_and_without_that_the_lowest_of_the_curve()
    {
        DeadlineSummary idle = Summary(OffScale, Returns, curve => curve with { IdleReturn = -1 });
        Assert.Equal((-1, DeadlineZero.Idle), (idle.ZeroReturn, idle.Zero));
        Assert.Equal((1 + (1 / 6.0)) / (1 + (19 / 24.0)), idle.Points[0].Kept!.Value, 12);
        DeadlineSummary lowest = Summary(OffScale, Returns);
        Assert.Equal(DeadlineZero.Lowest, lowest.Zero);
        Assert.Equal(1 / 6.0, lowest.ZeroReturn, 12);
        Assert.Equal(0, lowest.Points[0].Kept!.Value, 12);
    }

    [Fact]
    public void The_ends_of_the_shortest_deadlines_interval_have_their_exact_ranks()
    {
        // 95 % is kept somewhere between 100 and 1000 µs by every resample, and by no two of them at the same place.
        var random = new RandomSource(8);
        double[][][] returns = new double[5][][];
        for (int seed = 0; seed < returns.Length; seed++)
            returns[seed] = [.. Enumerable.Range(0, 6).Select(_ => (double[])[1, 0, 0.5 + (0.3 * random.NextDouble()), 1])];
        var shortest = new List<double>();
        DeadlineBootstrap.Resample(DeadlineReturns.Of(Curve(returns))!, Quick, (_, means) => shortest.Add(DeadlineMath.Shortest(Deadlines, [.. means[1..].Select(mean => (mean + 0.5) / (means[0] + 0.5))], 0.95)));
        shortest.Sort();

        // 2.5 % of 20,000 is 500, although (1 - 0.95) / 2 · 20,000 is a little more in doubles, which would be rank 501.
        KeepingDeadline keeps = Summary(OnScale, returns).Keeps95!.Value;
        Assert.Equal(501, Math.Ceiling((1 - 0.95) / 2 * 20_000));
        Assert.NotEqual(shortest[499], shortest[500]);
        Assert.Equal((shortest[499], shortest[19_499]), (keeps.LowUs, keeps.HighUs));
    }

    [Fact]
    public void Who_earns_nothing_even_undelayed_has_nothing_to_lose()
    {
        DeadlineSummary summary = Summary(new EnvironmentInfo { Name = "e", RandomReturn = 0.6 }, Returns); // the undelayed 0.79 reaches down to it
        Assert.True(summary.Undelayed.Low < 0.6);
        Assert.Null(summary.Area);
        Assert.Null(summary.Keeps95);
        Assert.All(summary.Points, point => Assert.Null(point.Kept));
        Assert.Equal(3, summary.Points.Count);
    }

    [Fact]
    public void A_seed_that_lacks_a_deadline_is_in_no_figure()
    {
        DeadlineSummary all = Summary(OnScale, Returns[..2]);
        DeadlineSummary summary = Summary(OnScale, Returns, curve => curve with { Points = [.. curve.Points.Take(2), curve.Points[2] with { Runs = [.. curve.Points[2].Runs.Take(2)] }] });
        Assert.Equal((2, all.Area, all.Undelayed), (summary.Seeds, summary.Area, summary.Undelayed));
        Assert.Equal(all.Points, summary.Points);
        Assert.Null(DeadlineSummary.From(OnScale, Result, Curve(Returns) with { Undelayed = new DeadlinePoint(0, [new DeadlineRun(1, [double.NaN], 0, 0)]) }, Quick));
    }

    [Fact]
    public void Rates_anchors_and_agents_per_frame_are_taken_over()
    {
        DeadlineSummary summary = Summary(OnScale, Returns, curve => curve with { OneStepDelay = curve.Points[1], SlowDown = 10 });
        Assert.Equal([0.2, 0.1, 0], summary.Points.Select(point => Math.Round(point.MissRate, 12))); // the mean of 0.1, 0.2 and 0.3, at 10 µs
        Assert.Equal([0.4, 0.2, 0], summary.Points.Select(point => Math.Round(point.DroppedRate, 12)));
        Assert.Equal(summary.Points[1].Return, summary.OneStepDelay);
        Assert.Equal(AgentsPerFrame.Of(Result.Latency!, 10), summary.BackToBack);
        Assert.Equal(AgentsPerFrame.Of(Result.Latency!.Paced!, 10), summary.Paced);
    }

    private static readonly MemoryResult Result = new() { Environment = "e", Memory = "m", Latency = MadeUp.Latency(6) with { Paced = MadeUp.Latency(30) } };

    private static DeadlineSummary Summary(EnvironmentInfo environment, double[][][] returns, Func<DeadlineCurve, DeadlineCurve>? change = null) =>
        DeadlineSummary.From(environment, Result, (change ?? (curve => curve))(Curve(returns)), Quick)!;

    private static DeadlineCurve Curve(double[][][] returns)
    {
        return new DeadlineCurve
        {
            SlowDown = 1,
            OnMiss = "repeat-last",
            ActionDelay = 0,
            Profile = "made up",
            Undelayed = new DeadlinePoint(0, Runs(0, 0)),
            Points = [.. Deadlines.Select((deadline, i) => new DeadlinePoint(deadline, Runs(i + 1, Deadlines.Length - 1 - i)))],
        };

        DeadlineRun[] Runs(int column, int misses) =>
            [.. returns.Select((seed, i) => new DeadlineRun((ulong)i + 1, [.. seed.Select(episode => episode[column])], 0.05 * (i + 1) * misses, 0.1 * (i + 1) * misses))];
    }
}
