using System.Globalization;
using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>
/// The rules of the clock as event tables that were worked out by hand. The period is 1 µs. The agent answers the observation of tick k with the
/// number k, so a trace such as <c>"- 0 0 3"</c> says what drove the transitions from tick 0 on; <c>-</c> is the action that does nothing.
/// </summary>
/// <remarks>
/// How a row is worked out, for latencies 0.5 1.5 0.5 2.2 0.5, apply-late, delay 1. Tick 0: sees 0, ready at 0.5, in time, drives transition 1.
/// Nothing drives transition 0, so it does nothing. Tick 1: sees 1, ready at 2.5: a miss; drives the first transition that starts then or
/// later, 3. Transition 1 is driven by 0. Tick 2: busy; transition 2 repeats 0. Tick 3: sees 3, ready at 3.5, in time, drives 4;
/// transition 3 is driven by 1. Tick 4: sees 4, ready at 6.2, a miss, drives 7; transition 4 is driven by 3. Ticks 5 and 6: busy, 3 repeats.
/// Tick 7: sees 7, ready at 7.5, drives 8; transition 7 is driven by 4. Tick 8: sees 8; transition 8 is driven by 7.
/// </remarks>
public sealed class GoldenTraceTests
{
    private const double Period = 1000; // ns

    [Theory]
    // Always 0.5 periods: every tick is seen, and nothing is missed whatever the rule.
    [InlineData(OnMiss.RepeatLast, 0, "0.5", "0 1 2 3 4 5", "0 1 2 3 4 5", 0)]
    [InlineData(OnMiss.NoOp, 0, "0.5", "0 1 2 3 4 5", "0 1 2 3 4 5", 0)]
    [InlineData(OnMiss.ApplyLate, 0, "0.5", "0 1 2 3 4 5", "0 1 2 3 4 5", 0)]
    [InlineData(OnMiss.RepeatLast, 1, "0.5", "0 1 2 3 4 5", "- 0 1 2 3 4", 0)]
    [InlineData(OnMiss.NoOp, 1, "0.5", "0 1 2 3 4 5", "- 0 1 2 3 4", 0)]
    [InlineData(OnMiss.ApplyLate, 1, "0.5", "0 1 2 3 4 5", "- 0 1 2 3 4", 0)]
    // Always 1.5: every second tick is seen, and everything is missed. What is discarded never drives anything.
    [InlineData(OnMiss.RepeatLast, 0, "1.5", "0 2 4", "- - - - - -", 3)]
    [InlineData(OnMiss.NoOp, 0, "1.5", "0 2 4", "- - - - - -", 3)]
    [InlineData(OnMiss.ApplyLate, 0, "1.5", "0 2 4", "- - 0 0 2 2", 3)]
    [InlineData(OnMiss.RepeatLast, 1, "1.5", "0 2 4", "- - - - - -", 3)]
    [InlineData(OnMiss.NoOp, 1, "1.5", "0 2 4", "- - - - - -", 3)]
    [InlineData(OnMiss.ApplyLate, 1, "1.5", "0 2 4", "- - 0 0 2 2", 3)]
    // Always 2.2: every third tick.
    [InlineData(OnMiss.RepeatLast, 0, "2.2", "0 3 6", "- - - - - - - - -", 3)]
    [InlineData(OnMiss.NoOp, 0, "2.2", "0 3 6", "- - - - - - - - -", 3)]
    [InlineData(OnMiss.ApplyLate, 0, "2.2", "0 3 6", "- - - 0 0 0 3 3 3", 3)]
    [InlineData(OnMiss.ApplyLate, 1, "2.2", "0 3 6", "- - - 0 0 0 3 3 3", 3)]
    // Mixed: here the rules part. Without a delay the late results meet an action in time for the same transition, which wins.
    [InlineData(OnMiss.RepeatLast, 0, "0.5 1.5 0.5 2.2 0.5", "0 1 3 4 7", "0 0 0 3 3 3 3 7", 2)]
    [InlineData(OnMiss.NoOp, 0, "0.5 1.5 0.5 2.2 0.5", "0 1 3 4 7", "0 - - 3 - - - 7", 2)]
    [InlineData(OnMiss.ApplyLate, 0, "0.5 1.5 0.5 2.2 0.5", "0 1 3 4 7", "0 0 0 3 3 3 3 7", 2)]
    [InlineData(OnMiss.RepeatLast, 1, "0.5 1.5 0.5 2.2 0.5 0.5", "0 1 3 4 7 8", "- 0 0 0 3 3 3 3 7", 2)]
    [InlineData(OnMiss.NoOp, 1, "0.5 1.5 0.5 2.2 0.5 0.5", "0 1 3 4 7 8", "- 0 - - 3 - - - 7", 2)]
    [InlineData(OnMiss.ApplyLate, 1, "0.5 1.5 0.5 2.2 0.5 0.5", "0 1 3 4 7 8", "- 0 0 1 3 3 3 4 7", 2)]
    // Late after late, without a delay: each drives the transition at whose beginning the next observation is seen.
    [InlineData(OnMiss.ApplyLate, 0, "1.5 2.2 1.5 0.5", "0 2 5 7", "- - 0 0 0 2 2 7", 3)]
    // Exactly the deadline is in time, a nanosecond more is not; exactly two periods leave the agent free at the second tick.
    [InlineData(OnMiss.RepeatLast, 0, "1 1.001 1", "0 1 3", "0 0 0 3", 1)]
    [InlineData(OnMiss.ApplyLate, 0, "2 2 2", "0 2 4", "- - 0 0 2 2", 3)]
    // No time at all.
    [InlineData(OnMiss.NoOp, 0, "0", "0 1 2", "0 1 2", 0)]
    public void Follows_the_event_table(OnMiss rule, int delay, string latencies, string seen, string driven, int misses)
    {
        var settings = new ClockSettings(TimeSpan.FromTicks(10)) { OnMiss = rule, ActionDelay = delay };
        Check(settings, latencies, seen, driven, misses);
    }

    [Theory]
    // The deadline at 0.6 periods, the agent ready at 0.8: always late, yet free at every tick.
    [InlineData(OnMiss.RepeatLast, 0, "0 1 2 3", "- - - -")]
    [InlineData(OnMiss.NoOp, 1, "0 1 2 3", "- - - -")]
    [InlineData(OnMiss.ApplyLate, 0, "0 1 2 3", "- 0 1 2")]
    [InlineData(OnMiss.ApplyLate, 1, "0 1 2 3", "- 0 1 2")]
    public void A_deadline_below_the_period_makes_late_what_is_ready_by_the_next_tick(OnMiss rule, int delay, string seen, string driven)
    {
        var settings = new ClockSettings(TimeSpan.FromTicks(10), TimeSpan.FromTicks(6)) { OnMiss = rule, ActionDelay = delay };
        Check(settings, "0.8", seen, driven, misses: 4);
    }

    [Fact]
    public void The_slow_down_multiplies_every_latency()
    {
        var settings = new ClockSettings(TimeSpan.FromTicks(10)) { OnMiss = OnMiss.ApplyLate, SlowDown = 3 };
        Check(settings, "0.5", "0 2 4", "- - 0 0 2 2", misses: 3);
    }

    /// <summary>Plays until the last tick of the table was seen and the last transition of it driven.</summary>
    private static void Check(ClockSettings settings, string latencies, string seen, string driven, int misses)
    {
        long[] needed = [.. latencies.Split(' ').Select(word => (long)Math.Round(double.Parse(word, CultureInfo.InvariantCulture) * Period))];
        using var inner = new TickWorld();
        var world = new RealTimeWorld(inner, settings, reports: false);
        var observation = new float[1];
        List<float> ticks = [];
        world.Reset(1, observation);
        int decisions = seen.Split(' ').Length;
        for (int i = 0; i < decisions; i++)
        {
            ticks.Add(observation[0]);
            Assert.Equal(world.Tick, observation[0]);
            world.Advance(observation.ToArray(), needed[Math.Min(i, needed.Length - 1)], observation);
        }
        Assert.Equal(seen, string.Join(' ', ticks));
        Assert.Equal(driven, string.Join(' ', inner.Driven.Take(driven.Split(' ').Length).Select(action => action == TickWorld.Idle ? "-" : $"{action}")));
        Assert.Equal(misses, world.Counts.Misses);
        Assert.Equal(decisions, world.Counts.Decisions);
        Assert.Equal(inner.Driven.Count, world.Counts.Ticks);
        Assert.Equal(world.Counts.Ticks - decisions, world.Counts.Dropped);
        Assert.Equal(world.Counts.Ticks, world.Counts.Own + world.Counts.Late + world.Counts.Filled);
    }
}
