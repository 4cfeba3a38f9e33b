namespace RLSeq.Agents;

/// <summary>
/// The cached keys and values of every row and layer, in one number format, by slot of the rings (see <see cref="AttentionRings"/>).
/// Keys lie transposed, in panels of slots as the outputs of a dense layer, so that the scores of many slots are one vector and no
/// sum runs across a vector. Values lie by slot, each head rounded up to whole vectors.
/// </summary>
internal abstract class AttentionCache
{
    /// <summary>Takes the sizes.</summary>
    /// <param name="sizes">The Transformer's sizes.</param>
    /// <param name="columns">A head's value is rounded up to a multiple of so many columns.</param>
    protected AttentionCache(TransformerSizes sizes, int columns = SimdWidth.Widest)
    {
        Sizes = sizes;
        Slots = Words.RoundUp(sizes.Items);
        HeadWidth = checked(sizes.HeadSize + columns - 1) / columns * columns;
        Columns = Words.RoundUp(sizes.Heads * HeadWidth);
        Scores = new AlignedBuffer<float>(checked((sizes.Heads * Slots) + SimdWidth.Widest));
        Weights = new AlignedBuffer<float>(Scores.Length);
        Scales = new AlignedBuffer<float>(sizes.Heads);
        Sums = new AlignedBuffer<float>(Columns);
    }

    /// <summary>Whether to go one number at a time: what the tests hold the vectors to.</summary>
    public bool Plain { get; set; }

    /// <summary>The Transformer's sizes.</summary>
    protected TransformerSizes Sizes { get; }

    /// <summary>The slots of a ring, rounded up to whole groups.</summary>
    protected int Slots { get; }

    /// <summary>The columns of one head's value: its size, rounded up to whole vectors or groups.</summary>
    protected int HeadWidth { get; }

    /// <summary>The columns of all heads' values, rounded up to whole groups.</summary>
    protected int Columns { get; }

    /// <summary>Scratch: scores by slot, <c>[H, Slots]</c>, and room for a vector.</summary>
    protected AlignedBuffer<float> Scores { get; }

    /// <summary>Scratch: undivided weights by age, <c>[H, Slots]</c>, and room for a vector.</summary>
    protected AlignedBuffer<float> Weights { get; }

    /// <summary>Scratch: what the heads' sums are to be multiplied with, 1 over the sum of a head's weights, <c>[H]</c>.</summary>
    protected AlignedBuffer<float> Scales { get; }

    /// <summary>Scratch: sums of values with undivided weights, <c>[Columns]</c>.</summary>
    protected AlignedBuffer<float> Sums { get; }

    /// <summary>Makes an empty cache.</summary>
    /// <param name="sizes">The Transformer's sizes.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="format">How keys and values are kept.</param>
    public static AttentionCache Create(TransformerSizes sizes, int rows, NumberFormat format) => format switch
    {
        NumberFormat.Float32 => new FloatAttentionCache(sizes, rows),
        NumberFormat.BFloat16 => new HalfAttentionCache(sizes, rows),
        _ => new Int8AttentionCache(sizes, rows),
    };

    /// <summary>The numbers of one row and layer in the larger of the arrays of keys and of values; words of two where a format has them.</summary>
    /// <param name="sizes">The Transformer's sizes.</param>
    /// <param name="format">How keys and values are kept.</param>
    public static long LargestOfRowAndLayer(TransformerSizes sizes, NumberFormat format)
    {
        int columns = format == NumberFormat.Int8 ? Words.RoundUp(sizes.HeadSize) : SimdWidth.RoundUp(sizes.HeadSize);
        long numbers = (long)Words.RoundUp(sizes.Items) * Words.RoundUp(sizes.Heads * columns); // the values, which are the larger ones
        return format switch
        {
            NumberFormat.Float32 => numbers,
            NumberFormat.BFloat16 => numbers / 2,
            _ => numbers / 4,
        };
    }

    /// <summary>The bytes of one key and one value of all heads, scales included.</summary>
    /// <param name="sizes">The Transformer's sizes.</param>
    /// <param name="format">How keys and values are kept.</param>
    public static long BytesPerItem(TransformerSizes sizes, NumberFormat format) => format switch
    {
        NumberFormat.Float32 => 2L * sizes.Hidden * sizeof(float),
        NumberFormat.BFloat16 => 2L * sizes.Hidden * sizeof(short),
        _ => (2L * sizes.Hidden) + (2L * sizes.Heads * sizeof(float)),
    };

    /// <summary>Writes a key and a value.</summary>
    /// <param name="row">The row.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="keyValue">The key, then the value, <c>[2D]</c>.</param>
    public abstract void Write(int row, int layer, int slot, ReadOnlySpan<float> keyValue);

    /// <summary>
    /// One query against the items of a ring, all heads: <c>y_h = Σ_j softmax_j(q_h·k_h,j + relative[h, j]) v_h,j</c>. Softmax and the
    /// sum of values run in the order of age, or are exact, so the result does not depend on where in the ring the items lie.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="count">The items to attend to, the newest included.</param>
    /// <param name="oldest">The slot of the oldest.</param>
    /// <param name="query">The query, scaled by <c>1/√(D/H)</c>, <c>[D]</c>.</param>
    /// <param name="relative">Biases, <c>[H, M + 1]</c>, the newest item's last, and room for a vector.</param>
    /// <param name="output">Receives the heads' sums of values, <c>[D]</c>.</param>
    /// <param name="ahead">How many rows ahead the row lies that attends next in this layer, so that its keys and values are fetched meanwhile; 0 for none.</param>
    public void Attend(
        int row, int layer, int count, int oldest, ReadOnlySpan<float> query, ReadOnlySpan<float> relative, Span<float> output, int ahead = 0)
    {
        Attend(row, layer, count, oldest, query, relative, ahead);
        ReadOnlySpan<float> sums = Sums.Span, scales = Scales.Span;
        for (int head = 0; head < Sizes.Heads; head++)
            Elementwise.Multiply(sums.Slice(head * HeadWidth, Sizes.HeadSize), scales[head], output.Slice(head * Sizes.HeadSize, Sizes.HeadSize));
    }

    /// <summary>As above, into <see cref="Sums"/> and <see cref="Scales"/>.</summary>
    protected abstract void Attend(int row, int layer, int count, int oldest, ReadOnlySpan<float> query, ReadOnlySpan<float> relative, int ahead);
}
