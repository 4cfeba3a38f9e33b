namespace RLSeq.Agents;

/// <summary>How an action is chosen from the policy's distribution.</summary>
public enum ActionSelection
{
    /// <summary>Drawn from the distribution; keyed by seed, row and step.</summary>
    Sample,

    /// <summary>The most likely action.</summary>
    Mode,
}
