namespace RLSeq.Agents;

/// <summary>How exact a clock on the wall was. Recording allocates nothing; not for several threads at once.</summary>
public sealed class ClockJitter
{
    /// <summary>How late a tick may be and still count as exact, in nanoseconds.</summary>
    public const long Exact = 50_000;

    /// <summary>How late the observation of each tick was there: the wake-up, the world's step and the copying, in nanoseconds.</summary>
    public LatencyHistogram Published { get; } = new();

    /// <summary>How late the ticking thread woke up for each tick, in nanoseconds.</summary>
    public LatencyHistogram WakeUps { get; } = new();

    /// <summary>What the clock added to each decision, in nanoseconds: the time from its tick to its result, less what the agent needed.</summary>
    public LatencyHistogram Added { get; } = new();

    /// <summary>The ticks whose observation was there within <see cref="Exact"/>.</summary>
    public long ExactTicks { get; private set; }

    /// <summary>The share of ticks whose observation was there within <see cref="Exact"/>; 1 without ticks.</summary>
    public double ExactShare => Published.Count == 0 ? 1 : (double)ExactTicks / Published.Count;

    /// <summary>Records a tick.</summary>
    /// <param name="wakeUp">How late the thread woke up, in nanoseconds.</param>
    /// <param name="published">How late the observation was there, in nanoseconds.</param>
    public void Record(long wakeUp, long published)
    {
        WakeUps.Record(wakeUp);
        Published.Record(published);
        if (published <= Exact) ExactTicks++;
    }

    /// <summary>Adds another's records.</summary>
    /// <param name="other">The other; unchanged.</param>
    public void Merge(ClockJitter other)
    {
        Published.Merge(other.Published);
        WakeUps.Merge(other.WakeUps);
        Added.Merge(other.Added);
        ExactTicks += other.ExactTicks;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Published.Reset();
        WakeUps.Reset();
        Added.Reset();
        ExactTicks = 0;
    }
}
