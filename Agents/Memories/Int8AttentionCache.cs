namespace RLSeq.Agents;

/// <summary>
/// Keys and values as small integers, each key and value with a scale per head. A query is rounded to 16 bits per head; so are the
/// attention weights, after the values' scales were multiplied into them. Sums are exact, so the slots' order does not matter.
/// </summary>
internal sealed unsafe class Int8AttentionCache : AttentionCache
{
    private readonly AlignedBuffer<sbyte> _keys; // [rows, L, H, panels of slots: [pairs of D/H, width, 2]]
    private readonly AlignedBuffer<sbyte> _values; // [rows, L, pairs of slots, D, 2]
    private readonly AlignedBuffer<float> _keyScales, _valueScales; // [rows, L, H, slots]
    private readonly AlignedBuffer<short> _query; // [H, D/H rounded up to pairs]
    private readonly AlignedBuffer<short> _rounded; // [H, slots]: weights by slot
    private readonly AlignedBuffer<short> _newItem; // [2H, D/H rounded up to pairs]: a key and a value
    private readonly float[] _queryScales, _weightScales, _newScales; // [H], [H], [2H]

    /// <summary>Makes an empty cache.</summary>
    /// <param name="sizes">The Transformer's sizes.</param>
    /// <param name="rows">The rows.</param>
    public Int8AttentionCache(TransformerSizes sizes, int rows) : base(sizes)
    {
        int pairs = (sizes.HeadSize + 1) / 2, perLayer = checked(sizes.Heads * Slots);
        _keys = new AlignedBuffer<sbyte>(checked(rows * sizes.Layers * perLayer * pairs * 2));
        _values = new AlignedBuffer<sbyte>(checked(rows * sizes.Layers * Slots * sizes.Hidden));
        _keyScales = new AlignedBuffer<float>(checked(rows * sizes.Layers * perLayer));
        _valueScales = new AlignedBuffer<float>(_keyScales.Length);
        _query = new AlignedBuffer<short>(sizes.Heads * pairs * 2);
        _rounded = new AlignedBuffer<short>(perLayer);
        _newItem = new AlignedBuffer<short>(2 * _query.Length);
        (_queryScales, _weightScales, _newScales) = (new float[sizes.Heads], new float[sizes.Heads], new float[2 * sizes.Heads]);
    }

    private int Pairs => (Sizes.HeadSize + 1) / 2;

    public override void Write(int row, int layer, int slot, ReadOnlySpan<float> keyValue)
    {
        int d = Sizes.Hidden, heads = Sizes.Heads, size = Sizes.HeadSize, pairs = Pairs, at = (row * Sizes.Layers) + layer;
        int panel = slot / PanelLayout.Width * PanelLayout.Width, width = Math.Min(PanelLayout.Width, Slots - panel);
        fixed (float* x = keyValue, scales = _newScales, keyScales = _keyScales, valueScales = _valueScales)
        fixed (short* rounded = _newItem)
        fixed (sbyte* keys = _keys, values = _values)
        {
            // All heads of the key, then all heads of the value, are rows to be rounded.
            SimdWidth.Run(new RoundKernel(x, 2 * heads, size, (int*)rounded, scales, Quantizer.Int8Limit));
            sbyte* value = values + ((long)at * Slots * d) + (slot / 2 * d * 2) + (slot % 2);
            for (int head = 0; head < heads; head++)
            {
                int place = (((at * heads) + head) * Slots) + slot;
                (keyScales[place], valueScales[place]) = (scales[head], scales[heads + head]);
                short* newKey = rounded + (head * pairs * 2), newValue = rounded + ((heads + head) * pairs * 2);
                sbyte* key = keys + ((((long)at * heads) + head) * Slots * pairs * 2) + (panel * pairs * 2) + ((slot - panel) * 2);
                for (int i = 0; i < pairs; i++, key += 2 * width) (key[0], key[1]) = ((sbyte)newKey[2 * i], (sbyte)newKey[(2 * i) + 1]);
                for (int i = 0; i < size; i++) value[((head * size) + i) * 2] = (sbyte)newValue[i];
            }
        }
    }

    public override void Attend(int row, int layer, int count, int oldest, ReadOnlySpan<float> query, ReadOnlySpan<float> relative, Span<float> output)
    {
        int at = (row * Sizes.Layers) + layer, heads = Sizes.Heads;
        fixed (sbyte* keys = _keys, values = _values)
        fixed (float* keyScales = _keyScales, valueScales = _valueScales, q = query, r = relative, y = output)
        fixed (float* scores = Scores, weights = Weights, queryScales = _queryScales, weightScales = _weightScales)
        fixed (short* rounded = _query, roundedWeights = _rounded)
        {
            var attention = new Int8Attention
            {
                Sizes = Sizes, Slots = Slots, Count = count, Oldest = oldest,
                Query = (int*)rounded, QueryScales = queryScales,
                Keys = keys + ((long)at * heads * Slots * Pairs * 2), KeyScales = keyScales + (at * heads * Slots),
                Values = values + ((long)at * Slots * Sizes.Hidden), ValueScales = valueScales + (at * heads * Slots),
                Relative = r, Scores = scores, Weights = weights, RoundedWeights = roundedWeights, WeightScales = weightScales, Output = y,
            };
            SimdWidth.Run(new RoundKernel(q, heads, Sizes.HeadSize, attention.Query, queryScales, Quantizer.Limit(Sizes.HeadSize)));
            PairsWidth.Run(new Int8Attention.Score(attention));
            SimdWidth.Run(new Int8Attention.Weigh(attention));
            PairsWidth.Run(new Int8Attention.SumValues(attention));
        }
    }
}
