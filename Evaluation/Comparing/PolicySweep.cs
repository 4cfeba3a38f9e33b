using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// One policy at all deadlines and slow-downs, each different case played once. Since the period is the deadline, only latency / deadline matters:
/// a deadline that no latency misses is one of the anchors, and a slow-down that divides the deadline is a shorter deadline without it.
/// </summary>
/// <param name="episodes">Plays the policy's episodes.</param>
/// <param name="seed">The policy's training seed.</param>
/// <param name="profile">Its memory's latencies.</param>
/// <param name="settings">What is played.</param>
internal sealed class PolicySweep(ClockedEpisodes episodes, ulong seed, RecordedLatency profile, DeadlineSettings settings)
{
    private static readonly FixedLatency Instantly = new(0);

    private readonly Dictionary<(TimeSpan Deadline, double SlowDown), DeadlineRun> _played = [];
    private readonly long _slowest = profile.Segments.Max(segment => segment.Nanoseconds.Max());

    /// <summary>The world waits.</summary>
    public DeadlineRun Undelayed { get; private set; } = null!;

    /// <summary>Every action in time, for the next transition.</summary>
    public DeadlineRun OneStepDelay { get; private set; } = null!;

    /// <summary>The mean return of an agent that never acts.</summary>
    public double IdleReturn { get; private set; }

    /// <summary>How many cases were really played, the anchors not counted.</summary>
    public int Played => _played.Count;

    /// <summary>Plays the anchors, and every deadline with every slow-down.</summary>
    /// <returns><c>[slow-down][deadline]</c>.</returns>
    public DeadlineRun[][] Play(CancellationToken cancellation)
    {
        var inTime = new ClockSettings(TimeSpan.FromSeconds(1)) { OnMiss = settings.OnMiss };
        Undelayed = Run(episodes.Play(inTime, Instantly, cancellation));
        OneStepDelay = Run(episodes.Play(inTime with { ActionDelay = 1 }, Instantly, cancellation));
        IdleReturn = episodes.PlayIdle(cancellation).Returns.Average();
        return [.. settings.SlowDowns.Select(slowDown => settings.Deadlines.Select(deadline => At(deadline, slowDown, cancellation)).ToArray())];
    }

    private DeadlineRun At(TimeSpan deadline, double slowDown, CancellationToken cancellation)
    {
        ClockSettings clock = settings.Clock(deadline, slowDown);
        if (clock.Slowed(_slowest) <= clock.DeadlineNanoseconds) return settings.ActionDelay == 0 ? Undelayed : OneStepDelay;
        (TimeSpan Deadline, double SlowDown) key = Reduced(deadline, slowDown);
        if (_played.TryGetValue(key, out DeadlineRun? run)) return run;
        return _played[key] = Run(episodes.Play(settings.Clock(key.Deadline, key.SlowDown), profile, cancellation));
    }

    /// <summary>The same case without a slow-down, where that is exact: latencies are whole nanoseconds, periods whole units of 100 ns.</summary>
    public static (TimeSpan Deadline, double SlowDown) Reduced(TimeSpan deadline, double slowDown) =>
        slowDown >= 1 && slowDown <= deadline.Ticks && slowDown == Math.Floor(slowDown) && deadline.Ticks % (long)slowDown == 0
            ? (TimeSpan.FromTicks(deadline.Ticks / (long)slowDown), 1)
            : (deadline, slowDown);

    private DeadlineRun Run(ClockedReturns returns) => new(seed, returns.Returns, returns.MissRate, returns.DroppedRate);
}
