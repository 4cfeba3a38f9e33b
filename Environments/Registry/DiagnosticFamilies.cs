using RLSeq.Environments.Suite;

namespace RLSeq.Environments;

/// <summary>The diagnostic tasks whose length or size the user may choose.</summary>
/// <remarks>
/// The returns of random play of the T-Mazes are exact: the agent does not leave the beginning, and pays 1/L for nearly every step.
/// Those of the rooms are measured for the listed lengths, and held by the tests.
/// </remarks>
internal static class DiagnosticFamilies
{
    private const int LongestEpisode = 1_000_000, MostBits = 1000;

    // Shorter corridors are left by random play now and then, so that the closed form no longer holds to three digits.
    private const int ShortestWithClosedForm = 10;

    public static EnvironmentFamily PassiveTMaze { get; } = new("PassiveTMaze", "corridor length", 1, LongestEpisode, length => new(
        $"PassiveTMaze{length}", $"Remember a cue for {length} steps along a corridor, and turn to the side it named (Ni et al. 2023).", () => new TMaze(length))
    {
        NeedsMemory = true,
        HasFullState = true,
        ReferenceReturn = 1,
        RandomReturn = length < ShortestWithClosedForm ? null : -1 + (1 / (3.0 * length)),
    });

    public static EnvironmentFamily ActiveTMaze { get; } = new("ActiveTMaze", "corridor length", 1, LongestEpisode, length => new(
        $"ActiveTMaze{length}", $"Fetch a cue, remember it for {length} steps, and turn to the side it named (Ni et al. 2023).", () => new TMaze(length, active: true))
    {
        NeedsMemory = true,
        HasFullState = true,
        ReferenceReturn = 1,
        RandomReturn = length < ShortestWithClosedForm ? null : -1 + (7 / (27.0 * length)),
    });

    public static EnvironmentFamily MemoryLength { get; } = new("MemoryLength", "length", 1, LongestEpisode, length => new(
        $"MemoryLength{length}", $"Name a bit that was last seen {length - 1} steps ago (bsuite's memory length).", () => new MemoryChain(length, bits: 1, $"MemoryLength{length}"))
    {
        NeedsMemory = length > 1,
        HasFullState = true,
        ReferenceReturn = 1,
        RandomReturn = 0,
    });

    public static EnvironmentFamily MemorySize { get; } = new("MemorySize", "number of bits", 1, MostBits, bits => new(
        $"MemorySize{bits}", $"Name the one of {bits} bits that is asked for, after they were hidden (bsuite's memory size).", () => new MemoryChain(length: 2, bits, $"MemorySize{bits}"))
    {
        NeedsMemory = true,
        HasFullState = true,
        ReferenceReturn = 1,
        RandomReturn = 0,
    });

    public static EnvironmentFamily KeyToDoor { get; } = Rooms("KeyToDoor", isImage: false);

    public static EnvironmentFamily KeyToDoorPixels { get; } = Rooms("KeyToDoorPixels", isImage: true);

    public static IEnumerable<EnvironmentFamily> All => [PassiveTMaze, ActiveTMaze, MemoryLength, MemorySize, KeyToDoor, KeyToDoorPixels];

    private static EnvironmentFamily Rooms(string name, bool isImage) => new(name, "number of apple steps", 1, LongestEpisode, steps => new(
        $"{name}{steps}",
        $"Take a key, eat apples for {steps} steps, then open a door for 5; {(isImage ? "5x5 pixels" : "5x5 cells")} are seen (Ni et al. 2023).",
        () => new KeyToDoor(steps, isImage))
    {
        // The door is walked to with or without the key: what pays late is hard to credit, not hard to recall. The reference is nine
        // tenths of what walking to the nearest apple earns to whoever sees everything.
        NeedsMemory = false,
        HasFullState = true,
        ReferenceReturn = steps switch { 60 => 24, 120 => 42, 250 => 82, 500 => 160, _ => null },
        RandomReturn = steps switch { 60 => 5.536, 120 => 10.69, 250 => 21.90, 500 => 43.67, _ => null },
    });
}
