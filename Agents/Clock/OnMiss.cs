using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>What drives a transition that has no action of its own, because the agent was too slow or still busy.</summary>
public enum OnMiss
{
    /// <summary>The action of the transition before; a result that comes late is discarded.</summary>
    RepeatLast,

    /// <summary>The action that does nothing (<see cref="IIdleAction"/>); a result that comes late is discarded.</summary>
    NoOp,

    /// <summary>The action of the transition before, until the late result is there: it drives the first transition that starts at or after that.</summary>
    ApplyLate,
}
