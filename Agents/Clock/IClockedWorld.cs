using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// A world that does not wait, as an agent plays it: simulated (<see cref="RealTimeWorld"/>) or by the wall clock
/// (<see cref="WallClockWorld"/>). The same rules hold in both: <see cref="ActionSchedule"/>. Used by one thread, the agent's.
/// </summary>
public interface IClockedWorld
{
    /// <summary>The clock.</summary>
    ClockSettings Settings { get; }

    /// <summary>What an observation looks like: the world's own, and what the clock reports if it does.</summary>
    Space ObservationSpace { get; }

    /// <summary>The tick of the observation that the agent saw last; 0 at an episode's beginning.</summary>
    long Tick { get; }

    /// <summary>The last decision.</summary>
    Decision LastDecision { get; }

    /// <summary>The rewards of the last decision's ticks, in order.</summary>
    ReadOnlySpan<float> TickRewards { get; }

    /// <summary>What was counted in the episode so far.</summary>
    EpisodeCounts Counts { get; }

    /// <summary>Begins an episode at tick 0.</summary>
    /// <param name="seed">Determines everything random in the world.</param>
    /// <param name="observation">Receives the first observation, <c>ObservationSpace.Size</c> floats.</param>
    void Reset(ulong seed, Span<float> observation);

    /// <summary>The agent has decided: the world goes on until it is free again.</summary>
    /// <param name="action">What it chose at the last observation.</param>
    /// <param name="latency">How long it needed on this machine, in nanoseconds, 0 or more; the clock's slow-down is applied here.</param>
    /// <param name="observation">Receives the observation at the tick at which the agent is free, or the episode's last one.</param>
    /// <returns>The undiscounted sum of the ticks' rewards, and whether the episode ended.</returns>
    StepResult Advance(ReadOnlySpan<float> action, long latency, Span<float> observation);

    /// <summary>Writes which choices were allowed when the agent's observation was taken, for an environment with <see cref="IActionMasking"/>.</summary>
    /// <param name="mask">Receives one entry per discrete choice, true where allowed; empty where the environment forbids nothing.</param>
    void WriteActionMask(Span<bool> mask);
}
