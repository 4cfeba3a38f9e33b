namespace RLSeq.Evaluation;

/// <summary>
/// Return as a function of the deadline: one memory in one environment under the simulated clock, with its recorded latencies replayed.
/// The period equals the deadline, and the physics are per tick, so that a shorter one asks for a faster agent and not for a faster world.
/// </summary>
public sealed record DeadlineCurve
{
    /// <summary>What every latency was multiplied by: the weaker device that this curve stands for.</summary>
    public required double SlowDown { get; init; }

    /// <summary>What drives a transition without an action of its own: <c>repeat-last</c>, <c>no-op</c> or <c>apply-late</c>.</summary>
    public required string OnMiss { get; init; }

    /// <summary>0 where an action drives the transition of the tick that it was chosen at, 1 where it drives the next.</summary>
    public required int ActionDelay { get; init; }

    /// <summary>Where the latencies come from, for instance <c>recorded, 20,000 actions, back to back</c>.</summary>
    public required string Profile { get; init; }

    /// <summary>The anchor without a delay: the world waits for every action, which drives the transition of the tick that it was chosen at.</summary>
    public required DeadlinePoint Undelayed { get; init; }

    /// <summary>
    /// The anchor with one step of delay for all: every action in time, and driving the next transition (the real-time MDP of Ramstedt and Pal
    /// 2019). Null where it was not played.
    /// </summary>
    public DeadlinePoint? OneStepDelay { get; init; }

    /// <summary>
    /// The mean return of the same episodes for an agent so slow that it never acts: every transition gets the action that does nothing. Null
    /// where it was not played.
    /// </summary>
    public double? IdleReturn { get; init; }

    /// <summary>The deadlines, from short to long.</summary>
    public IReadOnlyList<DeadlinePoint> Points { get; init; } = [];
}
