namespace RLSeq.Policies;

/// <summary>A memory that can be chosen by name.</summary>
/// <param name="Name">The one word.</param>
/// <param name="Description">One line on what it is.</param>
/// <param name="Create">Builds it with freshly drawn weights.</param>
public sealed record MemoryEntry(string Name, string Description, Func<MemorySettings, Memory> Create);
