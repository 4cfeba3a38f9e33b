namespace RLSeq.Agents;

/// <summary>
/// What a Transformer remembers while acting: per row and layer a ring of M + 1 slots with the layer inputs <c>[M + 1, D]</c> and the
/// keys and values projected from them. All layers of a row share one position. The slot after the newest item is always free: a
/// step writes into it and then moves on; looking ahead writes into it and does not.
/// </summary>
/// <remarks>Keys lie transposed, <c>[D, slots]</c>, so that the scores of many slots are one vector and no sum runs across a vector.</remarks>
internal sealed class AttentionRings
{
    private readonly TransformerSizes _sizes;
    private readonly float[] _inputs; // [rows, L, M + 1, D]
    private readonly float[] _keys; // [rows, L, D, slots]
    private readonly float[] _values; // [rows, L, M + 1, D]
    private readonly int[] _counts; // valid items, at most M
    private readonly int[] _next; // the free slot

    public AttentionRings(TransformerSizes sizes, int rows)
    {
        _sizes = sizes;
        KeyStride = SimdWidth.RoundUp(sizes.Items);
        _inputs = new float[checked(rows * sizes.Layers * sizes.Items * sizes.Hidden)];
        _values = new float[_inputs.Length];
        _keys = new float[checked(rows * sizes.Layers * KeyStride * sizes.Hidden)];
        (_counts, _next) = (new int[rows], new int[rows]);
    }

    /// <summary>The distance of two rows of transposed keys: the slots, rounded up to whole vectors.</summary>
    public int KeyStride { get; }

    /// <summary>The valid items of a row, beside the free slot.</summary>
    public int Count(int row) => _counts[row];

    /// <summary>The slot that the next step writes into.</summary>
    public int Next(int row) => _next[row];

    /// <summary>The slot of the oldest valid item, or the free slot when there is none.</summary>
    public int Oldest(int row) => (_next[row] - _counts[row] + _sizes.Items) % _sizes.Items;

    /// <summary>Keys of a row and layer, <c>[D, KeyStride]</c>.</summary>
    public Span<float> Keys(int row, int layer) => Part(_keys, row, layer, KeyStride);

    /// <summary>Values of a row and layer, <c>[M + 1, D]</c>.</summary>
    public Span<float> Values(int row, int layer) => Part(_values, row, layer, _sizes.Items);

    /// <summary>Layer inputs of a row and layer, <c>[M + 1, D]</c>.</summary>
    public Span<float> Inputs(int row, int layer) => Part(_inputs, row, layer, _sizes.Items);

    /// <summary>One layer input.</summary>
    public Span<float> Input(int row, int layer, int slot) => Inputs(row, layer).Slice(slot * _sizes.Hidden, _sizes.Hidden);

    /// <summary>Writes a key and a value, <c>[2D]</c>, into a slot.</summary>
    public void Write(int row, int layer, int slot, ReadOnlySpan<float> keyValue)
    {
        int d = _sizes.Hidden;
        Span<float> keys = Keys(row, layer);
        for (int i = 0; i < d; i++) keys[(i * KeyStride) + slot] = keyValue[i];
        keyValue.Slice(d, d).CopyTo(Values(row, layer).Slice(slot * d, d));
    }

    /// <summary>Makes the item in the free slot valid, and the oldest one's slot free where the window is full.</summary>
    public void Advance(int row)
    {
        _counts[row] = Math.Min(_counts[row] + 1, _sizes.Context);
        _next[row] = (_next[row] + 1) % _sizes.Items;
    }

    /// <summary>Empties a row, or declares the first <paramref name="count"/> slots valid.</summary>
    public void Begin(int row, int count = 0) => (_counts[row], _next[row]) = (count, count);

    private Span<float> Part(float[] array, int row, int layer, int items) =>
        array.AsSpan(((row * _sizes.Layers) + layer) * items * _sizes.Hidden, items * _sizes.Hidden);
}
