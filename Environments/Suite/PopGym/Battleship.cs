using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's Battleship (Morad et al. 2023): find ships of 2, 3, 3 and 4 cells on a hidden board by guessing cells. A hit earns 1/12, any
/// other guess, repeated ones included, costs 1/(n^2 - 12). Terminated with the last hit, truncated after n^2 guesses.
/// </summary>
/// <remarks>
/// Observes only whether the guess was a hit: which cell was guessed, the agent must know from its previous action. Ships may touch.
/// Guessing every cell once earns 1/13 and not 0, because the episode ends with the last hit.
/// </remarks>
public sealed class Battleship : SaveableEnvironment, ITextRenderable, IImageRenderable, IFullState
{
    private const byte Ship = 1, Guessed = 2;
    private const int ShipCells = 12, CellPixels = 20;
    private static readonly Color Sea = new(150, 190, 230), Hull = new(120, 120, 130), Hit = new(200, 40, 40), Border = new(90, 120, 160);

    // What is known of a cell with each combination of its two bits.
    private static readonly float[] Known = [0, 0, 1, 2];
    private static readonly int[] ShipLengths = [2, 3, 3, 4];
    private readonly int _size;
    private readonly byte[] _cells;
    private readonly float _hitReward, _missReward;
    private int _hits;

    /// <summary>Makes the task on a board of n = 8, 10 or 12: at most 64, 100 or 144 steps.</summary>
    /// <param name="difficulty">The level.</param>
    public Battleship(Difficulty difficulty)
        : base(Space.Discrete(2), Space.MultiDiscrete(Side(difficulty), Side(difficulty)), nameof(Battleship) + difficulty)
    {
        _size = Side(difficulty);
        _cells = new byte[_size * _size];
        (_hitReward, _missReward) = (1f / ShipCells, -1f / (_cells.Length - ShipCells));
        FullStateSpace = new MultiDiscreteSpace([.. Enumerable.Repeat(3, _cells.Length)]);
    }

    /// <summary>
    /// What is known of every cell, row by row: 0 nothing, 1 a miss, 2 a hit. It is what a perfect memory would hold; the ships that
    /// nobody has found stay hidden.
    /// </summary>
    public Space FullStateSpace { get; }

    /// <inheritdoc/>
    public void Render(TextWriter output)
    {
        output.WriteLine($"{Name}: guess {Steps} of {_cells.Length}, {_hits} of {ShipCells} hit");
        GridText.Render(output, _cells, _size, cell => cell switch { 0 => '.', Ship => 's', Guessed => 'o', _ => 'X' });
    }

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        for (int i = 0; i < _cells.Length; i++) state[i] = Known[_cells[i]];
    }

    /// <inheritdoc/>
    public int ImageWidth => _size * CellPixels;

    /// <inheritdoc/>
    public int ImageHeight => _size * CellPixels;

    /// <summary>Draws the sea, the ships in grey, hits as red discs and misses as white ones.</summary>
    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels)
    {
        var raster = new Raster(pixels, ImageWidth, ImageHeight);
        for (int i = 0; i < _cells.Length; i++)
        {
            (int x, int y, byte cell) = (i % _size, i / _size, _cells[i]);
            raster.FillCell(x, y, CellPixels, (cell & Ship) != 0 ? Hull : Sea, Border);
            if ((cell & Guessed) != 0) raster.DrawDisc(x, y, CellPixels, 0.25, (cell & Ship) != 0 ? Hit : Color.White);
        }
    }

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        Array.Clear(_cells, 0, _cells.Length);
        _hits = 0;
        foreach (int length in ShipLengths) Place(length);
        observation[0] = 0;
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        ref byte cell = ref _cells[(Discrete(action) * _size) + Discrete(action, 1)];
        bool hit = cell == Ship;
        cell |= Guessed;
        if (hit) _hits++;
        observation[0] = hit ? 1 : 0;
        bool found = _hits == ShipCells;
        return new(hit ? _hitReward : _missReward, Terminated: found, Truncated: !found && Steps >= _cells.Length);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => writer.Write(_cells);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader)
    {
        SavedData.ReadBytes(ref reader, _cells, Ship + Guessed + 1, Name);
        _hits = _cells.Count(cell => cell == Ship + Guessed);
        int ships = _cells.Count(cell => (cell & Ship) != 0);
        if (ships != ShipCells && (IsRunning || ships != 0)) throw new MessagePackSerializationException($"The saved state of {Name} has {ships} cells with ships; expected: {ShipCells}.");
        if (IsRunning && _hits == ShipCells) throw new MessagePackSerializationException($"The saved state of {Name} goes on after the last hit.");
    }

    /// <summary>Draws a start, an axis and a direction until the ship lies on free cells of the board.</summary>
    private void Place(int length)
    {
        while (true)
        {
            int row = Random.NextInt(_size), column = Random.NextInt(_size), direction = Random.NextInt(4);
            int sign = (direction & 1) == 0 ? 1 : -1, end = ((direction & 2) == 0 ? row : column) + (sign * (length - 1));
            if (end < 0 || end >= _size) continue;
            int first = (row * _size) + column, stride = sign * ((direction & 2) == 0 ? _size : 1);
            if (!IsFree(first, stride, length)) continue;
            for (int i = 0; i < length; i++) _cells[first + (i * stride)] = Ship;
            return;
        }
    }

    private bool IsFree(int first, int stride, int length)
    {
        for (int i = 0; i < length; i++)
            if (_cells[first + (i * stride)] != 0) return false;
        return true;
    }

    private static int Side(Difficulty difficulty) => difficulty switch { Difficulty.Easy => 8, Difficulty.Medium => 10, _ => 12 };
}
