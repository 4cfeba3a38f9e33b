namespace RLSeq.Agents.Tests.Clock;

/// <summary>The wall clock's threads, under a time that does not depend on the machine.</summary>
public class WallClockTests
{
    private const long Millisecond = 1_000_000;
    private static readonly ClockSettings Kilohertz = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(0.7)) { SlowDown = 1.5, OnMiss = OnMiss.ApplyLate };

    [Theory, InlineData(OnMiss.RepeatLast, 0), InlineData(OnMiss.ApplyLate, 1), InlineData(OnMiss.NoOp, 1)]
    public void Two_threads_with_exact_ticks_do_what_the_simulated_clock_does(OnMiss onMiss, int delay)
    {
        ClockSettings settings = Kilohertz with { OnMiss = onMiss, ActionDelay = delay };
        var simulated = new RealTimeWorld(new Ledger(60, masks: true), settings);
        var time = new VirtualTime();
        using var wall = new WallClockWorld(new Ledger(60, masks: true), settings, reports: true, time.Ticking, time.Agent);
        for (ulong seed = 1; seed <= 3; seed++) // episodes follow each other
        {
            Played expected = Played.Episode(simulated, seed, Latency, masks: true);
            Played.Episode(wall, seed, Latency, masks: true).MustEqual(expected);
            Assert.True(expected.Counts is { Misses: > 10, Dropped: > 10 });
            Assert.Equal(61, wall.Jitter.Published.Count);
            Assert.Equal((0, 1.0), (wall.Jitter.Published.Max, wall.Jitter.ExactShare));
            Assert.Equal((expected.Counts.Decisions, 0), (wall.Jitter.Added.Count, wall.Jitter.Added.Max));
        }

        static long Latency(int decision) => 17 + (decision * 314_159L % (5 * Millisecond / 3));
    }

    /// <summary>
    /// A thread that wakes up late adds up to that much to a decision, whether that is 30 µs or several periods: so the misses and the dropped
    /// observations lie between those of the latencies as they are and those of latencies longer by the longest delay.
    /// </summary>
    [Theory, InlineData(30_000), InlineData(400_000), InlineData(3_300_000)]
    public void Late_wake_ups_count_as_the_agents_time_and_do_not_add_up(long latest)
    {
        var time = new VirtualTime(until => until % 1_000_003 * 7919 % latest);
        using var wall = new WallClockWorld(new Ledger(200), Kilohertz, reports: false, time.Ticking, time.Agent);
        Played played = Played.Episode(wall, 5, Latency);
        Assert.Equal(201, wall.Jitter.Published.Count);
        Assert.InRange(wall.Jitter.Published.Max, latest * 9 / 10, latest - 1); // the last tick is as late as the first: nothing drifts
        Assert.Equal(wall.Jitter.ExactTicks == 201, latest <= ClockJitter.Exact);
        long added = wall.Jitter.Added.Max;
        Assert.InRange(added, 1, (latest * 9 / 8) + 100); // the agent looks for what is late less and less often
        (long leastMisses, long leastDropped) = Count(0);
        (long mostMisses, long mostDropped) = Count(added);
        Assert.InRange(played.Counts.Misses, leastMisses, mostMisses);
        Assert.InRange(played.Counts.Dropped, leastDropped, mostDropped);
        Assert.True(latest < Millisecond || mostDropped > leastDropped);

        (long Misses, long Dropped) Count(long longer)
        {
            // The last decision is cut off by the episode's end.
            long[] needed = [.. Enumerable.Range(0, played.Decisions.Count - 1).Select(decision => Kilohertz.Slowed(Latency(decision)) + longer)];
            long last = Kilohertz.Slowed(Latency(played.Decisions.Count - 1)) + longer;
            return (needed.Append(last).LongCount(one => one > Kilohertz.DeadlineNanoseconds),
                needed.Sum(one => Math.Max(1, (one + Millisecond - 1) / Millisecond) - 1) + (longer == 0 ? 0 : played.Decisions[^1].Ticks - 1));
        }

        static long Latency(int decision) => decision * 271_828L % (3 * Millisecond / 4);
    }

    [Fact]
    public void An_agent_that_thinks_longer_than_it_says_is_late_by_what_it_took()
    {
        var time = new VirtualTime();
        var settings = new ClockSettings(TimeSpan.FromMilliseconds(1));
        using var wall = new WallClockWorld(new Ledger(12), settings, reports: false, time.Ticking, time.Agent);
        Played played = Played.Episode(wall, 5, _ => 0, deciding: _ =>
        {
            for (long until = time.Agent.Now + (5 * Millisecond / 2); time.Agent.Now < until;) time.Agent.Wait(until);
        });
        Assert.Equal([0, 3, 6, 9], played.Decisions.Select(decision => decision.Tick));
        Assert.All(played.Decisions, decision => Assert.Equal((3, 5 * Millisecond / 2, true), (decision.Ticks, decision.Latency, decision.Missed)));
        Assert.Equal(5 * Millisecond / 2, wall.Jitter.Added.Min);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(7)]
    public void What_the_environment_throws_ends_the_call_that_waits_for_it(int step)
    {
        using var wall = new WallClockWorld(new Ledger(12) { Stepping = at => _ = at == step ? throw new InvalidOperationException("no door") : 0 }, Kilohertz);
        for (int again = 0; again < 2; again++) // and the world is not left in pieces
            Assert.Equal("no door", Assert.Throws<InvalidOperationException>(() => Played.Episode(wall, 1, _ => 0)).Message);
    }

    [Fact]
    public void What_the_agent_throws_leaves_nothing_that_keeps_the_world_from_ending()
    {
        using var wall = new WallClockWorld(new Ledger(1000), Kilohertz);
        Assert.Throws<ArithmeticException>(() => Played.Episode(wall, 1, _ => throw new ArithmeticException()));
        wall.Stop();
        Assert.InRange(wall.Counts.Ticks, 0, 999);
        Assert.Throws<ArithmeticException>(() => Played.Episode(wall, 1, _ => throw new ArithmeticException())); // Reset stops it as well
        wall.Dispose();
        wall.Dispose();
    }

    /// <summary>The world's next tick would come in an hour.</summary>
    [Fact]
    public async Task Cancelling_ends_a_wait_for_the_world()
    {
        using var cancellation = new CancellationTokenSource();
        using var began = new ManualResetEventSlim();
        Task playing = Task.Run(() =>
        {
            using var wall = new WallClockWorld(new Ledger(10), new ClockSettings(ClockSettings.LongestPeriod), reports: true, cancellation.Token);
            Played.Episode(wall, 1, _ => 0, deciding: _ => began.Set());
        });
        began.Wait();
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => playing);
    }

    /// <summary>In real time, since it is about the real threads; nothing here depends on how fast they are.</summary>
    [Fact]
    public void A_run_allocates_nothing_per_tick()
    {
        long ticked = 0;
        using var wall = new WallClockWorld(new Ledger(100) { Stepping = at => ticked = at == 0 ? -GC.GetAllocatedBytesForCurrentThread() : at == 100 ? ticked + GC.GetAllocatedBytesForCurrentThread() : ticked }, new ClockSettings(TimeSpan.FromMilliseconds(0.2)), reports: true);
        var observation = new float[wall.ObservationSpace.Size];
        Play(1);
        long thought = Play(2);
        Assert.Equal((0, 0), (thought, ticked));
        Assert.Equal(101, wall.Jitter.Published.Count);

        long Play(ulong seed)
        {
            wall.Reset(seed, observation);
            long before = GC.GetAllocatedBytesForCurrentThread(), now;
            do now = GC.GetAllocatedBytesForCurrentThread(); // the last call waits for the thread to rest, for which the runtime may make an event
            while (!wall.Advance([1], 0, observation).Done);
            return now - before;
        }
    }

    [Fact]
    public void A_slow_down_that_would_make_faster_is_refused()
    {
        var refused = Assert.Throws<Environments.UserInputException>(() => new WallClockWorld(new Ledger(3), Kilohertz with { SlowDown = 0.5 }).Dispose());
        Assert.Contains("given: 0.5", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_machines_time_goes_on_while_it_is_waited_for()
    {
        var time = new SystemClockTime();
        foreach (long span in (long[])[0, 50_000, 5 * Millisecond])
        {
            long until = time.Now + span;
            while (time.Now < until) time.Wait(until); // sleeps and spins; ends
            Assert.True(time.Now >= until);
        }
    }
}
