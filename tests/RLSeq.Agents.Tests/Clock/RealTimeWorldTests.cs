using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>What a decision under the simulated clock reports: to the agent, to learning, and to whoever counts.</summary>
public sealed class RealTimeWorldTests
{
    private static readonly TimeSpan Period = TimeSpan.FromTicks(10); // 1 µs

    [Fact]
    public void The_observation_says_what_was_applied_what_is_pending_and_how_long_ago_the_last_was()
    {
        // By hand, delay 1, apply-late: as in the golden traces, the agent answers tick k with k; columns: tick, applied, pending, is pending, log2(1 + ticks since).
        float[][] expected =
        [
            [0, -1, -1, 0, 0],
            [1, -1, 0, 1, 1],                       // transition 0 did nothing; 0 is under way for transition 1
            [3, 0, 1, 1, MathF.Log2(3)],            // 1 came late: under way for transition 3
            [4, 1, 3, 1, 1],
            [7, 3, 4, 1, MathF.Log2(4)],
        ];
        using var inner = new TickWorld();
        var world = new RealTimeWorld(inner, new ClockSettings(Period) { OnMiss = OnMiss.ApplyLate, ActionDelay = 1 });
        var observation = new float[5];
        world.Reset(1, observation);
        Assert.Equal(world.ObservationSpace.Size, observation.Length);
        long[] latencies = [500, 1500, 500, 2200, 500];
        for (int i = 0; i < expected.Length; i++)
        {
            Near.Equal(expected[i], observation, 1e-6, $"decision {i}");
            Assert.True(world.ObservationSpace.Contains(observation));
            world.Advance(observation.AsSpan(0, 1), latencies[i], observation);
        }
    }

    [Fact]
    public void The_reward_is_the_sum_over_the_ticks_and_each_is_told()
    {
        using var inner = new TickWorld();
        var world = new RealTimeWorld(inner, new ClockSettings(Period), reports: false);
        var observation = new float[1];
        world.Reset(1, observation);
        Assert.Equal(5, world.Advance([5], 500, observation).Reward);
        Assert.Equal([5], world.TickRewards.ToArray());
        Assert.Equal(15, world.Advance([9], 2200, observation).Reward); // discarded: 5 is repeated three times
        Assert.Equal([5, 5, 5], world.TickRewards.ToArray());
        Assert.Equal(new Decision(1, 3, 2200, DecisionFate.Discarded, Lost: false, PreviousLost: false), world.LastDecision);
    }

    [Fact]
    public void Long_decisions_keep_all_their_rewards()
    {
        using var inner = new TickWorld();
        var world = new RealTimeWorld(inner, new ClockSettings(Period), reports: false);
        world.Reset(1, new float[1]);
        Assert.Equal(-1000, world.Advance([7], 1_000_000, new float[1]).Reward); // 1,000 periods of doing nothing
        Assert.Equal(1000, world.TickRewards.Length);
        Assert.All(world.TickRewards.ToArray(), reward => Assert.Equal(-1, reward));
    }

    [Theory]
    // The world ends with its second transition. The columns: rule, delay, latencies, then whether the last decision is lost.
    [InlineData(OnMiss.RepeatLast, 0, new[] { 500L, 500 }, false)] // drove the last transition itself
    [InlineData(OnMiss.RepeatLast, 1, new[] { 500L, 500 }, true)] // would have driven the third
    [InlineData(OnMiss.ApplyLate, 0, new[] { 500L, 1500 }, true)] // late for the third
    [InlineData(OnMiss.RepeatLast, 0, new[] { 500L, 1500 }, false)] // discarded, which says it all
    [InlineData(OnMiss.RepeatLast, 0, new[] { 500L, 900 }, false)]
    public void What_an_ending_episode_leaves_undriven_is_lost(OnMiss rule, int delay, long[] latencies, bool lost)
    {
        using var inner = new TickWorld(length: 2);
        var world = new RealTimeWorld(inner, new ClockSettings(Period) { OnMiss = rule, ActionDelay = delay }, reports: false);
        world.Reset(1, new float[1]);
        StepResult result = default;
        foreach (long latency in latencies)
        {
            Assert.False(result.Done);
            result = world.Advance([3], latency, new float[1]);
        }
        Assert.True(result.Terminated);
        Assert.Equal(lost, world.LastDecision.Lost);
        Assert.Equal(2, world.Counts.Ticks);
    }

    [Fact]
    public void A_late_action_is_lost_to_one_in_time_for_the_same_transition()
    {
        using var inner = new TickWorld();
        var world = new RealTimeWorld(inner, new ClockSettings(Period) { OnMiss = OnMiss.ApplyLate }, reports: false);
        world.Reset(1, new float[1]);
        world.Advance([1], 1500, new float[1]);
        Assert.Equal(DecisionFate.Late, world.LastDecision.Fate);
        world.Advance([2], 500, new float[1]);
        Assert.True(world.LastDecision.PreviousLost);
        world.Advance([3], 1500, new float[1]);
        Assert.False(world.LastDecision.PreviousLost);
        world.Advance([4], 1500, new float[1]); // late, too: 3 drives its transition
        Assert.False(world.LastDecision.PreviousLost);
        Assert.Equal([-1f, -1, 2, 2, 2, 3, 3], inner.Driven);
    }

    [Fact]
    public void A_new_episode_begins_with_nothing_under_way()
    {
        using var inner = new TickWorld(length: 3);
        var world = new RealTimeWorld(inner, new ClockSettings(Period) { OnMiss = OnMiss.ApplyLate, ActionDelay = 1 });
        var observation = new float[5];
        world.Reset(1, observation);
        float[] first = [.. observation];
        while (!world.Advance([8], 1200, observation).Done) { }
        world.Reset(1, observation);
        Assert.Equal(first, observation);
        Assert.Equal(default, world.Counts);
        world.Advance([9], 500, observation);
        Assert.Equal([TickWorld.Idle], inner.Driven);
    }

    [Fact]
    public void What_is_forbidden_by_the_time_that_it_drives_is_replaced()
    {
        // Allowed at step s are the choices from s on, so that repeating the first choice is forbidden from step 1 on, and so is doing nothing (0).
        using var inner = new NarrowingWorld();
        var world = new RealTimeWorld(inner, new ClockSettings(Period));
        var observation = new float[world.ObservationSpace.Size];
        world.Reset(1, observation);
        world.Advance([0], 500, observation);
        world.Advance([1], 2500, observation);
        Assert.Equal([0f, 1, 2, 3], inner.Driven);
        Assert.Equal(3, observation[1]); // what is reported, and repeated from now on, is what really drove
    }

    [Fact]
    public void Nothing_is_allocated_per_decision()
    {
        using var inner = new QuietWorld();
        var world = new RealTimeWorld(inner, new ClockSettings(Period) { OnMiss = OnMiss.ApplyLate, ActionDelay = 1 });
        var observation = new float[world.ObservationSpace.Size];
        world.Reset(1, observation);
        float[] action = [1];
        LatencyProfile profile = new BurstyLatency(400, 5200, 0.1, 3);
        long least = long.MaxValue;
        for (int round = 0; round < 5 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++) world.Advance(action, profile.Nanoseconds(1, i), observation);
            if (round > 0) least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }

    private sealed class QuietWorld() : EnvironmentBase(Space.Box(0, 1, 1), Space.Discrete(2))
    {
        protected override void OnReset(Span<float> observation) => observation[0] = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation[0] = 0;
            return default;
        }
    }

    private sealed class NarrowingWorld() : EnvironmentBase(Space.Box(0, 10, 1), Space.Discrete(5)), IActionMasking
    {
        public List<float> Driven { get; } = [];

        public void WriteActionMask(Span<bool> mask)
        {
            for (int i = 0; i < mask.Length; i++) mask[i] = i >= Steps;
        }

        protected override void OnReset(Span<float> observation) => observation[0] = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            Driven.Add(action[0]);
            observation[0] = Steps;
            return default;
        }
    }
}
