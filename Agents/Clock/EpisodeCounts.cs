namespace RLSeq.Agents;

/// <summary>What a clock counted in one episode.</summary>
/// <param name="Ticks">Transitions of the world.</param>
/// <param name="Decisions">Observations that the agent saw and acted on.</param>
/// <param name="Misses">Decisions whose action came after the deadline.</param>
/// <param name="Dropped">Ticks whose observation a busy agent did not see.</param>
/// <param name="Own">Transitions driven by an action in time.</param>
/// <param name="Late">Transitions driven by a late one.</param>
/// <param name="Filled">Transitions driven by the rule for those without an action of their own; those before the first action of an episode included.</param>
public readonly record struct EpisodeCounts(long Ticks, long Decisions, long Misses, long Dropped, long Own, long Late, long Filled)
{
    /// <summary>The share of decisions that missed the deadline; 0 without decisions.</summary>
    public double MissRate => Decisions == 0 ? 0 : (double)Misses / Decisions;
}
