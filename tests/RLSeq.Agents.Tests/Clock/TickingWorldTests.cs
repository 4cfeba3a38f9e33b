using RLSeq.Environments;

namespace RLSeq.Agents.Tests.Clock;

/// <summary>The wall clock's world, with both threads played by hand.</summary>
public class TickingWorldTests
{
    private const long Millisecond = 1_000_000;

    public static TheoryData<OnMiss, int, double, double> Rules()
    {
        var rules = new TheoryData<OnMiss, int, double, double>();
        foreach (OnMiss onMiss in Enum.GetValues<OnMiss>())
            foreach (int delay in (int[])[0, 1])
                foreach ((double deadline, double slowDown) in (ReadOnlySpan<(double, double)>)[(1, 1), (0.4, 1), (1, 1.7)]) rules.Add(onMiss, delay, deadline, slowDown);
        return rules;
    }

    /// <summary>Ticks that are exact leave nothing that could differ from the simulated clock: bit for bit the same decisions, rewards and observations.</summary>
    [Theory, MemberData(nameof(Rules))]
    public void With_exact_ticks_it_does_what_the_simulated_clock_does(OnMiss onMiss, int delay, double deadline, double slowDown)
    {
        var settings = new ClockSettings(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(deadline)) { ActionDelay = delay, OnMiss = onMiss, SlowDown = slowDown };
        foreach ((bool masks, bool reports) in (ReadOnlySpan<(bool, bool)>)[(false, true), (true, false)])
        {
            var latencies = new JitterLatency(0, 5 * Millisecond / 2);
            var simulated = new RealTimeWorld(new Ledger(200, masks), settings, reports);
            var byHand = new ByHand(new TickingWorld(new Ledger(200, masks), settings, reports));
            Played expected = Played.Episode(simulated, 7, Latency, masks), actual = Played.Episode(byHand, 7, Latency, masks);
            actual.MustEqual(expected);
            Assert.True(expected.Counts is { Misses: > 20, Dropped: > 20, Own: > 20 }, $"{expected.Counts}"); // the latencies put the rules to use
            Assert.Equal(onMiss == OnMiss.ApplyLate, expected.Counts.Late > 0);

            long Latency(int decision) => latencies.Nanoseconds(11, decision) % (decision % 3 == 0 ? 300_000 : long.MaxValue);
        }
    }

    /// <summary>At 1 ms a result of 0.9 ms was ready, but the ticking thread did not see it: the transition was driven without it, so it missed.</summary>
    [Fact]
    public void A_result_that_the_tick_could_not_see_comes_after_it()
    {
        var world = new TickingWorld(new Ledger(10), new ClockSettings(TimeSpan.FromMilliseconds(1)), reports: false);
        world.Begin(1);
        Assert.False(world.OnTick(0));
        Assert.False(world.OnTick(1));
        world.Answer([2], ready: 900_000);
        Assert.False(world.OnTick(2));
        Assert.Equal(new Decision(0, 2, Millisecond + 1, DecisionFate.Discarded, Lost: false, PreviousLost: false), world.LastDecision);
        Assert.Equal(new EpisodeCounts(2, 1, 1, 1, 0, 0, 2), world.Counts);
    }

    /// <summary>The thread woke up at 1.2 ms and could see a result of 1.1 ms, but the rule goes by the tick's time: 1 ms.</summary>
    [Fact]
    public void A_late_tick_takes_no_result_that_came_after_its_time()
    {
        var world = new TickingWorld(new Ledger(10), new ClockSettings(TimeSpan.FromMilliseconds(1)), reports: false);
        world.Begin(1);
        _ = world.OnTick(0);
        world.Answer([2], ready: 1_100_000);
        _ = world.OnTick(1);
        Assert.Equal((1, 0), (world.Shown, world.Counts.Decisions));
        _ = world.OnTick(2);
        Assert.Equal(new Decision(0, 2, 1_100_000, DecisionFate.Discarded, Lost: false, PreviousLost: false), world.LastDecision);
    }

    /// <summary>The ticking thread may run to the episode's end before the agent has looked at the first observation, which must not change under its eyes.</summary>
    [Fact]
    public void What_was_shown_stays_until_it_is_answered()
    {
        var world = new TickingWorld(new Ledger(3), new ClockSettings(TimeSpan.FromMilliseconds(1)), reports: false);
        var observation = new float[2];
        world.Begin(1);
        Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(tick => world.OnTick(tick)));
        Assert.False(world.Take(observation).Done);
        Assert.Equal((1, 0, 0f, true), (world.Shown, world.Tick, observation[0], world.EndedWhileBusy));
        world.Answer([1], ready: 100);
        world.Complete();
        Assert.True(world.Take(observation).Done);
        Assert.Equal((2, 3, 3f, 3), (world.Shown, world.Tick, observation[0], world.Rewards.Length));
        Assert.Equal(new Decision(0, 3, (3 * Millisecond) + 1, DecisionFate.Discarded, Lost: false, PreviousLost: false), world.LastDecision);
    }

    [Fact]
    public void A_tick_allocates_nothing()
    {
        var world = new TickingWorld(new Ledger(1000), new ClockSettings(TimeSpan.FromMilliseconds(1)) { OnMiss = OnMiss.ApplyLate }, reports: true);
        var byHand = new ByHand(world);
        var observation = new float[world.ObservationSpace.Size];
        byHand.Reset(3, observation);
        Play();
        byHand.Reset(4, observation);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Play()
        {
            long latency = 0;
            while (!byHand.Advance([2], (latency += 37_000) % (3 * Millisecond), observation).Done)
            {
            }
        }
    }

    /// <summary>Plays both threads, at exact times.</summary>
    private sealed class ByHand(TickingWorld world) : IClockedWorld
    {
        public ClockSettings Settings => world.Settings;

        public Space ObservationSpace => world.ObservationSpace;

        public long Tick => world.Tick;

        public Decision LastDecision => world.LastDecision;

        public ReadOnlySpan<float> TickRewards => world.Rewards;

        public EpisodeCounts Counts => world.Counts;

        public void Reset(ulong seed, Span<float> observation)
        {
            world.Begin(seed);
            _ = world.OnTick(0);
            _ = world.Take(observation);
        }

        public StepResult Advance(ReadOnlySpan<float> action, long latency, Span<float> observation)
        {
            (long tick, long shown) = (world.Tick, world.Shown);
            world.Answer(action, (tick * Settings.PeriodNanoseconds) + Settings.Slowed(latency));
            while (world.Shown == shown)
                if (world.OnTick(++tick) && world.EndedWhileBusy) world.Complete();
            return world.Take(observation);
        }

        public void WriteActionMask(Span<bool> mask) => world.Mask.CopyTo(mask);
    }
}
