namespace RLSeq.Agents;

/// <summary>One decision under the clock: an observation that was seen, and what happened until the agent was free for the next.</summary>
/// <param name="Tick">The tick whose observation was seen, counted from 0 at the episode's beginning.</param>
/// <param name="Ticks">The transitions from there to the next decision, at least 1; fewer than planned where the episode ended.</param>
/// <param name="Latency">How long the agent needed, in nanoseconds, the slow-down included.</param>
/// <param name="Fate">What became of the action.</param>
/// <param name="Lost">The action drives nothing, although it was not discarded: the episode ended before.</param>
/// <param name="PreviousLost">The late action of the decision before drives nothing, since this one came in time for its transition.</param>
public readonly record struct Decision(long Tick, int Ticks, long Latency, DecisionFate Fate, bool Lost, bool PreviousLost)
{
    /// <summary>Whether the action came after the deadline.</summary>
    public bool Missed => Fate != DecisionFate.InTime;
}
