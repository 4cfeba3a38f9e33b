namespace RLSeq.Agents;

/// <summary>The sizes of a Transformer: hidden D, layers L, heads H, context M, feed-forward F (0 without that part).</summary>
internal readonly record struct TransformerSizes(int Hidden, int Layers, int Heads, int Context, int FeedForward)
{
    private const int LargestHidden = 1 << 14, MostLayers = 256, LongestContext = 1 << 20;

    /// <summary>The floats of one head.</summary>
    public int HeadSize => Hidden / Heads;

    /// <summary>The items that one query attends to at most: the window and the step itself.</summary>
    public int Items => Context + 1;

    public static TransformerSizes From(ModuleReader reader, TransformerForm form)
    {
        int hidden = reader.Setting("hidden", 1, LargestHidden);
        var sizes = new TransformerSizes(hidden, reader.Setting("layers", 1, MostLayers), reader.Setting("heads", 1, form.SingleHead ? 1 : hidden),
            reader.Setting("context", 0, Math.Min(LongestContext, form.MostCounted(LongestContext))), form.FeedForward ? reader.Setting("ffn", 1, 16 * LargestHidden) : 0);
        if (hidden % sizes.Heads != 0)
            throw new PolicyFormatException($"The policy's memory '{form.Name}' has heads = {sizes.Heads}, which does not divide hidden = {hidden}.");
        // Cached values round every head up to whole vectors.
        long columns = (long)sizes.Heads * Words.RoundUp(sizes.HeadSize);
        MemoryGuard.StateSize(form.Name, sizes.Layers * (form.Slots(sizes.Context) + 1L) * (sizes.HeadSize < SimdWidth.Widest ? columns : sizes.Hidden));
        return sizes;
    }
}
