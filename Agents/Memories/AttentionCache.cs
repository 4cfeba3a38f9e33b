namespace RLSeq.Agents;

/// <summary>
/// The cached keys and values of every row and layer, in one number format, by slot of the rings (see <see cref="AttentionRings"/>).
/// Keys lie transposed, in panels of slots, so that the scores of many slots are one vector and no sum runs across a vector.
/// </summary>
internal abstract class AttentionCache
{
    /// <summary>Takes the sizes.</summary>
    /// <param name="sizes">The Transformer's sizes.</param>
    protected AttentionCache(TransformerSizes sizes)
    {
        Sizes = sizes;
        Slots = SimdWidth.RoundUp(sizes.Items);
        Scores = new AlignedBuffer<float>(checked(sizes.Heads * Slots));
        Weights = new AlignedBuffer<float>(Scores.Length);
    }

    /// <summary>The Transformer's sizes.</summary>
    protected TransformerSizes Sizes { get; }

    /// <summary>The slots of a ring, rounded up to whole vectors.</summary>
    protected int Slots { get; }

    /// <summary>Scratch: scores by slot, <c>[H, Slots]</c>.</summary>
    protected AlignedBuffer<float> Scores { get; }

    /// <summary>Scratch: weights by age, <c>[H, Slots]</c>.</summary>
    protected AlignedBuffer<float> Weights { get; }

    /// <summary>Makes an empty cache.</summary>
    /// <param name="sizes">The Transformer's sizes.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="format">How keys and values are kept.</param>
    public static AttentionCache Create(TransformerSizes sizes, int rows, NumberFormat format) => format switch
    {
        NumberFormat.Float32 => new FloatAttentionCache<float>(sizes, rows),
        NumberFormat.BFloat16 => new FloatAttentionCache<BFloat16>(sizes, rows),
        _ => new Int8AttentionCache(sizes, rows),
    };

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
    /// <param name="relative">Biases, <c>[H, M + 1]</c>, the newest item's last.</param>
    /// <param name="output">Receives the heads' sums of values, <c>[D]</c>.</param>
    public abstract void Attend(int row, int layer, int count, int oldest, ReadOnlySpan<float> query, ReadOnlySpan<float> relative, Span<float> output);
}
