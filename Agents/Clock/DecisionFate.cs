namespace RLSeq.Agents;

/// <summary>What becomes of an action that was chosen under a clock.</summary>
public enum DecisionFate
{
    /// <summary>It came before the deadline and drives the transition that it was chosen for.</summary>
    InTime,

    /// <summary>It came after the deadline; it drives a later transition, unless that gets one of its own (<see cref="OnMiss.ApplyLate"/>).</summary>
    Late,

    /// <summary>It came after the deadline and drives nothing.</summary>
    Discarded,
}
