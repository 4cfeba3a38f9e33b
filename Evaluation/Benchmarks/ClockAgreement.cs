using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// The wall clock held to the simulated one. An agent plays under the wall clock; the latencies that it was measured to have are replayed, one by one,
/// under the simulated clock, which is exact. Between the two lies only what the wall clock adds to a decision: waking up late, handing
/// over an observation and a result.
/// </summary>
/// <remarks>
/// The bound, which follows from the rules: what is added is never negative, so the wall clock's misses and dropped observations are at least
/// those of the simulated clock, and at most those of latencies that are each longer by the most that was added. A decision counts differently
/// only if the deadline lies between its latency and its latency with what was added to it.
/// </remarks>
public sealed record ClockAgreement
{
    /// <summary>The clock.</summary>
    public required ClockSettings Settings { get; init; }

    /// <summary>Decisions compared.</summary>
    public required long Decisions { get; init; }

    /// <summary>What the wall clock counted.</summary>
    public required EpisodeCounts Wall { get; init; }

    /// <summary>What the simulated clock counts for the same latencies.</summary>
    public required EpisodeCounts Simulated { get; init; }

    /// <summary>The most that the simulated clock could count: every latency longer by the most that the wall clock added.</summary>
    public required (long Misses, long Dropped) Most { get; init; }

    /// <summary>Decisions that missed under one clock only.</summary>
    public required long Differing { get; init; }

    /// <summary>Those of them whose latency does not lie so near the deadline that what was added explains it: none, if the clock is right.</summary>
    public required long Unexplained { get; init; }

    /// <summary>The latencies, before the slow-down, in nanoseconds.</summary>
    public required LatencyHistogram Latency { get; init; }

    /// <summary>How exact the wall clock was.</summary>
    public required ClockJitter Jitter { get; init; }

    /// <summary>Whether the counts lie within the bound.</summary>
    public bool Holds =>
        Unexplained == 0 && Wall.Misses >= Simulated.Misses && Wall.Misses <= Most.Misses && Wall.Dropped >= Simulated.Dropped && Wall.Dropped <= Most.Dropped;

    /// <summary>Plays under the wall clock and replays.</summary>
    /// <param name="settings">The clock.</param>
    /// <param name="observations">What the agent is shown: drawn from this space, whatever it does.</param>
    /// <param name="actions">What it chooses from.</param>
    /// <param name="ticks">How long to play.</param>
    /// <param name="decide">Chooses an action for an observation, and says what it took in nanoseconds.</param>
    /// <param name="ticking">The ticking thread's time; null for the machine's.</param>
    /// <param name="thinking">The agent's.</param>
    /// <param name="cancellation">Stops it.</param>
    public static ClockAgreement Measure(
        ClockSettings settings, Space observations, Space actions, long ticks, Decide decide, IClockTime? ticking = null, IClockTime? thinking = null,
        CancellationToken cancellation = default)
    {
        var latencies = new long[ticks];
        var missed = new bool[ticks];
        var needed = new long[ticks];
        using var world = new DrawnWorld(observations, actions);
        using var wall = new WallClockWorld(world, settings, reports: false, ticking ?? new SystemClockTime(), thinking ?? new SystemClockTime(), cancellation);
        var (observation, action) = (new float[observations.Size], new float[actions.Size]);
        int decisions = 0;
        wall.Reset(1, observation);
        while (wall.Counts.Ticks < ticks)
        {
            latencies[decisions] = decide(observation, action);
            _ = wall.Advance(action, latencies[decisions], observation);
            (missed[decisions], needed[decisions]) = (wall.LastDecision.Missed, wall.LastDecision.Latency);
            decisions++;
        }
        wall.Stop();
        return Replay(settings, wall, latencies.AsSpan(0, decisions), missed, needed);
    }

    private static ClockAgreement Replay(ClockSettings settings, WallClockWorld wall, ReadOnlySpan<long> latencies, bool[] missed, long[] needed)
    {
        using var world = new DrawnWorld(Space.Box(0, 1, 1), Space.Discrete(2));
        var simulated = new RealTimeWorld(world, settings, reports: false);
        var (observation, action) = (new float[1], new float[1]);
        var latency = new LatencyHistogram();
        long differing = 0, unexplained = 0, mostMisses = 0, mostDropped = 0, deadline = settings.DeadlineNanoseconds;
        simulated.Reset(1, observation);
        for (int i = 0; i < latencies.Length; i++)
        {
            latency.Record(latencies[i]);
            _ = simulated.Advance(action, latencies[i], observation);
            long exact = simulated.LastDecision.Latency, longest = exact + wall.Jitter.Added.Max;
            if (longest > deadline) mostMisses++;
            mostDropped += Math.Max(1, (longest + settings.PeriodNanoseconds - 1) / settings.PeriodNanoseconds) - 1;
            if (missed[i] == simulated.LastDecision.Missed) continue;
            differing++;
            if (!(exact <= deadline && deadline < needed[i])) unexplained++;
        }
        return new ClockAgreement
        {
            Settings = settings,
            Decisions = latencies.Length,
            Wall = wall.Counts,
            Simulated = simulated.Counts,
            Most = (mostMisses, mostDropped),
            Differing = differing,
            Unexplained = unexplained,
            Latency = latency,
            Jitter = wall.Jitter,
        };
    }

    /// <summary>Chooses an action for an observation.</summary>
    /// <param name="observation">The observation.</param>
    /// <param name="action">Receives the action.</param>
    /// <returns>What that took, in nanoseconds.</returns>
    public delegate long Decide(ReadOnlySpan<float> observation, Span<float> action);

    /// <summary>A world without an end that draws its observations.</summary>
    private sealed class DrawnWorld(Space observations, Space actions) : EnvironmentBase(observations, actions)
    {
        protected override void OnReset(Span<float> observation) => Draw(observation);

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            Draw(observation);
            return new(0, Terminated: false, Truncated: false);
        }

        private void Draw(Span<float> observation) => ObservationSpace.Sample(ref Random, observation);
    }
}
