namespace RLSeq.Agents;

/// <summary>
/// Where a Transformer is in its episodes: per row a ring of M + 1 slots, which all layers share, and the layer inputs
/// <c>[M + 1, D]</c> that stand in it. The slot after the newest item is always free: a step writes into it and then moves on; looking
/// ahead writes into it and does not.
/// </summary>
internal sealed class AttentionRings
{
    private readonly TransformerSizes _sizes;
    private readonly float[] _inputs; // [rows, L, M + 1, D]
    private readonly int[] _counts; // valid items, at most M
    private readonly int[] _next; // the free slot

    public AttentionRings(TransformerSizes sizes, int rows)
    {
        _sizes = sizes;
        _inputs = new float[checked(rows * sizes.Layers * sizes.Items * sizes.Hidden)];
        (_counts, _next) = (new int[rows], new int[rows]);
    }

    /// <summary>The valid items of a row, beside the free slot.</summary>
    public int Count(int row) => _counts[row];

    /// <summary>The slot that the next step writes into.</summary>
    public int Next(int row) => _next[row];

    /// <summary>The slot of the oldest valid item, or the free slot when there is none.</summary>
    public int Oldest(int row) => (_next[row] - _counts[row] + _sizes.Items) % _sizes.Items;

    /// <summary>The slots from the first to the last that the next step attends to.</summary>
    public int Used(int row) => Math.Min(_sizes.Items, Oldest(row) + _counts[row] + 1);

    /// <summary>Layer inputs of a row and layer, <c>[M + 1, D]</c>.</summary>
    public Span<float> Inputs(int row, int layer) =>
        _inputs.AsSpan(((row * _sizes.Layers) + layer) * _sizes.Items * _sizes.Hidden, _sizes.Items * _sizes.Hidden);

    /// <summary>One layer input.</summary>
    public Span<float> Input(int row, int layer, int slot) => Inputs(row, layer).Slice(slot * _sizes.Hidden, _sizes.Hidden);

    /// <summary>Makes the item in the free slot valid, and the oldest one's slot free where the window is full.</summary>
    public void Advance(int row)
    {
        _counts[row] = Math.Min(_counts[row] + 1, _sizes.Context);
        _next[row] = (_next[row] + 1) % _sizes.Items;
    }

    /// <summary>Empties a row, or declares the first <paramref name="count"/> slots valid.</summary>
    public void Begin(int row, int count = 0) => (_counts[row], _next[row]) = (count, count);
}
