namespace RLSeq.Agents;

/// <summary>Where the action that drove a transition came from.</summary>
public enum ActionSource
{
    /// <summary>It was chosen for this transition and came in time.</summary>
    Own,

    /// <summary>It was chosen for an earlier one and came late.</summary>
    Late,

    /// <summary>It is that of the transition before; at an episode's beginning the one that does nothing.</summary>
    Repeated,

    /// <summary>It is the one that does nothing.</summary>
    Idle,
}
