using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// The rooms of <see cref="MiniGridMemory"/>: a start room with one object, a hallway, and a crossing with a key at one end and a ball
/// at the other. x grows to the right and y downwards; headings are right (0), down (1), left (2), up (3).
/// </summary>
internal sealed class MiniGridMemoryRoom
{
    public const int View = 3;
    private readonly MiniGridCell[] _cells;
    private readonly bool _hasRandomLength;
    private MiniGridCell _cue, _upper;

    public MiniGridMemoryRoom(int size, bool randomLength) => (Size, _hasRandomLength, _cells) = (size, randomLength, new MiniGridCell[size * size]);

    public int Size { get; }

    /// <summary>The column in which the hallway opens into the crossing.</summary>
    public int HallwayEnd { get; private set; }

    public int X { get; private set; }

    public int Y { get; private set; }

    public int Heading { get; private set; }

    /// <summary>Whether the object that matches the cue lies at the upper end.</summary>
    public bool UpperMatches => _upper == _cue;

    /// <summary>Whether the agent stands beside one of the two objects at the end.</summary>
    public bool HasChosen => X == HallwayEnd + 1 && Math.Abs(Y - Middle) == 1;

    /// <summary>Whether that is the object that matches the cue.</summary>
    public bool HasChosenRight => HasChosen && Y < Middle == UpperMatches;

    private int Middle => Size / 2;

    public void Reset(ref RandomSource random)
    {
        HallwayEnd = _hasRandomLength ? 4 + random.NextInt(Size - 6) : Size - 3;
        (X, Y, Heading) = (1 + random.NextInt(HallwayEnd), Middle, 0);
        _cue = Object(random.NextInt(2));
        _upper = Object(random.NextInt(2));
        Build();
    }

    /// <summary>Turns left (0) or right (1), or goes forward (2) where nothing is in the way.</summary>
    public void Act(int action)
    {
        if (action < 2)
        {
            Heading = (Heading + (action == 0 ? 3 : 1)) % 4;
            return;
        }
        (int dx, int dy) = Direction(Heading);
        if (this[X + dx, Y + dy] == MiniGridCell.Empty) (X, Y) = (X + dx, Y + dy);
    }

    /// <summary>What a cell holds; outside of the grid there are walls.</summary>
    public MiniGridCell this[int x, int y] => x >= 0 && x < Size && y >= 0 && y < Size ? _cells[(y * Size) + x] : MiniGridCell.Wall;

    /// <summary>
    /// Writes the 3x3 cells before the agent, row by row, as if it looked up: it stands in the middle of the last row. What walls hide
    /// is unseen.
    /// </summary>
    public void Look(Span<MiniGridCell> view)
    {
        (int dx, int dy) = Direction(Heading);
        for (int j = 0; j < View; j++)
        {
            for (int i = 0; i < View; i++)
            {
                int forward = View - 1 - j, right = i - (View / 2);
                view[(j * View) + i] = this[X + (dx * forward) - (dy * right), Y + (dy * forward) + (dx * right)];
            }
        }

        Span<bool> isSeen = stackalloc bool[View * View];
        isSeen.Clear();
        isSeen[((View - 1) * View) + (View / 2)] = true;
        for (int j = View - 1; j >= 0; j--)
        {
            for (int i = 0; i < View - 1; i++) Spread(view, isSeen, i, j, side: 1);
            for (int i = View - 1; i > 0; i--) Spread(view, isSeen, i, j, side: -1);
        }
        for (int i = 0; i < view.Length; i++)
            if (!isSeen[i]) view[i] = MiniGridCell.Unseen;
    }

    public void Save(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(6);
        writer.Write(HallwayEnd);
        writer.Write(X);
        writer.Write(Y);
        writer.Write(Heading);
        writer.Write((byte)_cue);
        writer.Write((byte)_upper);
    }

    public void Restore(ref MessagePackReader reader, string name)
    {
        SavedData.ExpectArray(ref reader, 6, name);
        HallwayEnd = SavedNumbers.Read(ref reader, 0, Size - 3, name);
        X = SavedNumbers.Read(ref reader, 0, Size - 1, name);
        Y = SavedNumbers.Read(ref reader, 0, Size - 1, name);
        Heading = SavedNumbers.Read(ref reader, 0, 3, name);
        _cue = (MiniGridCell)SavedNumbers.Read(ref reader, 0, (int)MiniGridCell.Ball, name);
        _upper = (MiniGridCell)SavedNumbers.Read(ref reader, 0, (int)MiniGridCell.Ball, name);
        Build();
    }

    /// <summary>What is seen is passed on to the side and forward, unless it is a wall: MiniGrid's rule.</summary>
    private static void Spread(ReadOnlySpan<MiniGridCell> view, Span<bool> isSeen, int i, int j, int side)
    {
        int here = (j * View) + i;
        if (!isSeen[here] || view[here] == MiniGridCell.Wall) return;
        isSeen[here + side] = true;
        if (j == 0) return;
        isSeen[here + side - View] = true;
        isSeen[here - View] = true;
    }

    private static (int X, int Y) Direction(int heading) => heading switch { 0 => (1, 0), 1 => (0, 1), 2 => (-1, 0), _ => (0, -1) };

    private static MiniGridCell Object(int which) => which == 0 ? MiniGridCell.Key : MiniGridCell.Ball;

    private void Build()
    {
        int above = Middle - 2, below = Middle + 2;
        Array.Fill(_cells, MiniGridCell.Empty);
        for (int i = 0; i < Size; i++)
        {
            Set(i, 0, MiniGridCell.Wall);
            Set(i, Size - 1, MiniGridCell.Wall);
            Set(0, i, MiniGridCell.Wall);
            Set(Size - 1, i, MiniGridCell.Wall);
            if (i != Middle) Set(HallwayEnd, i, MiniGridCell.Wall);
            Set(HallwayEnd + 2, i, MiniGridCell.Wall);
        }
        for (int x = 1; x < 5; x++)
        {
            Set(x, above, MiniGridCell.Wall);
            Set(x, below, MiniGridCell.Wall);
        }
        for (int x = 4; x < Math.Max(5, HallwayEnd); x++)
        {
            Set(x, above + 1, MiniGridCell.Wall);
            Set(x, below - 1, MiniGridCell.Wall);
        }
        Set(1, Middle - 1, _cue);
        Set(HallwayEnd + 1, above, _upper);
        Set(HallwayEnd + 1, below, _upper == MiniGridCell.Key ? MiniGridCell.Ball : MiniGridCell.Key);
    }

    private void Set(int x, int y, MiniGridCell cell) => _cells[(y * Size) + x] = cell;
}
