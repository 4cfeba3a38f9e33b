namespace RLSeq.Agents;

/// <summary>A <see cref="TransformerMemory"/> as it acts: what its kernels share, a ring of layer inputs per row and weights that are exchanged under it.</summary>
internal abstract class TransformerKernel : IMemoryKernel
{
    private readonly float[] _noBiases;

    /// <summary>Makes the states of all rows, at the beginning of an episode.</summary>
    /// <param name="memory">The weights.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="items">The most items that go through a layer at a time.</param>
    protected TransformerKernel(TransformerMemory memory, int rows, int items)
    {
        (Memory, Rows) = (memory, rows);
        TransformerSizes ring = memory.Ring with { Layers = memory.Form.StoredLayers(Sizes.Layers) };
        Rings = memory.Form.SkipsNearDuplicates ? new DistinctRings(ring, memory, rows) : new AttentionRings(ring, memory.Form, rows);
        Scratch = new TransformerScratch(Sizes, memory.Form, items);
        _noBiases = new float[memory.Form.RelativePositions ? 0 : checked((Sizes.Heads * Sizes.Items) + SimdWidth.Widest)];
    }

    public MemoryLayout Layout => Memory.Layout;

    public int Rows { get; }

    protected TransformerMemory Memory { get; private set; }

    protected TransformerSizes Sizes => Memory.Sizes;

    protected AttentionRings Rings { get; }

    protected TransformerScratch Scratch { get; }

    public void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
    {
        Peek(rows, input, output);
        foreach (int row in rows) Rings.Advance(row);
    }

    public abstract void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output);

    public void Reset(int row)
    {
        MemoryGuard.Row(row, Rows);
        Rings.Begin(row);
    }

    public void Save(int row, Span<float> state)
    {
        MemoryGuard.State(row, Rows, state.Length, Layout.Size);
        Rings.Save(row, state);
    }

    public void Load(int row, ReadOnlySpan<float> state)
    {
        MemoryGuard.State(row, Rows, state.Length, Layout.Size);
        Memory.Form.CheckState(state, Sizes.Context);
        MemoryGuard.Finite(state);
        Rings.Load(row, state);
        Derive(row);
    }

    public void Newest(int row, int block, Span<float> item)
    {
        MemoryGuard.Row(row, Rows);
        if (block != 0 || !Layout.Blocks[0].IsWindow) MemoryGuard.ThrowNoWindow(block);
        RowGuard.Exact(item.Length, 1, Layout.Blocks[0].ItemSize, nameof(item));
        Rings.Newest(row, item);
    }

    public void Swap(MemoryWeights weights)
    {
        TransformerMemory next = MemoryGuard.Same<TransformerMemory>(weights);
        MemoryGuard.SameLayout(Memory, next);
        if (next.Form != Memory.Form || next.Sizes != Sizes || next.Cache != Memory.Cache)
            throw new ArgumentException($"Weights can be swapped only for ones of the same kind, the same sizes and the same format of the cache; given {next.Kind}, {next.Sizes} and {next.Cache}, expected {Memory.Kind}, {Sizes} and {Memory.Cache}.", nameof(weights));
        if (next.Tolerance != Memory.Tolerance)
            throw new ArgumentException($"Weights can be swapped only for ones whose tolerance is the same; given {next.Tolerance}, expected {Memory.Tolerance}.", nameof(weights));
        Memory = next;
        for (int row = 0; row < Rows; row++) Derive(row);
    }

    /// <summary>Makes anew what is derived from a row's state: after loading it, and when the weights have changed.</summary>
    protected abstract void Derive(int row);

    /// <summary>A layer's biases by age, zeros where it has none.</summary>
    protected ReadOnlySpan<float> Biases(TransformerLayer layer) => layer.Relative ?? _noBiases;
}
