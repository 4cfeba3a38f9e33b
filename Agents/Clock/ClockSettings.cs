using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// The clock of a world that does not wait. It ticks every <see cref="Period"/>; at tick k it shows observation k, and the transition from k to
/// k + 1 needs an action. An agent that is free at a tick takes its observation; a busy one does not see it.
/// </summary>
public sealed record ClockSettings
{
    /// <summary>What a period may be at most: an hour.</summary>
    public static readonly TimeSpan LongestPeriod = TimeSpan.FromHours(1);

    /// <summary>Makes the settings.</summary>
    /// <param name="period">The time between two ticks, above 0 and at most <see cref="LongestPeriod"/>; the smallest unit is 100 ns.</param>
    /// <param name="deadline">How long after its tick an action may come; above 0 and at most the period, which is the default.</param>
    /// <exception cref="UserInputException">One of the two is out of its range.</exception>
    public ClockSettings(TimeSpan period, TimeSpan? deadline = null)
    {
        if (period <= TimeSpan.Zero || period > LongestPeriod)
            throw new UserInputException($"A clock's period is above 0 and at most {Duration.Format(LongestPeriod)}; given: {Duration.Format(period)}.");
        if (deadline is { } given && (given <= TimeSpan.Zero || given > period))
            throw new UserInputException($"The deadline is above 0 and at most the period ({Duration.Format(period)}); given: {Duration.Format(given)}.");
        (Period, Deadline) = (period, deadline ?? period);
    }

    /// <summary>The time between two ticks.</summary>
    public TimeSpan Period { get; }

    /// <summary>How long after its tick an action may come and still be in time.</summary>
    public TimeSpan Deadline { get; }

    /// <summary>Which transition an action in time drives: 0 that of the tick which it was chosen at, 1 the next (the real-time MDP of Ramstedt and Pal 2019).</summary>
    /// <exception cref="UserInputException">It is neither.</exception>
    public int ActionDelay
    {
        get;
        init => field = value is 0 or 1 ? value : throw new UserInputException($"The action delay is 0 or 1 ticks; given: {value}.");
    }

    /// <summary>What drives a transition without an action of its own.</summary>
    public OnMiss OnMiss { get; init; } = OnMiss.RepeatLast;

    /// <summary>What every latency is multiplied by, above 0: stands for a weaker device.</summary>
    /// <exception cref="UserInputException">It is not above 0, or not finite.</exception>
    public double SlowDown
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new UserInputException(FormattableString.Invariant($"The slow-down is a number above 0; given: {value}."));
    } = 1;

    /// <summary>The period in nanoseconds.</summary>
    public long PeriodNanoseconds => Duration.Nanoseconds(Period);

    /// <summary>The deadline in nanoseconds.</summary>
    public long DeadlineNanoseconds => Duration.Nanoseconds(Deadline);

    /// <summary>A latency on the device that the slow-down stands for.</summary>
    /// <param name="nanoseconds">The latency on this one, 0 or more.</param>
    public long Slowed(long nanoseconds) => SlowDown == 1 ? nanoseconds : (long)Math.Min(Math.Round(nanoseconds * SlowDown), long.MaxValue / 4);
}
