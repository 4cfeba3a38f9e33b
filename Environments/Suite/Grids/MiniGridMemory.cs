using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// MiniGrid's Memory (Chevalier-Boisvert et al. 2023) with a view of 3x3 cells: look at the object in the start room, walk the hallway,
/// and go to the end of the crossing where the same object lies. The right end earns 1 - 0.9 t / T after t steps, the wrong one 0, and
/// both terminate; truncated after T = 5 S² steps, where S is the side of the grid.
/// </summary>
/// <remarks>
/// <para>The agent starts in a random column from the room to the end of the hallway, looking right, and may have to go back for the
/// cue. With MiniGrid's usual view of 7x7, cue and ends of the smallest grid are visible together; with 3x3 they never are.</para>
/// <para>Of MiniGrid's seven actions those that do something here are kept: left (0), right (1), forward (2); picking up is disabled
/// by the original, too. Of its observation the view is kept, without compass and mission (as the published agents use it): the kind of
/// each cell, row by row as seen by the agent, which stands in the middle of the last row. Colour and state of MiniGrid's encoding
/// follow from the kind. As there, the agent's own cell shows as empty.</para>
/// </remarks>
public sealed class MiniGridMemory : SaveableEnvironment, ITextRenderable, IImageRenderable, IFullState, ISuccess
{
    private const int Kinds = 5, CellPixels = 12;
    private const string Letters = "? #KO", Arrows = ">v<^";
    private static readonly Color Floor = Color.Gray(20), Seen = Color.Gray(75), Wall = Color.Gray(130), Thing = new(0, 220, 0), Agent = new(255, 60, 60);
    private readonly MiniGridMemoryRoom _room;
    private readonly int _longestEpisode;

    /// <summary>Makes the task.</summary>
    /// <param name="size">S, the side of the grid, odd and at least 7; 7, 9, 11, 13 and 17 are published.</param>
    /// <param name="randomLength">Whether the hallway has a random length; then S is at least 9.</param>
    public MiniGridMemory(int size, bool randomLength = false)
        : base(
            new MultiDiscreteSpace([.. Enumerable.Repeat(Kinds, MiniGridMemoryRoom.View * MiniGridMemoryRoom.View)]),
            Space.Discrete(3),
            $"MiniGridMemoryS{size}{(randomLength ? "Random" : "")}")
    {
        if (size % 2 == 0 || size < (randomLength ? 9 : 7))
            throw new ArgumentOutOfRangeException(nameof(size), size, $"The side of the grid must be odd and at least {(randomLength ? 9 : 7)}.");
        _room = new MiniGridMemoryRoom(size, randomLength);
        _longestEpisode = 5 * size * size;
    }

    /// <summary>Column, row and end of the hallway as shares of the side, the heading, and whether the upper end is the right one.</summary>
    public Space FullStateSpace { get; } = Space.Tuple(Space.Box(0, 1, 3), Space.Discrete(4), Space.Discrete(2));

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        state[4] = _room.UpperMatches ? 1 : 0;
        state[3] = _room.Heading;
        state[2] = (float)_room.HallwayEnd / _room.Size;
        state[1] = (float)_room.Y / _room.Size;
        state[0] = (float)_room.X / _room.Size;
    }

    /// <inheritdoc/>
    public int ImageWidth => _room.Size * CellPixels;

    /// <inheritdoc/>
    public int ImageHeight => _room.Size * CellPixels;

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels)
    {
        var raster = new Raster(pixels, ImageWidth, ImageHeight);
        (int dx, int dy) = Direction;
        for (int y = 0; y < _room.Size; y++)
        {
            for (int x = 0; x < _room.Size; x++)
            {
                MiniGridCell cell = _room[x, y];
                int forward = ((x - _room.X) * dx) + ((y - _room.Y) * dy), side = ((y - _room.Y) * dx) - ((x - _room.X) * dy);
                bool inView = forward is >= 0 and < MiniGridMemoryRoom.View && Math.Abs(side) <= MiniGridMemoryRoom.View / 2;
                raster.FillCell(x, y, CellPixels, cell == MiniGridCell.Wall ? Wall : inView ? Seen : Floor, Color.Gray(50));
                if (cell == MiniGridCell.Key) raster.DrawKey(x, y, CellPixels, Thing);
                else if (cell == MiniGridCell.Ball) raster.DrawDisc(x, y, CellPixels, 0.35, Thing);
            }
        }
        raster.DrawArrow(_room.X, _room.Y, CellPixels, dx, dy, Agent);
    }

    /// <inheritdoc/>
    public void Render(TextWriter output)
    {
        output.WriteLine($"{Name}: step {Steps} of at most {_longestEpisode}, the {(_room.UpperMatches ? "upper" : "lower")} end is right");
        for (int y = 0; y < _room.Size; y++)
        {
            for (int x = 0; x < _room.Size; x++) output.Write(x == _room.X && y == _room.Y ? Arrows[_room.Heading] : Letters[(int)_room[x, y]]);
            output.WriteLine();
        }
    }

    private (int X, int Y) Direction => _room.Heading switch { 0 => (1, 0), 1 => (0, 1), 2 => (-1, 0), _ => (0, -1) };

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _room.Reset(ref Random);
        Observe(observation);
    }

    /// <inheritdoc/>
    public bool Succeeded => _room.HasChosenRight;

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        _room.Act(Discrete(action));
        Observe(observation);
        float reward = _room.HasChosenRight ? 1 - (0.9f * Steps / _longestEpisode) : 0;
        return new(reward, Terminated: _room.HasChosen, Truncated: !_room.HasChosen && Steps >= _longestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _room.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _room.Restore(ref reader, Name);

    private void Observe(Span<float> observation)
    {
        Span<MiniGridCell> view = stackalloc MiniGridCell[MiniGridMemoryRoom.View * MiniGridMemoryRoom.View];
        _room.Look(view);

        // The agent's cell: MiniGrid shows what is carried there, and nothing ever is.
        view[(MiniGridMemoryRoom.View * (MiniGridMemoryRoom.View - 1)) + (MiniGridMemoryRoom.View / 2)] = MiniGridCell.Empty;
        for (int i = view.Length - 1; i >= 0; i--) observation[i] = (float)view[i];
    }
}
