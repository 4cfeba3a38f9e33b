namespace RLSeq.Agents;

/// <summary>A Transformer that keeps its keys and values: one query per step; an item is projected once, when it is new.</summary>
internal sealed class TransformerCacheKernel : TransformerKernel
{
    private readonly AttentionCache _cache;
    private readonly TransformerSizes _ring; // its context is what is held at most
    private readonly float[] _byAge; // [H, S + 1] and room for a vector: the biases of what a row holds, where ages do not follow from places
    private readonly SinusoidalPositions? _positions; // null where positions are relative
    private readonly float[] _x; // [n, D]: the running layer input

    public TransformerCacheKernel(TransformerMemory memory, int rows)
        : base(memory, rows, Math.Max(rows, Math.Min(memory.Ring.Context, TransformerScratch.Block)))
    {
        _cache = AttentionCache.Create(memory.Ring, rows, memory.Cache);
        _ring = memory.Ring;
        _byAge = Rings is DistinctRings ? new float[checked((_ring.Heads * _ring.Items) + SimdWidth.Widest)] : [];
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
                for (int i = 0; i < items; i++) Scratch.Normalize(layer, i, Rings.Input(row, l, (oldest + from + i) % _ring.Items));
                Scratch.ProjectKeys(layer, items);
                for (int i = 0; i < items; i++) _cache.Write(row, l, (oldest + from + i) % _ring.Items, Scratch.KeyValue(i));
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
            _cache.Attend(row, l, Rings.Count(row) + 1, Rings.Oldest(row), Scratch.Query(r), BiasesOf(layer, row), Scratch.Attended(r), Ahead(rows, r));
        }
    }

    /// <summary>The biases of what a row holds, <c>[H, items]</c>, the newest item's last: the layer's own, or those of the held items' ages.</summary>
    private ReadOnlySpan<float> BiasesOf(TransformerLayer layer, int row)
    {
        ReadOnlySpan<float> all = Biases(layer);
        if (Rings is not DistinctRings rings) return all;
        int count = rings.Count(row), oldest = rings.Oldest(row), distances = Sizes.Items, items = _ring.Items;
        for (int i = 0; i <= count; i++)
        {
            // The last of them is the step itself, in the free slot.
            int distance = i == count ? 0 : rings.Age(row, (oldest + i) % items);
            for (int head = 0; head < _ring.Heads; head++) _byAge[(head * items) + items - 1 - count + i] = all[(head * distances) + distances - 1 - distance];
        }
        return _byAge;
    }
}
