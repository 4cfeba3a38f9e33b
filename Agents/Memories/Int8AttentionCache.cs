namespace RLSeq.Agents;

/// <summary>
/// Keys and values as small integers, each key and value with a scale per head. A query is rounded to 16 bits per head; so are the
/// attention weights, after the values' scales were multiplied into them. Sums are exact, so the slots' order does not matter.
/// </summary>
internal sealed unsafe class Int8AttentionCache : AttentionCache
{
    private readonly AlignedBuffer<int> _keys; // [rows, L, H, panels of slots: [pairs of D/H, width / 2]]
    private readonly AlignedBuffer<int> _values; // [rows, L, H, pairs of slots, head width / 2]
    private readonly AlignedBuffer<float> _keyScales, _valueScales; // [rows, L, H, slots]
    private readonly AlignedBuffer<int> _query; // [H, pairs of D/H]
    private readonly AlignedBuffer<short> _rounded; // [H, slots]: weights by slot
    private readonly AlignedBuffer<int> _newItem; // [2H, pairs of D/H]: a key and a value
    private readonly float[] _queryScales, _weightScales, _newScales; // [H], [H], [2H]

    /// <summary>Makes an empty cache.</summary>
    /// <param name="sizes">The Transformer's sizes.</param>
    /// <param name="rows">The rows.</param>
    public Int8AttentionCache(TransformerSizes sizes, int rows) : base(sizes, Words.Group)
    {
        int heads = sizes.Heads, places = checked(rows * sizes.Layers);
        Pairs = (sizes.HeadSize + 1) / 2;
        _keys = new AlignedBuffer<int>(checked(places * heads * Pairs * (Slots / 2)));
        _values = new AlignedBuffer<int>(checked(places * (Slots / 2) * (Columns / 2)));
        _keyScales = new AlignedBuffer<float>(checked(places * heads * Slots));
        _valueScales = new AlignedBuffer<float>(_keyScales.Length);
        _query = new AlignedBuffer<int>(heads * Pairs);
        _rounded = new AlignedBuffer<short>(heads * Slots);
        _newItem = new AlignedBuffer<int>(2 * heads * Pairs);
        (_queryScales, _weightScales, _newScales) = (new float[heads], new float[heads], new float[2 * heads]);
    }

    private int Pairs { get; }

    public override void Write(int row, int layer, int slot, ReadOnlySpan<float> keyValue)
    {
        int heads = Sizes.Heads, size = Sizes.HeadSize, place = (row * Sizes.Layers) + layer;
        int panel = slot / PanelLayout.Width * PanelLayout.Width, width = Math.Min(PanelLayout.Width, Slots - panel);
        bool upper = Words.Upper(slot) == 1;
        fixed (float* x = keyValue, scales = _newScales)
        fixed (int* rounded = _newItem, keys = _keys, values = _values)
        {
            // All heads of the key, then all heads of the value, are rows to be rounded.
            SimdWidth.Run(new RoundKernel(x, 2 * heads, size, rounded, scales, Quantizer.Int8Limit), Plain);
            short* key = (short*)(keys + ((long)place * heads * Pairs * (Slots / 2))) + (panel * Pairs) + (2 * Words.Of(slot - panel));
            short* value = (short*)(values + ((long)place * (Slots / 2) * (Columns / 2))) + (slot / 2 * HeadWidth) + (slot % 2);
            short* newKey = (short*)rounded, newValue = newKey + (heads * Pairs * 2);
            for (int head = 0; head < heads; head++)
            {
                int scale = (((place * heads) + head) * Slots) + slot;
                (_keyScales.Span[scale], _valueScales.Span[scale]) = (scales[head], scales[heads + head]);
                PutKey(key, width, newKey, upper);
                PutValue(value, newValue, size);
                key += Pairs * Slots;
                value += Slots / 2 * HeadWidth;
                newKey += Pairs * 2;
                newValue += Pairs * 2;
            }
        }
    }

    protected override void Attend(int row, int layer, int count, int oldest, ReadOnlySpan<float> query, ReadOnlySpan<float> relative, int ahead)
    {
        int place = (row * Sizes.Layers) + layer, heads = Sizes.Heads;
        fixed (int* keys = _keys, values = _values, roundedQuery = _query)
        fixed (float* keyScales = _keyScales, valueScales = _valueScales, q = query, r = relative, sums = Sums)
        fixed (float* scores = Scores, weights = Weights, queryScales = _queryScales, weightScales = _weightScales, scales = Scales)
        fixed (short* roundedWeights = _rounded)
        {
            var attention = new Int8Attention
            {
                Sizes = Sizes,
                Slots = Slots,
                HeadWidth = HeadWidth,
                Count = count,
                Oldest = oldest,
                Query = roundedQuery,
                QueryScales = queryScales,
                Keys = keys + ((long)place * heads * Pairs * (Slots / 2)),
                KeyScales = keyScales + ((long)place * heads * Slots),
                Values = values + ((long)place * (Slots / 2) * (Columns / 2)),
                ValueScales = valueScales + ((long)place * heads * Slots),
                Relative = r,
                Scores = scores,
                Weights = weights,
                RoundedWeights = roundedWeights,
                WeightScales = weightScales,
                Scales = scales,
                Sums = sums,
                AheadKeys = (long)ahead * Sizes.Layers * heads * Pairs * Slots * sizeof(short),
                AheadValues = (long)ahead * Sizes.Layers * Slots * Columns,
            };
            SimdWidth.Run(new RoundKernel(q, heads, Sizes.HeadSize, roundedQuery, queryScales, Quantizer.Limit(Sizes.HeadSize)), Plain);
            PairsWidth.Run(new Int8Attention.Score(attention), Plain);
            SimdWidth.Run(new Int8Attention.Weigh(attention), Plain);
            PairsWidth.Run(new Int8Attention.SumValues(attention), Plain);
        }
    }

    /// <summary>A key's integers each share a number <c>256 b + a</c> with those of the slot 16 further on or back, which stays as it is.</summary>
    private void PutKey(short* key, int width, short* newKey, bool upper)
    {
        for (int i = 0; i < Pairs; i++, key += width, newKey += 2)
        {
            int first = (key[0] + 128) & ~255, second = (key[1] + 128) & ~255; // 256 b
            (key[0], key[1]) = upper
                ? ((short)((newKey[0] << 8) + key[0] - first), (short)((newKey[1] << 8) + key[1] - second))
                : ((short)(first + newKey[0]), (short)(second + newKey[1]));
        }
    }

    /// <summary>A value's integers share numbers among themselves: those of columns 16 apart.</summary>
    private static void PutValue(short* value, short* newValue, int size)
    {
        for (int group = 0; group < size; group += Words.Group, value += Words.Group, newValue += Words.Group)
        {
            int half = Words.Group / 2, low = Math.Min(half, size - group), high = Math.Min(half, size - group - half);
            for (int i = 0; i < high; i++) value[2 * i] = (short)((newValue[half + i] << 8) + newValue[i]);
            for (int i = Math.Max(0, high); i < low; i++) value[2 * i] = newValue[i];
        }
    }
}
