namespace RLSeq.Agents;

/// <summary>
/// A Transformer that keeps nothing but its raw inputs: for every action the last M + 1 of them pass through all layers anew, and the newest
/// one's output is taken. The rows go one after the other; nothing of one action serves the next.
/// </summary>
internal sealed class TransformerWindowKernel : TransformerKernel
{
    private readonly AttentionCache _cache; // of one window in one layer
    private readonly float[] _x; // [M + 1, D]: the running layer inputs, oldest first

    public TransformerWindowKernel(TransformerMemory memory, int rows) : base(memory, rows, Math.Min(memory.Sizes.Items, TransformerScratch.Block))
    {
        _cache = AttentionCache.Create(Sizes with { Layers = 1 }, rows: 1, memory.Cache);
        _x = new float[checked(Sizes.Items * Sizes.Hidden)];
    }

    public override void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
    {
        MemoryGuard.Batch(rows, Rows, input.Length, output.Length, Sizes.Hidden);
        int d = Sizes.Hidden;
        for (int r = 0; r < rows.Length; r++)
        {
            Span<float> x = Window(rows[r], input.Slice(r * d, d));
            for (int l = 0; l < Sizes.Layers; l++) Run(Memory.Layers[l], x);
            Memory.Norm.Apply(x[^d..], output.Slice(r * d, d), 1);
        }
    }

    protected override void Derive(int row)
    {
        // Nothing is: every step begins with the raw inputs.
    }

    /// <summary>The episode's last inputs, the new one at the end, which also goes into the row's free slot.</summary>
    private Span<float> Window(int row, ReadOnlySpan<float> input)
    {
        int d = Sizes.Hidden, items = Rings.Count(row) + 1, oldest = Rings.Oldest(row);
        input.CopyTo(Rings.Input(row, 0, Rings.Next(row)));
        for (int i = 0; i < items; i++) Rings.Input(row, 0, (oldest + i) % Sizes.Items).CopyTo(_x.AsSpan(i * d));
        return _x.AsSpan(0, items * d);
    }

    /// <summary>One layer over a window, in place. An item sees those before it, so the window can go block by block.</summary>
    private void Run(TransformerLayer layer, Span<float> window)
    {
        int d = Sizes.Hidden;
        for (int from = 0; from * d < window.Length; from += Scratch.Items)
        {
            Span<float> x = window.Slice(from * d, Math.Min(Scratch.Items * d, window.Length - (from * d)));
            Scratch.Project(layer, x);
            for (int i = 0; i * d < x.Length; i++)
            {
                _cache.Write(0, 0, from + i, Scratch.KeyValue(i));
                _cache.Attend(0, 0, from + i + 1, oldest: 0, Scratch.Query(i), Biases(layer), Scratch.Attended(i));
            }
            Scratch.Finish(layer, x);
        }
    }
}
