namespace RLSeq.Agents;

/// <summary>A Transformer that keeps its keys and values: one query per step; an item is projected once, when it is new.</summary>
internal sealed class TransformerCacheKernel : TransformerKernel
{
    private readonly AttentionCache _cache;
    private readonly SinusoidalPositions? _positions; // null where positions are relative
    private readonly float[] _x; // [n, D]: the running layer input

    public TransformerCacheKernel(TransformerMemory memory, int rows)
        : base(memory, rows, Math.Max(rows, Math.Min(memory.Sizes.Context, TransformerScratch.Block)))
    {
        _cache = AttentionCache.Create(Sizes, rows, memory.Cache);
        _positions = memory.Form.AbsolutePositions ? SinusoidalPositions.Of(Sizes.Hidden) : null;
        _x = new float[checked(rows * Sizes.Hidden)];
    }

    public override void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
    {
        MemoryGuard.Batch(rows, Rows, input.Length, output.Length, Sizes.Hidden);
        input.CopyTo(_x);
        Span<float> x = _x.AsSpan(0, input.Length);
        if (_positions is not null)
            for (int r = 0; r < rows.Length; r++) _positions.Add(Rings.Steps(rows[r]), x.Slice(r * Sizes.Hidden, Sizes.Hidden));
        for (int l = 0; l < Sizes.Layers; l++)
        {
            Attend(rows, l, Memory.Layers[l], x);
            Scratch.Finish(Memory.Layers[l], x);
        }
        Memory.Norm.Apply(x, output, rows.Length);
    }

    /// <summary>Projects the keys and values of all valid items anew.</summary>
    protected override void Derive(int row)
    {
        int count = Rings.Count(row), oldest = Rings.Oldest(row);
        for (int l = 0; l < Sizes.Layers; l++)
        {
            TransformerLayer layer = Memory.Layers[l];
            for (int from = 0; from < count; from += Scratch.Items)
            {
                int items = Math.Min(Scratch.Items, count - from);
                for (int i = 0; i < items; i++) Scratch.Normalize(layer, i, Rings.Input(row, l, (oldest + from + i) % Sizes.Items));
                Scratch.ProjectKeys(layer, items);
                for (int i = 0; i < items; i++) _cache.Write(row, l, (oldest + from + i) % Sizes.Items, Scratch.KeyValue(i));
            }
        }
    }

    /// <summary>
    /// How many rows ahead the next one lies whose items are fetched while this one attends. Where it has far fewer items, as many of them are
    /// fetched as this one has, most of them for nothing: then it is left to fetch its own.
    /// </summary>
    private int Ahead(ReadOnlySpan<int> rows, int r)
    {
        if (r + 1 == rows.Length) return 0;
        int row = rows[r], next = rows[r + 1];
        return 2 * Rings.Used(next) < Rings.Used(row) ? 0 : next - row;
    }

    /// <summary>Writes this step's layer input, key and value into every row's free slot, and attends with its query.</summary>
    private void Attend(ReadOnlySpan<int> rows, int l, TransformerLayer layer, ReadOnlySpan<float> x)
    {
        int d = Sizes.Hidden;
        Scratch.Project(layer, x);
        for (int r = 0; r < rows.Length; r++)
        {
            int row = rows[r], slot = Rings.Next(row);
            x.Slice(r * d, d).CopyTo(Rings.Input(row, l, slot));
            _cache.Write(row, l, slot, Scratch.KeyValue(r));
            _cache.Attend(row, l, Rings.Count(row) + 1, Rings.Oldest(row), Scratch.Query(r), Biases(layer), Scratch.Attended(r), Ahead(rows, r));
        }
    }
}
