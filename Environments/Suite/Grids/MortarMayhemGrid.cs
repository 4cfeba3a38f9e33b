using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// Memory Gym's Mortar Mayhem on a grid (Pleines et al. 2023): ten commands are shown one by one, then carried out in order, each within
/// 6 steps, after which all tiles but the right one burn. A command carried out earns 0.1; the first mistake terminates, and so does the
/// tenth success, after 118 steps. Actions: stay (0), turn left (1), turn right (2), forward (3).
/// </summary>
/// <remarks>
/// <para>The arena has 5x5 tiles, the character starts anywhere, looking up. A command (one tile right, down, left or up, or stay) that
/// would lead out of the arena is never given. Each shows for 3 frames and pauses for 1, while the character cannot move. The right tile
/// must be held for one more step after the check.</para>
/// <para>The observation is either what is seen, as five numbers (column, row, heading, command shown or 0, whether tiles burn), or an
/// image of 84x84x3 bytes like the original's, which swaps rows and columns.</para>
/// </remarks>
public sealed class MortarMayhemGrid : SaveableEnvironment, ITextRenderable, IImageRenderable, IFullState
{
    private const float CommandReward = 0.1f;
    private const string Arrows = "^<v>", Commands = "→↓←↑o";
    private readonly MortarMayhemArena _arena = new();
    private readonly byte[]? _pixels;

    /// <summary>Makes the task.</summary>
    /// <param name="image">Whether the observation is an image.</param>
    public MortarMayhemGrid(bool image = false)
        : base(
            image ? Space.Bytes(MemoryGymPicture.Size, MemoryGymPicture.Size, 3)
                : Space.MultiDiscrete(MortarMayhemArena.Side, MortarMayhemArena.Side, 4, MortarMayhemArena.CommandKinds + 1, 2),
            Space.Discrete(4),
            image ? "MortarMayhemGridPixels" : "MortarMayhemGrid") =>
        _pixels = image ? new byte[ObservationSpace.Size] : null;

    /// <summary>Column, row and heading, and column and row of the tile on which to be at the next check.</summary>
    public Space FullStateSpace { get; } =
        Space.MultiDiscrete(MortarMayhemArena.Side, MortarMayhemArena.Side, 4, MortarMayhemArena.Side, MortarMayhemArena.Side);

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        int target = _arena.NextTarget(Steps);
        state[4] = target / MortarMayhemArena.Side;
        state[3] = target % MortarMayhemArena.Side;
        state[2] = _arena.Walker.Heading;
        state[1] = _arena.Walker.Y;
        state[0] = _arena.Walker.X;
    }

    /// <inheritdoc/>
    public int ImageWidth => MemoryGymPicture.Size;

    /// <inheritdoc/>
    public int ImageHeight => MemoryGymPicture.Size;

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels) =>
        MortarMayhemPicture.Draw(new Raster(pixels, ImageWidth, ImageHeight), _arena.Walker, _arena.ShownCommand(Steps), _arena.SafeTile(Steps));

    /// <inheritdoc/>
    public void Render(TextWriter output)
    {
        int shown = _arena.ShownCommand(Steps), safe = _arena.SafeTile(Steps), target = _arena.NextTarget(Steps);
        output.Write($"{Name}: step {Steps}, commands ");
        foreach (byte command in _arena.Orders) output.Write(Commands[command]);
        output.WriteLine(shown >= 0 ? $", shown: {Commands[shown]}" : "");
        for (int y = 0; y < MortarMayhemArena.Side; y++)
        {
            for (int x = 0; x < MortarMayhemArena.Side; x++)
            {
                int tile = (y * MortarMayhemArena.Side) + x;
                bool isHere = x == _arena.Walker.X && y == _arena.Walker.Y;
                output.Write(isHere ? Arrows[_arena.Walker.Heading] : safe >= 0 && tile != safe ? '*' : tile == target ? 'o' : '.');
            }
            output.WriteLine();
        }
    }

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _arena.Reset(ref Random);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        (bool succeeded, bool isOver) = _arena.Step(Discrete(action), Steps);
        Observe(observation);
        return new(succeeded ? CommandReward : 0, Terminated: isOver, Truncated: false);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _arena.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _arena.Restore(ref reader, Name);

    private void Observe(Span<float> observation)
    {
        if (_pixels is not null)
        {
            RenderImage(_pixels);
            MemoryGymPicture.Widen(_pixels, observation);
            return;
        }
        observation[4] = _arena.SafeTile(Steps) >= 0 ? 1 : 0;
        observation[3] = _arena.ShownCommand(Steps) + 1;
        observation[2] = _arena.Walker.Heading;
        observation[1] = _arena.Walker.Y;
        observation[0] = _arena.Walker.X;
    }
}
