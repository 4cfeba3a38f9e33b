namespace RLSeq.Agents;

/// <summary>Keys and values as floats.</summary>
/// <typeparam name="T">How they are kept: <see cref="float"/> or <see cref="BFloat16"/>.</typeparam>
internal sealed unsafe class FloatAttentionCache<T> : AttentionCache
    where T : unmanaged
{
    private readonly AlignedBuffer<T> _keys; // [rows, L, H, panels of slots: [D/H, width]]
    private readonly AlignedBuffer<T> _values; // [rows, L, slots, D]

    /// <summary>Makes an empty cache.</summary>
    /// <param name="sizes">The Transformer's sizes.</param>
    /// <param name="rows">The rows.</param>
    public FloatAttentionCache(TransformerSizes sizes, int rows) : base(sizes)
    {
        _keys = new AlignedBuffer<T>(checked(rows * sizes.Layers * Slots * sizes.Hidden));
        _values = new AlignedBuffer<T>(_keys.Length);
    }

    public override void Write(int row, int layer, int slot, ReadOnlySpan<float> keyValue)
    {
        int d = Sizes.Hidden, size = Sizes.HeadSize, begin = Begin(row, layer);
        int panel = slot / PanelLayout.Width * PanelLayout.Width, width = Math.Min(PanelLayout.Width, Slots - panel);
        fixed (T* keys = _keys, values = _values)
        {
            for (int head = 0; head < Sizes.Heads; head++)
            {
                T* key = keys + begin + (head * size * Slots) + (panel * size) + (slot - panel);
                for (int i = 0; i < size; i++) key[i * width] = Of(keyValue[(head * size) + i]);
            }
            T* value = values + begin + (slot * d);
            for (int i = 0; i < d; i++) value[i] = Of(keyValue[d + i]);
        }
    }

    public override void Attend(int row, int layer, int count, int oldest, ReadOnlySpan<float> query, ReadOnlySpan<float> relative, Span<float> output)
    {
        int begin = Begin(row, layer);
        fixed (T* keys = _keys, values = _values)
        fixed (float* q = query, r = relative, scores = Scores, weights = Weights, y = output)
            SimdWidth.Run(new FloatAttentionKernel<T>(Sizes, Slots, count, oldest, q, keys + begin, values + begin, r, scores, weights, y));
    }

    private static T Of(float value)
    {
        if (typeof(T) == typeof(float)) return *(T*)&value;
        BFloat16 rounded = BFloat16.Round(value);
        return *(T*)&rounded;
    }

    private int Begin(int row, int layer) => ((row * Sizes.Layers) + layer) * Slots * Sizes.Hidden;
}
