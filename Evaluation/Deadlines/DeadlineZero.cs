namespace RLSeq.Evaluation;

/// <summary>The return that counts as nothing where the loss by a deadline is put on a common scale: the first of these that is known.</summary>
public enum DeadlineZero
{
    /// <summary>That of uniformly random actions.</summary>
    Random,

    /// <summary>That of an agent so slow that it never acts.</summary>
    Idle,

    /// <summary>The lowest mean of the curve itself; curves with different ones cannot be compared.</summary>
    Lowest,
}
