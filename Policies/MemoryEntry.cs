using RLSeq.Agents;

namespace RLSeq.Policies;

/// <summary>A memory that can be chosen by name.</summary>
/// <param name="Name">The one word, which is also the name of the module that <paramref name="Create"/> builds and the kind in a policy file.</param>
/// <param name="Description">One line on what it is.</param>
/// <param name="Create">Builds it with freshly drawn weights.</param>
public sealed record MemoryEntry(string Name, string Description, Func<MemorySettings, Memory> Create)
{
    /// <summary>
    /// For a memory of one's own: packs its exported weights for the acting engine, in a precision or in a better one; throws
    /// <see cref="PolicyFormatException"/> where settings and weights do not fit. A game that ships the policy registers the same function
    /// with <see cref="MemoryKernels.Register"/>. Null for the built-in memories, which the engine knows.
    /// </summary>
    public Func<PolicyModule, PolicyPrecision, MemoryWeights>? Pack { get; init; }

    /// <summary>What it takes at some sizes, learning on the CPU or elsewhere; without it, what an LSTM takes.</summary>
    public Func<MemorySettings, DeviceType, MemoryCost> Cost { get; init; } = (settings, _) => MemoryCost.Recurrence(settings.Hidden, gates: 4, 2.0 * settings.Hidden);
}
