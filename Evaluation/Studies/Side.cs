namespace RLSeq.Evaluation;

/// <summary>On which side of its bound a quantity is claimed to lie.</summary>
public enum Side
{
    /// <summary>Above the bound.</summary>
    Above,

    /// <summary>Below the bound.</summary>
    Below,
}
