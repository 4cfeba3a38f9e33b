namespace RLSeq.Agents;

/// <summary>
/// A pre-norm Transformer (Vaswani et al. 2017) over a window of the last M steps of the episode. Its positions are a learned bias per
/// head and distance, or sinusoids added to the input of the first layer, as the form says; a form may lack other parts too. For each layer, with <c>n_j = LN1(x_j)</c> and <c>q = W_q n_t + b_q, k_j = W_k n_j + b_k, v_j = W_v n_j + b_v</c>:
/// <c>score_h(j) = q_h·k_h,j / √(D/H) + relative[h, t − j]</c> for t − M ≤ j ≤ t; <c>x' = x + W_o Σ_j softmax(score)_j v_j + b_o</c>;
/// <c>x'' = x' + W_2 relu(W_1 LN2(x') + b_1) + b_2</c>. In the gated form a <see cref="GruGate"/> takes the place of either sum. The output is
/// <c>LN(x'')</c> of the last layer.
/// </summary>
/// <remarks>
/// Settings: <c>hidden</c> D, <c>layers</c> L, <c>heads</c> H, <c>context</c> M, <c>ffn</c> F. Weights per layer l:
/// <c>layers.{l}.norm1|query|key|value|out|norm2|ffn1|ffn2.weight|bias</c> and, in forms that have it, <c>layers.{l}.relative [H, M + 1]</c>
/// and the weights of the gates <c>layers.{l}.gate1|gate2</c>;
/// then <c>norm.weight|bias</c>, and <c>tolerance [1]</c> in the form that stores no near-duplicates. State: <c>inputs [L, M, D]</c>, the layer inputs x_j of the last M steps (those of the
/// first layer only, where the window is projected anew), and <c>count [1]</c>, how many of
/// them belong to the episode, or <c>position [1]</c>, its steps up to now; that of <see cref="TransformerForm.Distinct"/> stands at <see cref="DistinctRings"/>.
/// </remarks>
internal sealed class TransformerMemory : MemoryWeights
{
    /// <summary>What an item costs a layer beside its products, and an item costs a head and an input costs a comparison beside its own, about, in multiply-adds.</summary>
    private const long WorkOfALayersCalls = 2048, WorkOfASoftmax = 16, WorkOfAComparison = 64;

    private readonly long _operationsOfAllLayers;

    public TransformerMemory(TransformerForm form, PolicyModule module, PolicyPrecision precision) : this(form, new ModuleReader(module, "memory", precision.Weights), precision.Cache) { }

    private TransformerMemory(TransformerForm form, ModuleReader reader, NumberFormat cache) : this(form, reader, TransformerSizes.From(reader, form), cache) { }

    private TransformerMemory(TransformerForm form, ModuleReader reader, TransformerSizes sizes, NumberFormat cache)
        : base(form.Name, sizes.Hidden, form.Layout(sizes.Layers, sizes.Context, sizes.Hidden))
    {
        (Form, Sizes, Cache) = (form, sizes, cache);
        Layers = [.. Enumerable.Range(0, sizes.Layers).Select(l => new TransformerLayer(reader, $"layers.{l}", sizes, form))];
        Norm = reader.Norm("norm", sizes.Hidden);
        if (form.SkipsNearDuplicates) Tolerance = ReadTolerance(reader);
        reader.Finish();
        _operationsOfAllLayers = Layers.Sum(layer => layer.Operations);
    }

    public TransformerForm Form { get; }

    public TransformerSizes Sizes { get; }

    /// <summary>The sizes of a row's ring and cache: its context is what is held at most.</summary>
    public TransformerSizes Ring => Sizes with { Context = Form.Slots(Sizes.Context) };

    /// <summary>The relative distance up to which an input is a near-duplicate, which is not stored (<see cref="WriteGate"/>); 0 where everything is.</summary>
    public float Tolerance { get; }

    /// <summary>How keys and values are kept.</summary>
    public NumberFormat Cache { get; }

    public IReadOnlyList<TransformerLayer> Layers { get; }

    public LayerNorm Norm { get; }

    /// <inheritdoc/>
    /// <remarks>Every layer: its matrices once, and a key and a value per attended item; for a window that is projected anew, both for each of its items. Where near-duplicates
    /// are not stored it is the most: as if all steps were distinct, each compared with all that is held.</remarks>
    public override long OperationsPerStep(int position)
    {
        (long passes, long attended) = Passes(position);
        return (passes * _operationsOfAllLayers) + (Sizes.Layers * 2L * Sizes.Hidden * attended) + (Compared(position) * Sizes.Hidden);
    }

    /// <inheritdoc/>
    /// <remarks>Heads count as the whole groups of columns that they take, so that small ones are not cheap.</remarks>
    internal override long WorkPerStep(int position)
    {
        (long passes, long attended) = Passes(position);
        long calls = Form.Residual == ResidualConnection.Gate ? 2 * WorkOfALayersCalls : WorkOfALayersCalls; // a gate's products are as many
        long ofAnItem = Sizes.Heads * ((2L * Words.RoundUp(Sizes.HeadSize)) + WorkOfASoftmax);
        return (passes * (_operationsOfAllLayers + (Sizes.Layers * calls))) + (Sizes.Layers * ofAnItem * attended) + (Compared(position) * (Sizes.Hidden + WorkOfAComparison));
    }

    /// <inheritdoc/>
    /// <remarks>Every layer's weights, and a key and a value per attended item; or the raw inputs of a window that is projected anew. Inputs that a new one is compared with, too.</remarks>
    public override long BytesPerStep(int position)
    {
        long items = Math.Min(position, Ring.Context) + 1L;
        long perItem = Form.Reprojects ? (long)Sizes.Hidden * sizeof(float) : Sizes.Layers * AttentionCache.BytesPerItem(Sizes, Cache);
        return Layers.Sum(layer => layer.Bytes) + (items * perItem) + (Compared(position) * Sizes.Hidden * sizeof(float));
    }

    public override IMemoryKernel CreateKernel(int rows)
    {
        MemoryGuard.RowCount(rows, LargestOfRow);
        return Form.Reprojects ? new TransformerWindowKernel(this, rows) : new TransformerCacheKernel(this, rows);
    }

    /// <summary>The items that go through every layer in one step, and the items that all of them attend to.</summary>
    private (long Passes, long Attended) Passes(int position)
    {
        long items = Math.Min(position, Ring.Context) + 1L;
        return Form.Reprojects ? (items, items * (items + 1) / 2) : (1, items);
    }

    /// <summary>The items that an input is compared with at most, to see whether it is a near-duplicate.</summary>
    private long Compared(int position) => Form.SkipsNearDuplicates ? Math.Min(position, Ring.Context) : 0;

    private static float ReadTolerance(ModuleReader reader)
    {
        float tolerance = reader.Weight("tolerance", 1)[0];
        return tolerance is >= 0 and <= WriteGate.LargestTolerance
            ? tolerance
            : throw new PolicyFormatException($"The policy's memory has tolerance = {tolerance}; expected 0 to {WriteGate.LargestTolerance}.");
    }

    /// <summary>The numbers of one row in the largest array of a kernel: layer inputs, cache or scratch.</summary>
    private long LargestOfRow =>
        Math.Max(Sizes.Layers * Math.Max((long)Ring.Items * Sizes.Hidden, AttentionCache.LargestOfRowAndLayer(Ring, Cache)), Math.Max((Form.Residual == ResidualConnection.Gate ? 3 : 2) * Sizes.Hidden, Sizes.FeedForward));
}
