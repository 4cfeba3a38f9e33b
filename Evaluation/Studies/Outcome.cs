namespace RLSeq.Evaluation;

/// <summary>What became of a condition.</summary>
public enum Outcome
{
    /// <summary>The whole interval lies on the claimed side of the bound.</summary>
    Holds,

    /// <summary>The whole interval lies on the other side.</summary>
    Fails,

    /// <summary>The interval contains the bound, or too little was measured.</summary>
    Open,

    /// <summary>Something that it needs is not in this build.</summary>
    NotTested,
}
