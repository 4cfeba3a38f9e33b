namespace RLSeq.Agents;

/// <summary>
/// Hierarchical chunk attention (Lampinen et al. 2021) in the layers of a pre-norm Transformer. An episode's steps are divided into chunks of C.
/// For each layer, with <c>n_j = LN1(x_j) + place[j mod C]</c>, a query t sees closed chunks of which all steps are among the last M, and its own
/// up to itself. With A = ⌊M/C⌋ and <c>e_c = number[min(c, A)]</c>, closed chunk c, of C items, has <c>s_c = W_s (mean(n_j) + e_c) + b_s</c>, a query in chunk m asks for <c>r = W_r (n_t + e_m) +
/// b_r</c>, and the relevance is <c>r·s_c / √D + age[m − c] + early[min(c, A)]</c>; that of the own chunk is <c>r·own / √D + age[0]</c>. The k closed chunks of the largest relevances and the own one are weighted by the softmax of their relevances; in each the heads attend with scores
/// <c>q_h·k_h,j / √(D/H)</c>, plus <c>relative[h, t − j]</c> in the own chunk and the one before. What is so found goes through <c>W_o</c>; everything else is
/// as in <see cref="TransformerMemory"/>.
/// </summary>
/// <remarks>
/// Settings: <c>hidden</c> D, <c>layers</c> L, <c>heads</c> H, <c>context</c> M, <c>ffn</c> F, <c>chunk</c> C, <c>top</c> k. Weights per layer: those of a
/// Transformer's, but <c>relative [H, 2C]</c>, and <c>relevance.weight|bias</c>, <c>summary.weight|bias</c>, <c>place [C, D]</c>, <c>own [D]</c>,
/// <c>number [A + 1, D]</c>, <c>early [A + 1]</c>, <c>age [A + 1]</c>. State: <c>inputs [L, M, D]</c> and <c>position [1]</c> (<see cref="ChunkGrid.Positions"/>). Keys and values are
/// kept in the format of the cache, summaries in 32 bits, since a choice hangs on them.
/// </remarks>
internal sealed class HcamMemory : MemoryWeights
{
    /// <summary>The kind's name in a policy.</summary>
    public const string KindName = "hcam";

    /// <summary>The most chunks that a query may look into.</summary>
    private const int MostChosen = 64;

    private static readonly TransformerForm Named = new(KindName), WithoutBiases = Named with { AbsolutePositions = true };

    public HcamMemory(PolicyModule module, PolicyPrecision precision) : this(new ModuleReader(module, "memory", precision.Weights), precision.Cache) { }

    private HcamMemory(ModuleReader reader, NumberFormat cache) : this(reader, TransformerSizes.From(reader, Named), cache) { }

    private HcamMemory(ModuleReader reader, TransformerSizes sizes, NumberFormat cache)
        : base(KindName, sizes.Hidden, new MemoryLayout(new MemoryBlock("inputs", [sizes.Layers, sizes.Context, sizes.Hidden], WindowAxis: 1), new MemoryBlock("position", [1])))
    {
        (Sizes, Cache) = (sizes, cache);
        Grid = new ChunkGrid(sizes.Context, reader.Setting("chunk", 1, sizes.Context + 1), reader.Setting("top", 1, MostChosen));
        MemoryGuard.StateSize(KindName, LargestOfRow);
        Layers = [.. Enumerable.Range(0, sizes.Layers).Select(l => new HcamLayer(reader, $"layers.{l}", sizes, Grid, WithoutBiases))];
        Norm = reader.Norm("norm", sizes.Hidden);
        reader.Finish();
    }

    public TransformerSizes Sizes { get; }

    public ChunkGrid Grid { get; }

    /// <summary>How keys and values are kept.</summary>
    public NumberFormat Cache { get; }

    public IReadOnlyList<HcamLayer> Layers { get; }

    public LayerNorm Norm { get; }

    /// <summary>What the layers have as a Transformer's do.</summary>
    public static TransformerForm Form => WithoutBiases;

    /// <summary>The sizes of a cache of which every chunk is a ring of its own.</summary>
    public TransformerSizes ChunkSizes => Sizes with { Context = Grid.Chunk - 1 };

    /// <inheritdoc/>
    /// <remarks>Every layer: its matrices, a product with every visible summary and the open chunk's vector, a key and a value per attended item, and at a chunk's last step its summary.</remarks>
    public override long OperationsPerStep(int position)
    {
        long closing = position % Grid.Chunk == Grid.Chunk - 1 ? (long)Sizes.Hidden * Sizes.Hidden : 0;
        return Layers.Sum(layer => layer.Operations + closing) + (Sizes.Layers * (long)Sizes.Hidden * (Grid.Visible(position) + 1 + (2 * Grid.Attended(position))));
    }

    /// <inheritdoc/>
    /// <remarks>Heads count as the whole groups of columns that they take, and chunks as the whole groups of items.</remarks>
    internal override long WorkPerStep(int position)
    {
        const long OfCalls = 4096, OfASoftmax = 16; // in multiply-adds, about
        long items = (1L + Math.Min(Grid.Top, Grid.Visible(position))) * Words.RoundUp(Grid.Chunk);
        long closing = position % Grid.Chunk == Grid.Chunk - 1 ? (long)Sizes.Hidden * Sizes.Hidden : 0;
        long scoring = ((long)Sizes.Hidden + (2L * Grid.Top) + OfASoftmax) * Words.RoundUp(Grid.Visible(position) + 1);
        return Layers.Sum(layer => layer.Operations + OfCalls + closing + scoring + (Sizes.Heads * ((2L * Words.RoundUp(Sizes.HeadSize)) + OfASoftmax) * items));
    }

    /// <inheritdoc/>
    /// <remarks>Every layer's weights, the visible summaries, and a key and a value per attended item.</remarks>
    public override long BytesPerStep(int position) =>
        Layers.Sum(layer => layer.Bytes) + (Sizes.Layers * ((Grid.Visible(position) * (long)Sizes.Hidden * sizeof(float)) + (Grid.Attended(position) * AttentionCache.BytesPerItem(Sizes, Cache))));

    public override IMemoryKernel CreateKernel(int rows)
    {
        MemoryGuard.RowCount(rows, LargestOfRow);
        return new HcamKernel(this, rows);
    }

    /// <summary>The numbers of one row in the largest array of a kernel: keys or values, whose chunks are rounded up, or scratch.</summary>
    private long LargestOfRow =>
        Math.Max(Sizes.Layers * (long)Grid.Slots * AttentionCache.LargestOfRowAndLayer(ChunkSizes, NumberFormat.Float32), Math.Max(2 * Sizes.Hidden, Sizes.FeedForward));
}
