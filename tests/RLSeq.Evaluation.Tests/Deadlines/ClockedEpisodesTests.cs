using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests;

public class ClockedEpisodesTests
{
    private static readonly EvaluationSettings Ten = new() { Episodes = 10 };
    private static readonly RecordedLatency Recording = Copycat.Recording();

    [Fact]
    public void A_world_that_waits_is_the_ordinary_evaluation()
    {
        using var world = new Copycat();
        PolicyNetwork policy = Copycat.Policy();
        ClockedReturns played = Play(policy, Clock(1000), new FixedLatency(0));
        Assert.Equal(Evaluator.Run(policy, world, Ten).Returns, played.Returns);
        Assert.Equal((0.0, 0.0), (played.MissRate, played.DroppedRate));
    }

    [Fact]
    public void A_deadline_that_no_latency_misses_costs_nothing()
    {
        PolicyNetwork policy = Copycat.Policy();
        double[] undelayed = Play(policy, Clock(1000), new FixedLatency(0)).Returns;
        Assert.Equal(undelayed, Play(policy, Clock(90), Recording).Returns); // the slowest takes just 90 µs
        Assert.Equal(0, Play(policy, Clock(90), Recording).MissRate);
        ClockedReturns shorter = Play(policy, Clock(89.9), Recording);
        Assert.NotEqual(undelayed, shorter.Returns);
        Assert.InRange(shorter.MissRate, 0.02, 0.09); // a twentieth of the latencies
        Assert.Equal(Play(policy, Clock(1000) with { ActionDelay = 1 }, new FixedLatency(0)).Returns, Play(policy, Clock(90) with { ActionDelay = 1 }, Recording).Returns);
    }

    [Theory]
    [InlineData(OnMiss.RepeatLast, 0)]
    [InlineData(OnMiss.NoOp, 1)]
    [InlineData(OnMiss.ApplyLate, 0)]
    public void Only_latency_over_deadline_matters(OnMiss rule, int delay)
    {
        PolicyNetwork policy = Copycat.Policy();
        var seen = new HashSet<double>();
        foreach (double deadline in (double[])[1.7, 4, 6.3, 10, 40])
        {
            ClockedReturns plain = Play(policy, Clock(deadline) with { OnMiss = rule, ActionDelay = delay }, Recording);
            foreach (int slowDown in (int[])[2, 7, 10])
                Same(plain, Play(policy, Clock(deadline * slowDown) with { OnMiss = rule, ActionDelay = delay, SlowDown = slowDown }, Recording));
            seen.Add(plain.MissRate);
        }
        Assert.True(seen.Count >= 4, "The deadlines hardly differ, so that the test says nothing.");

        static void Same(ClockedReturns a, ClockedReturns b)
        {
            Assert.Equal(a.Returns, b.Returns);
            Assert.Equal((a.MissRate, a.DroppedRate), (b.MissRate, b.DroppedRate));
        }
    }

    [Fact]
    public void Rates_are_those_of_the_ticks()
    {
        // 2.2 periods per decision: free again at every third of 24 ticks, so that 8 decisions all miss and 16 of 24 observations are dropped.
        ClockedReturns late = Play(Copycat.Policy(), Clock(10), new FixedLatency(22_000));
        Assert.Equal((1.0, 2 / 3.0), (late.MissRate, late.DroppedRate));
        // The first decision takes 2.2 periods and no other any time: decisions at ticks 0, 3, 4, …, 23.
        var first = new RecordedLatency([new LatencySegment(0, 1, [22_000]), new LatencySegment(1, 2, [0])], "made up");
        ClockedReturns once = Play(Copycat.Policy(), Clock(10), first);
        Assert.Equal((1 / 22.0, 2 / 24.0), (once.MissRate, once.DroppedRate));
    }

    [Fact]
    public void An_agent_that_never_acts_earns_what_the_idle_action_earns()
    {
        using var world = new Copycat();
        var episodes = new ClockedEpisodes(Copycat.Policy(), world, Ten);
        ClockedReturns idle = episodes.PlayIdle(CancellationToken.None);
        Assert.Equal((1.0, 23 / 24.0), (idle.MissRate, idle.DroppedRate));

        // Action 0 earns minus the sign of every number shown.
        using var again = new Copycat();
        float[] observation = new float[1], action = [0];
        for (int episode = 0; episode < Ten.Episodes; episode++)
        {
            double expected = 0;
            again.Reset(Evaluator.EpisodeSeed(Ten.Seed, episode), observation);
            bool done = false;
            while (!done)
            {
                expected -= Math.Sign(observation[0]);
                done = again.Step(action, observation).Done;
            }
            Assert.Equal(expected, idle.Returns[episode]);
        }
    }

    [Fact]
    public void A_policy_that_was_trained_with_the_clocks_report_gets_it()
    {
        PolicyNetwork policy = Copycat.Policy(reports: true);
        using IEnvironment waiting = WaitingWorld.For(policy.Definition, new Copycat());
        ClockedReturns played = Play(policy, Clock(1000), new FixedLatency(0));
        Assert.Equal(Evaluator.Run(policy, waiting, Ten).Returns, played.Returns);

        using var clocked = new RealTimeEnvironment(new Copycat(), Clock(10), Recording);
        Assert.Equal(Evaluator.Run(policy, clocked, Ten).Returns, Play(policy, Clock(10), Recording).Returns);

        using var other = new Other();
        UserInputException error = Assert.Throws<UserInputException>(() => WaitingWorld.For(policy.Definition, other));
        Assert.Contains("trained on observations", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_episode_without_an_end_is_cut()
    {
        using var world = new Copycat(int.MaxValue);
        var episodes = new ClockedEpisodes(Copycat.Policy(), world, new EvaluationSettings { Episodes = 1, MaxSteps = 100 });
        Assert.Equal(2 / 3.0, episodes.Play(Clock(10), new FixedLatency(22_000), CancellationToken.None).DroppedRate, 12);
        Assert.Single(episodes.PlayIdle(CancellationToken.None).Returns);
    }

    private static ClockSettings Clock(double microseconds) => new(TimeSpan.FromTicks((long)Math.Round(microseconds * 10)));

    private static ClockedReturns Play(PolicyNetwork policy, ClockSettings clock, LatencyProfile latency)
    {
        using var world = new Copycat();
        return new ClockedEpisodes(policy, world, Ten).Play(clock, latency, CancellationToken.None);
    }

    private sealed class Other() : EnvironmentBase(Space.Box(-2, 2, 3), Space.Discrete(3))
    {
        protected override void OnReset(Span<float> observation) => observation.Clear();

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation) => new(0, true, false);
    }
}
