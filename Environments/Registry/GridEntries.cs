using RLSeq.Environments.Suite;

namespace RLSeq.Environments;

/// <summary>Grid worlds: MiniGrid's memory task and Memory Gym's two grids.</summary>
/// <remarks>
/// The references of MiniGrid are what the shortest way earns that looks at the cue first; those of Memory Gym are the best published
/// returns, rounded down. The returns of random play are measured, and held by the tests.
/// </remarks>
internal static class GridEntries
{
    public static IEnumerable<EnvironmentEntry> All =>
    [
        MiniGrid(7, randomLength: false, reference: 0.972, random: 0.241),
        MiniGrid(9, randomLength: false, reference: 0.976, random: 0.260),
        MiniGrid(11, randomLength: false, reference: 0.979, random: 0.278),
        MiniGrid(13, randomLength: false, reference: 0.982, random: 0.281),
        MiniGrid(13, randomLength: true, reference: 0.987, random: 0.327),
        MiniGrid(17, randomLength: true, reference: 0.990, random: 0.355),
        MortarMayhem("MortarMayhemGrid", isImage: false),
        MortarMayhem("MortarMayhemGridPixels", isImage: true),
        MysteryPath("MysteryPathGrid", isImage: false),
        MysteryPath("MysteryPathGridPixels", isImage: true),
    ];

    private static EnvironmentEntry MiniGrid(int size, bool randomLength, double reference, double random) => new(
        $"MiniGridMemoryS{size}{(randomLength ? "Random" : "")}",
        $"Walk a hallway {(randomLength ? "of random length " : "")}to the end with the object that lay at its beginning, seeing 3x3 cells (MiniGrid).",
        () => new MiniGridMemory(size, randomLength))
    {
        NeedsMemory = true,
        HasFullState = true,
        ReferenceReturn = reference,
        RandomReturn = random,
    };

    private static EnvironmentEntry MortarMayhem(string name, bool isImage) => new(
        name, $"Remember ten commands and carry them out, seeing {(isImage ? "an image of 84x84 pixels" : "symbols")} (Memory Gym).", () => new MortarMayhemGrid(isImage))
    {
        NeedsMemory = true,
        HasFullState = true,
        ReferenceReturn = 0.99,
        RandomReturn = 0.0202,
    };

    private static EnvironmentEntry MysteryPath(string name, bool isImage) => new(
        name, $"Find and remember a hidden path within 128 steps, seeing {(isImage ? "an image of 84x84 pixels" : "symbols")} (Memory Gym).", () => new MysteryPathGrid(isImage))
    {
        NeedsMemory = true,
        HasFullState = true,
        ReferenceReturn = 0.97,
        RandomReturn = 0.0101,
    };
}
