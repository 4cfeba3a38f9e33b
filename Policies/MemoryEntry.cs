namespace RLSeq.Policies;

/// <summary>A memory that can be chosen by name.</summary>
/// <param name="Name">The one word.</param>
/// <param name="Description">One line on what it is.</param>
/// <param name="Create">Builds it with freshly drawn weights.</param>
public sealed record MemoryEntry(string Name, string Description, Func<MemorySettings, Memory> Create)
{
    /// <summary>What it takes at some sizes, learning on the CPU or elsewhere; without it, what an LSTM takes.</summary>
    public Func<MemorySettings, DeviceType, MemoryCost> Cost { get; init; } = (settings, _) => MemoryCost.Recurrence(settings.Hidden, gates: 4, 2.0 * settings.Hidden);
}
