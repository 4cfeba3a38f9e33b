using RLSeq.Policies;

namespace RLSeq.Evaluation;

/// <summary>Something whose cost a study times with nothing else running.</summary>
/// <param name="Label">A short name, such as <c>transformer, context 256</c>.</param>
/// <param name="Memory">The memory and its sizes.</param>
public abstract record CostProbe(string Label, MemorySettings Memory)
{
    /// <summary>The parameters that the whole network is to have, by the choice of its width; 0 to take the width as it is.</summary>
    public long Parameters { get; init; }

    /// <summary>What this build lacks to time it; null where nothing is missing.</summary>
    public string? Missing => MemoryRegistry.All.Any(entry => entry.Name == Memory.Name) ? null : $"the memory {Memory.Name}";
}
