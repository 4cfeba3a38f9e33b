using RLSeq.Environments.Suite;

namespace RLSeq.Environments;

/// <summary>Small real-time games, with pictures.</summary>
/// <remarks>The references are what a simple script earns that remembers what it saw; the tests hold them.</remarks>
internal static class GameEntries
{
    public static IEnumerable<EnvironmentEntry> All =>
    [
        new("DarkArena", "Collect coins in the dark while hunters roam, at 60 ticks a second; the coins are lit at the beginning only.", () => new DarkArena())
        {
            NeedsMemory = true,
            HasFullState = true,
            ReferenceReturn = 0.48,
            RandomReturn = -0.907,
        },
        new("FogPong", "Pong against a script, at 60 ticks a second; the ball is seen in one's own half only.", () => new FogPong())
        {
            NeedsMemory = true,
            HasFullState = true,
            ReferenceReturn = 0.67,
            RandomReturn = -0.684,
        },
        EnvironmentEntry.OfWorld("FogPongDuel", "Fog pong for two, which one policy learns by playing both sides; evaluated against random play.", () => new FogPongDuel()) with
        {
            NeedsMemory = true,
            ReferenceReturn = 0.91,
            RandomReturn = 0,
        },
    ];
}
