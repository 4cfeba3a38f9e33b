namespace RLSeq.Evaluation;

/// <summary>What a study says of a claim.</summary>
public enum Verdict
{
    /// <summary>Every condition that was tested holds.</summary>
    Supported,

    /// <summary>A condition fails.</summary>
    Refuted,

    /// <summary>Neither: the intervals, the failures or a control do not allow it.</summary>
    Inconclusive,

    /// <summary>Nothing could be tested with what this build has.</summary>
    Skipped,
}
