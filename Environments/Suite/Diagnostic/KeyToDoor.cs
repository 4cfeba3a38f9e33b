using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// Key-to-Door (Hung et al. 2019, in the setting of Ni et al. 2023): 15 steps in a room with a key, L steps in one with apples (each
/// earns 1 and returns after 20 steps), 10 steps before a door that earns 5 to whoever took the key. The agent sees 5x5 cells around
/// itself. Actions: up (0), down (1), left (2), right (3); a move into a wall does nothing. L + 25 steps.
/// </summary>
/// <remarks>
/// <para>Taking the key pays only L steps later, in an episode full of other rewards: it tests credit more than memory, as walking to
/// the door costs nothing without the key. The key is not visible again; a light in the wall shows for one step that it was taken.</para>
/// <para>The observation is either the kinds of the 25 cells, row by row (floor, wall, key, door, apple, light, agent), or their colours
/// as 5x5x3 bytes, like the original's (which puts the channels first). Key, agent and 10 of 22 apple places are random.</para>
/// </remarks>
public sealed class KeyToDoor : SaveableEnvironment, ITextRenderable, IImageRenderable, IFullState
{
    private const int View = 5, Reach = View / 2, CellPixels = 16;
    private const string Letters = " #kDa!@";
    private readonly KeyToDoorBoard _board;
    private readonly int _lastStep;
    private readonly bool _isImage;

    /// <summary>Makes the task.</summary>
    /// <param name="appleSteps">L, at least 1.</param>
    /// <param name="image">Whether the observation is an image.</param>
    public KeyToDoor(int appleSteps, bool image = false)
        : base(
            image ? Space.Bytes(View, View, 3) : new MultiDiscreteSpace([.. Enumerable.Repeat(KeyToDoorBoard.Kinds, View * View)]),
            Space.Discrete(4),
            $"KeyToDoor{(image ? "Pixels" : "")}{appleSteps}")
    {
        if (appleSteps < 1) throw new ArgumentOutOfRangeException(nameof(appleSteps), appleSteps, "The room with apples needs at least one step.");
        (_board, _isImage) = (new KeyToDoorBoard(appleSteps), image);
        _lastStep = KeyToDoorBoard.KeyFrames + appleSteps + KeyToDoorBoard.DoorFrames;
    }

    /// <summary>The kinds of all 7x11 cells, row by row, whether the key was taken and is unused, and the elapsed share of the episode.</summary>
    public Space FullStateSpace { get; } = Space.Tuple(
        new MultiDiscreteSpace([.. Enumerable.Repeat(KeyToDoorBoard.Kinds, KeyToDoorBoard.Width * KeyToDoorBoard.Height)]), Space.Discrete(2), Space.Box(0, 1, 1));

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        int i = 0;
        for (int y = 0; y < KeyToDoorBoard.Height; y++)
            for (int x = 0; x < KeyToDoorBoard.Width; x++) state[i++] = (float)_board[x, y];
        state[i++] = _board.HasKey ? 1 : 0;
        state[i] = Math.Min(1, (float)Steps / _lastStep);
    }

    /// <inheritdoc/>
    public void Render(TextWriter output)
    {
        output.WriteLine($"{Name}: step {Steps} of {_lastStep}, {(_board.HasKey ? "with" : "without")} the key");
        for (int y = 0; y < KeyToDoorBoard.Height; y++)
        {
            for (int x = 0; x < KeyToDoorBoard.Width; x++) output.Write(Letters[(int)_board[x, y]]);
            output.WriteLine();
        }
    }

    /// <inheritdoc/>
    public int ImageWidth => KeyToDoorBoard.Width * CellPixels;

    /// <inheritdoc/>
    public int ImageHeight => KeyToDoorBoard.Height * CellPixels;

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels)
    {
        var raster = new Raster(pixels, ImageWidth, ImageHeight);
        for (int y = 0; y < KeyToDoorBoard.Height; y++)
        {
            for (int x = 0; x < KeyToDoorBoard.Width; x++)
            {
                KeyToDoorCell cell = _board[x, y];
                bool isShape = cell is KeyToDoorCell.Agent or KeyToDoorCell.Apple or KeyToDoorCell.Key;
                raster.FillCell(x, y, CellPixels, ColorOf(isShape ? KeyToDoorCell.Floor : cell));
                if (cell == KeyToDoorCell.Key) raster.DrawKey(x, y, CellPixels, ColorOf(cell));
                else if (isShape) raster.DrawDisc(x, y, CellPixels, cell == KeyToDoorCell.Agent ? 0.45 : 0.3, ColorOf(cell));
            }
        }
        if (_board.HasKey) raster.DrawKey(KeyToDoorBoard.Width - 1, KeyToDoorBoard.Height - 1, CellPixels, ColorOf(KeyToDoorCell.Key));
    }

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _board.Reset(ref Random);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        float reward = _board.Move(Discrete(action));
        Observe(observation);
        return new(reward, Terminated: Steps >= _lastStep, Truncated: false);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _board.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _board.Restore(ref reader);

    private void Observe(Span<float> observation)
    {
        int left = (_board.Agent % KeyToDoorBoard.Width) - Reach, top = (_board.Agent / KeyToDoorBoard.Width) - Reach, i = 0;
        for (int y = top; y < top + View; y++)
        {
            for (int x = left; x < left + View; x++)
            {
                KeyToDoorCell cell = _board[x, y];
                if (!_isImage)
                {
                    observation[i++] = (float)cell;
                    continue;
                }
                Color color = ColorOf(cell);
                observation[i++] = color.Red;
                observation[i++] = color.Green;
                observation[i++] = color.Blue;
            }
        }
    }

    /// <summary>The colours of the original, in 255ths.</summary>
    private static Color ColorOf(KeyToDoorCell cell) => cell switch
    {
        KeyToDoorCell.Floor => Color.Gray(204),
        KeyToDoorCell.Wall => Color.Gray(25),
        KeyToDoorCell.Key => new(159, 81, 44),
        KeyToDoorCell.Door => new(134, 206, 235),
        KeyToDoorCell.Apple => new(140, 178, 0),
        KeyToDoorCell.Light => Color.White,
        _ => new(228, 148, 109),
    };
}
