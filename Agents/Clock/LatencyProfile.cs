namespace RLSeq.Agents;

/// <summary>
/// Latencies to replay: a function of the episode's seed and the decision's number, so that a run repeats bit for bit, on any machine, and nothing
/// needs to be carried from one decision to the next. May be shared by threads.
/// </summary>
public abstract class LatencyProfile
{
    /// <summary>The latency of a decision, in nanoseconds, before any slow-down.</summary>
    /// <param name="seed">The seed of the episode.</param>
    /// <param name="decision">The decision's number in the episode, from 0; a recorded profile also takes it for the position in the episode.</param>
    public abstract long Nanoseconds(ulong seed, long decision);

    /// <summary>The profile in the words that <see cref="LatencyProfiles.Parse"/> reads, or a recording's conditions.</summary>
    public abstract override string ToString();
}
