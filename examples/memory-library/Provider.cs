using RLSeq.Policies;

namespace MyMemories;

/// <summary>What rlseq looks for in the library.</summary>
public sealed class Provider : IMemoryProvider
{
    public IReadOnlyList<MemoryEntry> Memories =>
    [
        new("leaky", "Leaky integrators with learned time constants", settings => new LeakyMemory(settings.Hidden))
        {
            Pack = (module, precision) => new LeakyWeights(module, precision),
        },
    ];
}
