namespace RLSeq.Agents;

/// <summary>Keys and values as 32-bit floats.</summary>
internal sealed unsafe class FloatAttentionCache : AttentionCache
{
    private readonly AlignedBuffer<float> _keys; // [rows, L, H, panels of slots: [D/H, width]]
    private readonly AlignedBuffer<float> _values; // [rows, L, slots, columns]

    /// <summary>Makes an empty cache.</summary>
    /// <param name="sizes">The Transformer's sizes.</param>
    /// <param name="rows">The rows.</param>
    public FloatAttentionCache(TransformerSizes sizes, int rows) : base(sizes)
    {
        _keys = new AlignedBuffer<float>(checked(rows * sizes.Layers * Slots * sizes.Hidden));
        _values = new AlignedBuffer<float>(checked(rows * sizes.Layers * Slots * Columns));
    }

    public override void Write(int row, int layer, int slot, ReadOnlySpan<float> keyValue)
    {
        int size = Sizes.HeadSize, place = (row * Sizes.Layers) + layer;
        int panel = slot / PanelLayout.Width * PanelLayout.Width, width = Math.Min(PanelLayout.Width, Slots - panel);
        Span<float> keys = _keys.Span.Slice((place * Slots * Sizes.Hidden) + (panel * size) + slot - panel), values = _values.Span.Slice(((place * Slots) + slot) * Columns);
        for (int head = 0; head < Sizes.Heads; head++)
        {
            Span<float> key = keys[(head * size * Slots)..];
            for (int i = 0; i < size; i++) key[i * width] = keyValue[(head * size) + i];
            keyValue.Slice(Sizes.Hidden + (head * size), size).CopyTo(values[(head * HeadWidth)..]);
        }
    }

    protected override void Attend(int row, int layer, int count, int oldest, ReadOnlySpan<float> query, ReadOnlySpan<float> relative, int ahead)
    {
        int place = (row * Sizes.Layers) + layer;
        fixed (float* keys = _keys, values = _values, q = query, r = relative, scores = Scores, weights = Weights, scales = Scales, sums = Sums)
        {
            SimdWidth.Run(new FloatAttentionKernel(
                Sizes, Slots, Columns, count, oldest, q, keys + ((long)place * Slots * Sizes.Hidden), values + ((long)place * Slots * Columns), r, scores, weights, scales, sums,
                (long)ahead * Sizes.Layers * Slots * Sizes.Hidden * sizeof(float), (long)ahead * Sizes.Layers * Slots * Columns * sizeof(float)), Plain);
        }
    }
}
