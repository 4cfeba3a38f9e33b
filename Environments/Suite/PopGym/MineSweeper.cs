using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's MineSweeper (Morad et al. 2023): uncover the S = n^2 - m cells without a mine, one at a time. A new clear cell earns 1/S, one
/// seen before costs 0.5/(S - 2), a mine costs 0.5 + 1/S and ends the episode, as the last clear cell does. Truncated after S steps.
/// </summary>
/// <remarks>
/// Observes the number of mines among the cell and its eight neighbours: which cell was uncovered, the agent must know from its
/// previous action. Truncated after S steps as in the original since May 2026, which allowed one more before.
/// </remarks>
public sealed class MineSweeper : SaveableEnvironment, ITextRenderable, IImageRenderable, IFullState
{
    private const byte Mine = 1, Seen = 2;
    private const int Neighbourhood = 9, CellPixels = 20;
    private static readonly Color Covered = new(170, 170, 170), Exploded = new(220, 40, 40), Border = new(110, 110, 110);
    private readonly int _size, _mines, _clear;
    private readonly byte[] _cells;
    private readonly float _newReward, _seenReward, _mineReward;
    private int _left;

    /// <summary>Makes the task with n = 4, 6 or 8 and m = 2, 6 or 10 mines: at most 14, 30 or 54 steps.</summary>
    /// <param name="difficulty">The level.</param>
    public MineSweeper(Difficulty difficulty)
        : base(Space.Discrete(Counts(difficulty)), Space.MultiDiscrete(Board(difficulty).Size, Board(difficulty).Size), nameof(MineSweeper) + difficulty)
    {
        (_size, _mines) = Board(difficulty);
        _cells = new byte[_size * _size];
        _clear = _cells.Length - _mines;
        (_newReward, _seenReward, _mineReward) = (1f / _clear, -0.5f / (_clear - 2), -0.5f - (1f / _clear));
        FullStateSpace = new MultiDiscreteSpace([.. Enumerable.Repeat(Counts(difficulty) + 1, _cells.Length)]);
    }

    /// <summary>
    /// What is known of every cell, row by row: 0 nothing, k + 1 that it was uncovered and showed k. It is what a perfect memory would
    /// hold; the mines stay hidden.
    /// </summary>
    public Space FullStateSpace { get; }

    /// <inheritdoc/>
    public void Render(TextWriter output)
    {
        output.WriteLine($"{Name}: step {Steps} of {_clear}, {_clear - _left} of {_clear} uncovered");
        byte[] drawn = [.. _cells.Select((cell, i) => (byte)((cell & Mine) != 0 ? '*' : (cell & Seen) != 0 ? '0' + CountMines(i / _size, i % _size) : '.'))];
        GridText.Render(output, drawn, _size, letter => (char)letter);
    }

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        for (int i = 0, row = 0; row < _size; row++)
            for (int column = 0; column < _size; column++, i++) state[i] = (_cells[i] & Seen) == 0 ? 0 : CountMines(row, column) + 1;
    }

    /// <inheritdoc/>
    public int ImageWidth => _size * CellPixels;

    /// <inheritdoc/>
    public int ImageHeight => _size * CellPixels;

    /// <summary>Draws covered cells in grey, uncovered ones in white with their number, and the mines, hidden or not, as discs.</summary>
    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels)
    {
        var raster = new Raster(pixels, ImageWidth, ImageHeight);
        for (int i = 0; i < _cells.Length; i++)
        {
            (int x, int y, byte cell) = (i % _size, i / _size, _cells[i]);
            bool seen = (cell & Seen) != 0;
            raster.FillCell(x, y, CellPixels, seen ? Color.White : Covered, Border);
            if ((cell & Mine) != 0) raster.DrawDisc(x, y, CellPixels, 0.3, seen ? Exploded : Color.Black);
            else if (seen) raster.DrawNumber(x, y, CellPixels, CountMines(y, x), Color.Black);
        }
    }

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        Array.Clear(_cells, 0, _cells.Length);
        _left = _clear;
        for (int placed = 0; placed < _mines;)
        {
            ref byte cell = ref _cells[Random.NextInt(_cells.Length)];
            if (cell == 0) placed++;
            cell = Mine;
        }
        observation[0] = 0;
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        int row = Discrete(action), column = Discrete(action, 1);
        ref byte cell = ref _cells[(row * _size) + column];
        byte before = cell;
        cell |= Seen;
        observation[0] = CountMines(row, column);
        if ((before & Mine) != 0) return new(_mineReward, Terminated: true, Truncated: false);
        if (before == 0) _left--;
        return new(before == 0 ? _newReward : _seenReward, Terminated: _left == 0, Truncated: _left > 0 && Steps >= _clear);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => writer.Write(_cells);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ReadBytes(ref reader, _cells, Mine + Seen + 1, Name);
        int mines = _cells.Count(cell => (cell & Mine) != 0);
        if (mines != _mines && (IsRunning || mines != 0)) throw new MessagePackSerializationException($"The saved state of {Name} has {mines} mines; expected: {_mines}.");
        _left = _cells.Count(cell => cell == 0);
        if (IsRunning && _left == 0) throw new MessagePackSerializationException($"The saved state of {Name} goes on after the last cell.");
    }

    /// <summary>The mines among a cell and its neighbours.</summary>
    private int CountMines(int row, int column)
    {
        int count = 0, lastRow = Math.Min(row + 1, _size - 1), lastColumn = Math.Min(column + 1, _size - 1);
        for (int r = Math.Max(row - 1, 0); r <= lastRow; r++)
            for (int c = Math.Max(column - 1, 0); c <= lastColumn; c++) count += _cells[(r * _size) + c] & Mine;
        return count;
    }

    private static (int Size, int Mines) Board(Difficulty difficulty) => difficulty switch { Difficulty.Easy => (4, 2), Difficulty.Medium => (6, 6), _ => (8, 10) };

    /// <summary>The number of values that an observation can have.</summary>
    private static int Counts(Difficulty difficulty) => Math.Min(Board(difficulty).Mines, Neighbourhood) + 1;
}
