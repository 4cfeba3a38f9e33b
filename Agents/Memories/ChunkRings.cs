namespace RLSeq.Agents;

/// <summary>
/// Where <c>hcam</c> is in its episodes: per row a ring of chunks, which all layers share, and the layer inputs that stand in it. The present
/// step's place, behind the newest item, is always free: a step writes into it and then moves on; looking ahead writes into it and does not.
/// It saves and loads the canonical state: the inputs <c>[L, M, D]</c>, then the position.
/// </summary>
internal sealed class ChunkRings
{
    private readonly TransformerSizes _sizes;
    private readonly ChunkGrid _grid;
    private readonly float[] _inputs; // [rows, L, slots, C, D]
    private readonly int[] _position; // in the episode; see ChunkGrid.Positions
    private readonly int[] _open; // the slot of the open chunk

    public ChunkRings(TransformerSizes sizes, ChunkGrid grid, int rows)
    {
        (_sizes, _grid) = (sizes, grid);
        _inputs = new float[checked(rows * sizes.Layers * grid.Slots * grid.Chunk * sizes.Hidden)];
        (_position, _open) = (new int[rows], new int[rows]);
    }

    /// <summary>The present step's position in the episode.</summary>
    public int Position(int row) => _position[row];

    /// <summary>Its place in the open chunk.</summary>
    public int Place(int row) => _position[row] % _grid.Chunk;

    /// <summary>The valid items of a row, beside the free place.</summary>
    public int Count(int row) => Math.Min(_position[row], _sizes.Context);

    /// <summary>The slots that hold anything, from the first on.</summary>
    public int Used(int row) => Math.Min(_grid.Slots, (_position[row] / _grid.Chunk) + 1);

    /// <summary>The slot of a chunk.</summary>
    /// <param name="row">The row.</param>
    /// <param name="age">How many chunks before the open one it is.</param>
    public int Slot(int row, int age) => (_open[row] - age + _grid.Slots) % _grid.Slots;

    /// <summary>Where an item stands.</summary>
    /// <param name="row">The row.</param>
    /// <param name="before">How many steps before the present one it was, at most M.</param>
    public (int Slot, int Place) At(int row, int before)
    {
        int place = Place(row) - before, chunks = place >= 0 ? 0 : (_grid.Chunk - 1 - place) / _grid.Chunk;
        return (Slot(row, chunks), place + (chunks * _grid.Chunk));
    }

    /// <summary>One layer input.</summary>
    public Span<float> Input(int row, int layer, int slot, int place) =>
        _inputs.AsSpan(((((((row * _sizes.Layers) + layer) * _grid.Slots) + slot) * _grid.Chunk) + place) * _sizes.Hidden, _sizes.Hidden);

    /// <summary>Makes the item in the free place valid.</summary>
    public void Advance(int row)
    {
        if (Place(row) == _grid.Chunk - 1) _open[row] = (_open[row] + 1) % _grid.Slots;
        _position[row] = _grid.Fold(_position[row] + 1L);
    }

    /// <summary>Empties a row.</summary>
    public void Begin(int row) => (_position[row], _open[row]) = (0, 0);

    /// <summary>Writes a row's canonical state.</summary>
    public void Save(int row, Span<float> state)
    {
        int count = Count(row);
        state.Clear();
        for (int l = 0; l < _sizes.Layers; l++)
            for (int before = count; before > 0; before--)
            {
                (int slot, int place) = At(row, before);
                Input(row, l, slot, place).CopyTo(Item(state, l, before));
            }
        state[^1] = _position[row];
    }

    /// <summary>Sets a row from a canonical state that was checked.</summary>
    public void Load(int row, ReadOnlySpan<float> state)
    {
        _position[row] = (int)state[^1];
        _open[row] = Used(row) - 1;
        for (int l = 0; l < _sizes.Layers; l++)
            for (int before = Count(row); before > 0; before--)
            {
                (int slot, int place) = At(row, before);
                state.Slice(Offset(l, before), _sizes.Hidden).CopyTo(Input(row, l, slot, place));
            }
    }

    /// <summary>Writes the newest item's layer inputs, <c>[L, D]</c>.</summary>
    public void Newest(int row, Span<float> item)
    {
        if (_sizes.Context == 0) return;
        (int slot, int place) = At(row, 1);
        for (int l = 0; l < _sizes.Layers; l++) Input(row, l, slot, place).CopyTo(item[(l * _sizes.Hidden)..]);
    }

    private Span<float> Item(Span<float> state, int layer, int before) => state.Slice(Offset(layer, before), _sizes.Hidden);

    private int Offset(int layer, int before) => (((layer + 1) * _sizes.Context) - before) * _sizes.Hidden;
}
