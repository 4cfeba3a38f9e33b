namespace RLSeq.Agents;

/// <summary>Keys and values in bfloat16, two neighbouring slots or columns per word (see <see cref="Words"/>).</summary>
internal sealed unsafe class HalfAttentionCache : AttentionCache
{
    private readonly AlignedBuffer<uint> _keys; // [rows, L, H, panels of slots: [D/H, width / 2]]
    private readonly AlignedBuffer<uint> _values; // [rows, L, slots, columns / 2]
    private readonly AlignedBuffer<float> _value; // [columns]: a new value, its heads rounded up

    /// <summary>Makes an empty cache.</summary>
    /// <param name="sizes">The Transformer's sizes.</param>
    /// <param name="rows">The rows.</param>
    public HalfAttentionCache(TransformerSizes sizes, int rows) : base(sizes)
    {
        _keys = new AlignedBuffer<uint>(checked(rows * sizes.Layers * (Slots / 2) * sizes.Hidden));
        _values = new AlignedBuffer<uint>(checked(rows * sizes.Layers * Slots * (Columns / 2)));
        _value = new AlignedBuffer<float>(Columns);
    }

    public override void Write(int row, int layer, int slot, ReadOnlySpan<float> keyValue)
    {
        int size = Sizes.HeadSize, place = (row * Sizes.Layers) + layer;
        int panel = slot / PanelLayout.Width * PanelLayout.Width, width = Math.Min(PanelLayout.Width, Slots - panel);
        for (int head = 0; head < Sizes.Heads; head++)
            keyValue.Slice(Sizes.Hidden + (head * size), size).CopyTo(_value.Span[(head * HeadWidth)..]);
        fixed (float* key = keyValue, value = _value)
        fixed (uint* keys = _keys, values = _values)
        {
            SimdWidth.Run(new RoundHalvesKernel(value, values + ((((long)place * Slots) + slot) * (Columns / 2)), Columns / 2), Plain);
            ushort* number = (ushort*)(keys + ((long)place * Slots * Sizes.Hidden / 2)) + (panel * size) + (2 * Words.Of(slot - panel)) + Words.Upper(slot);
            for (int head = 0; head < Sizes.Heads; head++, number += size * Slots)
                for (int i = 0; i < size; i++) number[i * width] = BFloat16.Round(key[(head * size) + i]);
        }
    }

    protected override void Attend(int row, int layer, int count, int oldest, ReadOnlySpan<float> query, ReadOnlySpan<float> relative, int ahead)
    {
        int place = (row * Sizes.Layers) + layer;
        fixed (uint* keys = _keys, values = _values)
        fixed (float* q = query, r = relative, scores = Scores, weights = Weights, scales = Scales, sums = Sums)
        {
            SimdWidth.Run(new HalfAttentionKernel(
                Sizes, Slots, Columns, count, oldest, q, keys + ((long)place * Slots * Sizes.Hidden / 2), values + ((long)place * Slots * (Columns / 2)), r, scores, weights, scales, sums,
                (long)ahead * Sizes.Layers * Slots * Sizes.Hidden * sizeof(short), (long)ahead * Sizes.Layers * Slots * Columns * sizeof(short)), Plain);
        }
    }
}
