using RLSeq.Agents;
using RLSeq.Agents.Tests.Clock;
using RLSeq.Environments;

namespace RLSeq.Evaluation.Tests.Benchmarks;

/// <summary>The comparison of the two clocks, under a time that does not depend on the machine.</summary>
public class ClockAgreementTests
{
    private const long Millisecond = 1_000_000;
    private static readonly ClockSettings Kilohertz = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(0.8)) { SlowDown = 2 };

    [Fact]
    public void Exact_ticks_leave_nothing_to_differ()
    {
        ClockAgreement run = Measure(_ => 0);
        Assert.Equal(run.Simulated, run.Wall);
        Assert.Equal((run.Simulated.Misses, run.Simulated.Dropped), run.Most);
        Assert.Equal((0, 0, true, 0), (run.Differing, run.Unexplained, run.Holds, run.Jitter.Added.Max));
        Assert.True(run.Simulated is { Misses: > 20, Dropped: > 20, Own: > 20 });
    }

    /// <summary>A tick that is 0.1 ms late lets those decisions miss that the simulated clock gives 0.7 to 0.8 ms, and no other.</summary>
    [Fact]
    public void Late_ticks_make_those_differ_that_lie_near_the_deadline()
    {
        ClockAgreement run = Measure(_ => 100_000);
        Assert.InRange(run.Differing, 5, run.Decisions / 5);
        Assert.Equal((0, true), (run.Unexplained, run.Holds));
        Assert.Equal(run.Simulated.Misses + run.Differing, run.Wall.Misses);
        Assert.InRange(run.Jitter.Added.Min, 100_000, run.Jitter.Added.Max);
        Assert.InRange(run.Jitter.Added.Max, 100_000, 112_600); // the agent looks for what is late less and less often
        Assert.InRange(run.Differing, Near(100_000), Near(run.Jitter.Added.Max));
        Assert.Equal(run.Simulated.Misses + Near(run.Jitter.Added.Max), run.Most.Misses);

        long Near(long added) => Latencies(run.Decisions).Count(latency => 2 * latency > 800_000 - added && 2 * latency <= 800_000);
    }

    [Fact]
    public void What_the_clocks_count_lies_within_the_bound_however_late_ticks_are()
    {
        ClockAgreement run = Measure(until => until % 1_000_003 * 7919 % (2 * Millisecond));
        Assert.True(run.Holds && run.Unexplained == 0 && run.Differing > 0);
        Assert.InRange(run.Wall.Misses, run.Simulated.Misses + 1, run.Most.Misses - 1);
        Assert.False((run with { Wall = run.Wall with { Misses = run.Most.Misses + 1 } }).Holds);
        Assert.False((run with { Wall = run.Wall with { Misses = run.Simulated.Misses - 1 } }).Holds);
        Assert.False((run with { Wall = run.Wall with { Dropped = run.Most.Dropped + 1 } }).Holds);
        Assert.False((run with { Wall = run.Wall with { Dropped = run.Simulated.Dropped - 1 } }).Holds);
        Assert.False((run with { Unexplained = 1 }).Holds);
    }

    private static IEnumerable<long> Latencies(long count) => Enumerable.Range(0, (int)count).Select(Latency);

    /// <summary>Up to 0.75 ms, twice that for the device that the slow-down stands for.</summary>
    private static long Latency(int decision) => 13 + (decision * 271_828L % (3 * Millisecond / 4));

    private static ClockAgreement Measure(Func<long, long> late)
    {
        var time = new VirtualTime(late);
        int decision = 0;
        return ClockAgreement.Measure(Kilohertz, Space.Box(-1, 1, 3), Space.Discrete(2), 400, (_, _) => Latency(decision++), time.Ticking, time.Agent);
    }
}
