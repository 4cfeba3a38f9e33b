namespace RLSeq.Evaluation;

/// <summary>What is done to a memory's state before every action.</summary>
public enum MemoryIntervention
{
    /// <summary>Nothing.</summary>
    Intact,

    /// <summary>It is set to that of an episode's beginning.</summary>
    Zeroed,

    /// <summary>It is that of the same step of another episode.</summary>
    Shuffled,

    /// <summary>It is made anew of the last few observations only.</summary>
    Truncated,
}
