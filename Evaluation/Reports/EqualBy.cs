namespace RLSeq.Evaluation;

/// <summary>What all memories of a comparison have equally much of.</summary>
public enum EqualBy
{
    /// <summary>Learned numbers: memory, heads and encoder together.</summary>
    Parameters,

    /// <summary>Bytes of the canonical memory state of one agent.</summary>
    State,
}
