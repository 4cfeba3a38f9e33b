namespace RLSeq.Evaluation;

/// <summary>Garbage collections of the process, by generation; one of a generation counts for the younger ones too.</summary>
/// <param name="Gen0">Of the youngest.</param>
/// <param name="Gen1">Of the middle one.</param>
/// <param name="Gen2">Of everything.</param>
public readonly record struct CollectionCounts(long Gen0, long Gen1, long Gen2)
{
    /// <summary>Those since the process began.</summary>
    /// <remarks>Only reads the runtime's counters, and causes no collection.</remarks>
    public static CollectionCounts Now => new(GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2));

    /// <summary>Those since an earlier moment.</summary>
    /// <param name="earlier">What <see cref="Now"/> was then.</param>
    public CollectionCounts Since(CollectionCounts earlier) => new(Gen0 - earlier.Gen0, Gen1 - earlier.Gen1, Gen2 - earlier.Gen2);

    /// <summary>Both together.</summary>
    /// <param name="other">The other.</param>
    public CollectionCounts Plus(CollectionCounts other) => new(Gen0 + other.Gen0, Gen1 + other.Gen1, Gen2 + other.Gen2);
}
