using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>What a sweep over deadlines plays.</summary>
public sealed record DeadlineSettings
{
    /// <summary>More slow-downs than any report shows.</summary>
    public const int MostSlowDowns = 16;

    /// <summary>More deadlines than any report shows.</summary>
    public const int MostDeadlines = 200;

    /// <summary>10 µs to 100 ms, five per decade in the preferred numbers R5 (ISO 3), so that ten times a deadline is another.</summary>
    public static IReadOnlyList<TimeSpan> Grid { get; } =
        [.. from decade in (long[])[100, 1_000, 10_000, 100_000]
            from number in (double[])[1, 1.6, 2.5, 4, 6.3]
            select TimeSpan.FromTicks((long)Math.Round(decade * number)), TimeSpan.FromMilliseconds(100)];

    /// <summary>The deadlines, which are also the periods, ascending; none for no sweep.</summary>
    public IReadOnlyList<TimeSpan> Deadlines { get; init; } = Grid;

    /// <summary>What latencies are multiplied by, a curve for each: the weaker devices that are asked about.</summary>
    public IReadOnlyList<double> SlowDowns { get; init; } = [1];

    /// <summary>What drives a transition without an action of its own.</summary>
    public OnMiss OnMiss { get; init; } = OnMiss.RepeatLast;

    /// <summary>0 where an action in time drives the transition of the tick that it was chosen at, 1 where it drives the next.</summary>
    public int ActionDelay { get; init; }

    /// <summary>Episodes per policy and deadline, the same for all.</summary>
    public int Episodes { get; init; } = 50;

    /// <summary>Whether anything is played.</summary>
    public bool IsOn => Deadlines.Count > 0;

    /// <summary>The clock of a deadline.</summary>
    /// <param name="deadline">The deadline, and the period.</param>
    /// <param name="slowDown">What latencies are multiplied by.</param>
    public ClockSettings Clock(TimeSpan deadline, double slowDown) => new(deadline) { OnMiss = OnMiss, ActionDelay = ActionDelay, SlowDown = slowDown };

    /// <summary>Refuses what cannot be played.</summary>
    /// <exception cref="UserInputException">A deadline or a slow-down is out of its range, named twice or out of order, or there are too many or too few.</exception>
    public void Validate()
    {
        if (Deadlines.Count > MostDeadlines) throw new UserInputException($"A comparison takes at most {MostDeadlines} deadlines; given: {Deadlines.Count}.");
        if (SlowDowns.Count is 0 or > MostSlowDowns) throw new UserInputException($"A comparison takes 1 to {MostSlowDowns} slow-downs; given: {SlowDowns.Count}.");
        if (SlowDowns.Distinct().Count() < SlowDowns.Count) throw new UserInputException("A slow-down is named twice; once is enough.");
        if (Episodes < 1) throw new UserInputException($"A deadline takes at least 1 episode; given: {Episodes}.");
        for (int i = 1; i < Deadlines.Count; i++)
        {
            if (Deadlines[i] <= Deadlines[i - 1]) throw new UserInputException($"Deadlines ascend, each once; {Duration.Format(Deadlines[i])} stands behind {Duration.Format(Deadlines[i - 1])}.");
        }
        foreach (double slowDown in SlowDowns) _ = Clock(TimeSpan.FromSeconds(1), slowDown);
        foreach (TimeSpan deadline in Deadlines) _ = Clock(deadline, 1);
    }
}
