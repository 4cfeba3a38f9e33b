namespace RLSeq.Training;

/// <summary>Which memory, and the sizes that concern it.</summary>
public sealed record MemoryOptions
{
    /// <summary>The memory's name.</summary>
    public string Name { get; init; } = "lstm";

    /// <summary>Layers of a Transformer.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Attention heads of a Transformer.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>How many past steps a Transformer attends to.</summary>
    public int Context { get; init; } = 64;

    /// <summary>The width of a Transformer's feed-forward layer; 0 for four times the width.</summary>
    public int FeedForward { get; init; }
}
