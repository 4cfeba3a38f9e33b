using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// Memory Gym's Mystery Path on a grid (Pleines et al. 2023): an invisible path leads across 7x7 tiles. Who leaves it sees a cross, and
/// is put back to the start instead of the next action. The end earns 1 and terminates; truncated after 128 steps. Actions: stay (0),
/// turn left (1), turn right (2), forward (3).
/// </summary>
/// <remarks>
/// <para>Neither start nor end is shown: the agent must remember which way was right, and which tiles made it fall. It starts looking
/// up. The observation is either column, row, heading and whether it fell, or an image of 84x84x3 bytes like the original's, which swaps
/// rows and columns.</para>
/// <para>The original reports its limit of 128 steps as the end of the task; here it truncates, as it is not part of the rules.</para>
/// </remarks>
public sealed class MysteryPathGrid : SaveableEnvironment, ITextRenderable, IImageRenderable, IFullState, ISuccess
{
    private const int Side = MysteryPathMaker.Side, LongestEpisode = 128, TilePixels = MemoryGymPicture.Size / Side;
    private const string Arrows = "^<v>";
    private static readonly Color Cross = new(255, 0, 0);
    private readonly MysteryPathMaker _maker = new();
    private readonly bool[] _isPath = new bool[MysteryPathMaker.Tiles];
    private readonly byte[]? _pixels;
    private MemoryGymWalker _walker;
    private int _start, _end;
    private bool _hasFallen;

    /// <summary>Makes the task.</summary>
    /// <param name="image">Whether the observation is an image.</param>
    public MysteryPathGrid(bool image = false)
        : base(
            image ? Space.Bytes(MemoryGymPicture.Size, MemoryGymPicture.Size, 3) : Space.MultiDiscrete(Side, Side, 4, 2),
            Space.Discrete(4),
            image ? "MysteryPathGridPixels" : "MysteryPathGrid") =>
        _pixels = image ? new byte[ObservationSpace.Size] : null;

    /// <summary>Column, row, heading, whether it fell, column and row of the end, and for each tile, row by row, whether it belongs to the path.</summary>
    public Space FullStateSpace { get; } = Space.Tuple(Space.MultiDiscrete(Side, Side, 4, 2, Side, Side), Space.Box(0, 1, Side, Side));

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        for (int tile = MysteryPathMaker.Tiles - 1; tile >= 0; tile--) state[6 + tile] = _isPath[tile] ? 1 : 0;
        state[5] = _end / Side;
        state[4] = _end % Side;
        WriteSeen(state);
    }

    /// <inheritdoc/>
    public int ImageWidth => MemoryGymPicture.Size;

    /// <inheritdoc/>
    public int ImageHeight => MemoryGymPicture.Size;

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels)
    {
        var raster = new Raster(pixels, ImageWidth, ImageHeight);
        raster.Clear(Color.Black);
        for (int tile = 0; tile < MysteryPathMaker.Tiles; tile++)
        {
            if (!_isPath[tile]) continue;
            Color color = tile == _end ? new Color(0, 200, 0) : tile == _start ? new Color(60, 60, 255) : Color.Gray(110);
            raster.FillCell(tile % Side, tile / Side, TilePixels, color, Color.Black);
        }
        DrawWalker(raster);
    }

    /// <inheritdoc/>
    public void Render(TextWriter output)
    {
        output.WriteLine($"{Name}: step {Steps} of at most {LongestEpisode}{(_hasFallen ? ", fallen" : "")}");
        for (int tile = 0; tile < MysteryPathMaker.Tiles; tile++)
        {
            bool isHere = tile == Here;
            output.Write(isHere && _hasFallen ? 'X' : isHere ? Arrows[_walker.Heading] : tile == _end ? 'G' : tile == _start ? 'S' : _isPath[tile] ? '#' : '.');
            if (tile % Side == Side - 1) output.WriteLine();
        }
    }

    private int Here => (_walker.Y * Side) + _walker.X;

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        (_start, _end) = _maker.Make(ref Random, _isPath);
        (_walker, _hasFallen) = (default, false);
        (_walker.X, _walker.Y) = (_start % Side, _start / Side);
        Observe(observation);
    }

    /// <inheritdoc/>
    public bool Succeeded => Here == _end;

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        if (_hasFallen) (_walker.X, _walker.Y) = (_start % Side, _start / Side);
        else _walker.Act(Discrete(action), Side);
        bool arrived = Here == _end;
        _hasFallen = !_isPath[Here];
        Observe(observation);
        return new(arrived ? 1 : 0, Terminated: arrived, Truncated: !arrived && Steps >= LongestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(5);
        _walker.Save(ref writer);
        writer.Write(_start);
        writer.Write(_end);
        writer.Write(_hasFallen);
        writer.WriteArrayHeader(_isPath.Length);
        foreach (bool isPath in _isPath) writer.Write(isPath);
    }

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 5, Name);
        _walker = MemoryGymWalker.Restore(ref reader, Side, Name);
        _start = SavedNumbers.Read(ref reader, 0, MysteryPathMaker.Tiles - 1, Name);
        _end = SavedNumbers.Read(ref reader, 0, MysteryPathMaker.Tiles - 1, Name);
        _hasFallen = reader.ReadBoolean();
        SavedData.ExpectArray(ref reader, _isPath.Length, Name);
        foreach (ref bool isPath in _isPath.AsSpan()) isPath = reader.ReadBoolean();
    }

    private void Observe(Span<float> observation)
    {
        if (_pixels is null)
        {
            WriteSeen(observation);
            return;
        }
        var raster = new Raster(_pixels, MemoryGymPicture.Size, MemoryGymPicture.Size);
        raster.Clear(Color.Black);
        DrawWalker(raster);
        MemoryGymPicture.Widen(_pixels, observation);
    }

    private void WriteSeen(Span<float> observation)
    {
        observation[3] = _hasFallen ? 1 : 0;
        observation[2] = _walker.Heading;
        observation[1] = _walker.Y;
        observation[0] = _walker.X;
    }

    private void DrawWalker(Raster raster)
    {
        const double Arm = 4, Thickness = 3;
        double x = (_walker.X + 0.5) * TilePixels, y = (_walker.Y + 0.5) * TilePixels;
        raster.DrawWalker(x, y, _walker.Direction);
        if (!_hasFallen) return;
        raster.DrawLine(x - Arm, y - Arm, x + Arm, y + Arm, Thickness, Cross);
        raster.DrawLine(x - Arm, y + Arm, x + Arm, y - Arm, Thickness, Cross);
    }
}
