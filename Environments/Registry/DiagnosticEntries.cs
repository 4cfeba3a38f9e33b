using RLSeq.Environments.Suite;

namespace RLSeq.Environments;

/// <summary>Small tasks that each isolate one demand on a memory.</summary>
internal static class DiagnosticEntries
{
    public static IEnumerable<EnvironmentEntry> All =>
    [
        .. DiagnosticFamilies.PassiveTMaze.Of(50, 100, 250, 500, 1000),
        .. DiagnosticFamilies.ActiveTMaze.Of(20, 50, 100, 250),
        .. DiagnosticFamilies.KeyToDoor.Of(60, 120, 250, 500),
        .. DiagnosticFamilies.KeyToDoorPixels.Of(60, 120, 250, 500),
        .. DiagnosticFamilies.MemoryLength.Of(10, 30, 100),
        .. DiagnosticFamilies.MemorySize.Of(5, 10, 40),
        new("ProofOfMemory", "Walk to the end of a line that earns 1.6; which one was shown at the beginning only (Pleines et al.).", () => new ProofOfMemory())
        {
            NeedsMemory = true,
            HasFullState = true,
            ReferenceReturn = 1.2,
            RandomReturn = -1.7078,
        },
    ];
}
