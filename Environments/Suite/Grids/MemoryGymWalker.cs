using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// The character of Memory Gym's grids: it stays (0), turns left (1), turns right (2) or goes forward (3), and stops at the border.
/// Headings turn to the left: up (0), left (1), down (2), right (3). x grows to the right and y downwards.
/// </summary>
internal struct MemoryGymWalker
{
    public int X, Y, Heading;

    /// <summary>How far one step forward leads.</summary>
    public readonly (int X, int Y) Direction => Heading switch { 0 => (0, -1), 1 => (-1, 0), 2 => (0, 1), _ => (1, 0) };

    public void Act(int action, int side)
    {
        if (action == 1) Heading = (Heading + 1) % 4;
        else if (action == 2) Heading = (Heading + 3) % 4;
        if (action != 3) return;
        (int dx, int dy) = Direction;
        (X, Y) = (Math.Clamp(X + dx, 0, side - 1), Math.Clamp(Y + dy, 0, side - 1));
    }

    public readonly void Save(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(3);
        writer.Write(X);
        writer.Write(Y);
        writer.Write(Heading);
    }

    public static MemoryGymWalker Restore(ref MessagePackReader reader, int side, string what)
    {
        SavedData.ExpectArray(ref reader, 3, what);
        return new()
        {
            X = SavedNumbers.Read(ref reader, 0, side - 1, what),
            Y = SavedNumbers.Read(ref reader, 0, side - 1, what),
            Heading = SavedNumbers.Read(ref reader, 0, 3, what),
        };
    }
}
