namespace RLSeq.Agents;

/// <summary>A <see cref="TransformerMemory"/> as it acts: one query per step; keys and values are projected once, when their item is new.</summary>
internal sealed class TransformerKernel : IMemoryKernel
{
    private readonly AttentionRings _rings;
    private readonly AttentionCache _cache;
    private readonly float[] _x; // [n, D]: the running layer input
    private readonly float[] _normal; // [n or M, D]
    private readonly float[] _query; // [n, D]
    private readonly float[] _keyValue; // [n or M, 2D]
    private readonly float[] _residual; // [n, D]
    private readonly float[] _attended; // [n, D]
    private readonly float[] _wide; // [n, F]
    private readonly float[] _noBiases; // [H, M + 1]: zeros, where the layers have no biases
    private readonly SinusoidalPositions? _positions; // null where positions are relative
    private TransformerMemory _memory;

    public TransformerKernel(TransformerMemory memory, int rows)
    {
        (_memory, Rows) = (memory, rows);
        TransformerSizes sizes = memory.Sizes;
        int d = sizes.Hidden, longest = Math.Max(rows, sizes.Context);
        _rings = new AttentionRings(sizes, memory.Form, rows);
        _positions = memory.Form.AbsolutePositions ? SinusoidalPositions.Of(d) : null;
        _noBiases = new float[memory.Form.RelativePositions ? 0 : checked((sizes.Heads * sizes.Items) + SimdWidth.Widest)];
        _cache = AttentionCache.Create(sizes, rows, memory.Cache);
        _x = new float[checked(rows * d)];
        _normal = new float[checked(longest * d)];
        _query = new float[_x.Length];
        _keyValue = new float[checked(longest * 2 * d)];
        _residual = new float[_x.Length];
        _attended = new float[_x.Length];
        _wide = new float[checked(rows * sizes.FeedForward)];
    }

    public MemoryLayout Layout => _memory.Layout;

    public int Rows { get; }

    private TransformerSizes Sizes => _memory.Sizes;

    public void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
    {
        Peek(rows, input, output);
        foreach (int row in rows) _rings.Advance(row);
    }

    public void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
    {
        MemoryGuard.Batch(rows, Rows, input.Length, output.Length, Sizes.Hidden);
        input.CopyTo(_x);
        Span<float> x = _x.AsSpan(0, input.Length);
        if (_positions is not null)
            for (int r = 0; r < rows.Length; r++) _positions.Add(_rings.Steps(rows[r]), x.Slice(r * Sizes.Hidden, Sizes.Hidden));
        for (int l = 0; l < Sizes.Layers; l++)
        {
            TransformerLayer layer = _memory.Layers[l];
            Attend(rows, l, layer, x);
            Residual(layer.Out, _attended, x, rows.Length);
            layer.Norm2.Apply(x, _normal, rows.Length);
            layer.FeedForward1.Apply(_normal, _wide, rows.Length);
            Elementwise.Apply(ElementFunction.Relu, _wide.AsSpan(0, rows.Length * Sizes.FeedForward));
            Residual(layer.FeedForward2, _wide, x, rows.Length);
        }
        _memory.Norm.Apply(x, output, rows.Length);
    }

    public void Reset(int row)
    {
        MemoryGuard.Row(row, Rows);
        _rings.Begin(row);
    }

    public void Save(int row, Span<float> state)
    {
        MemoryGuard.State(row, Rows, state.Length, Layout.Size);
        _rings.Save(row, state);
    }

    public void Load(int row, ReadOnlySpan<float> state)
    {
        MemoryGuard.State(row, Rows, state.Length, Layout.Size);
        _rings.Load(row, state);
        Project(row);
    }

    public void Newest(int row, int block, Span<float> item)
    {
        MemoryGuard.Row(row, Rows);
        if (block != 0) MemoryGuard.ThrowNoWindow(block);
        RowGuard.Exact(item.Length, 1, Layout.Blocks[0].ItemSize, nameof(item));
        _rings.Newest(row, item);
    }

    public void Swap(MemoryWeights weights)
    {
        TransformerMemory next = MemoryGuard.Same<TransformerMemory>(weights);
        MemoryGuard.SameLayout(_memory, next);
        if (next.Form != _memory.Form || next.Sizes != Sizes || next.Cache != _memory.Cache)
            throw new ArgumentException($"Weights can be swapped only for ones of the same kind, the same sizes and the same format of the cache; given {next.Kind}, {next.Sizes} and {next.Cache}, expected {_memory.Kind}, {Sizes} and {_memory.Cache}.", nameof(weights));
        _memory = next;
        for (int row = 0; row < Rows; row++) Project(row);
    }

    /// <summary>Projects the keys and values of all valid items anew: after loading a state, and when the weights have changed.</summary>
    private void Project(int row)
    {
        int d = Sizes.Hidden, count = _rings.Count(row), oldest = _rings.Oldest(row);
        for (int l = 0; l < Sizes.Layers; l++)
        {
            TransformerLayer layer = _memory.Layers[l];
            for (int i = 0; i < count; i++) layer.Norm1.Apply(_rings.Input(row, l, (oldest + i) % Sizes.Items), _normal.AsSpan(i * d), 1);
            layer.KeyValue.Apply(_normal, _keyValue, count);
            for (int i = 0; i < count; i++) _cache.Write(row, l, (oldest + i) % Sizes.Items, _keyValue.AsSpan(2 * i * d, 2 * d));
        }
    }

    /// <summary>Writes this step's layer input, key and value into every row's free slot, and attends with its query.</summary>
    private void Attend(ReadOnlySpan<int> rows, int l, TransformerLayer layer, ReadOnlySpan<float> x)
    {
        int d = Sizes.Hidden;
        layer.Norm1.Apply(x, _normal, rows.Length);
        layer.Query.Apply(_normal, _query, rows.Length);
        layer.KeyValue.Apply(_normal, _keyValue, rows.Length);
        for (int r = 0; r < rows.Length; r++)
        {
            int row = rows[r], slot = _rings.Next(row);
            x.Slice(r * d, d).CopyTo(_rings.Input(row, l, slot));
            if (r + 1 < rows.Length) _cache.Prefetch(rows[r + 1], l, _rings.Used(rows[r + 1]));
            _cache.Write(row, l, slot, _keyValue.AsSpan(2 * r * d, 2 * d));
            _cache.Attend(row, l, _rings.Count(row) + 1, _rings.Oldest(row), _query.AsSpan(r * d, d), layer.Relative ?? _noBiases, _attended.AsSpan(r * d, d));
        }
    }

    /// <summary><c>x += layer(input)</c>.</summary>
    private void Residual(DenseLayer layer, ReadOnlySpan<float> input, Span<float> x, int rows)
    {
        layer.Apply(input, _residual, rows);
        Elementwise.Add(_residual.AsSpan(0, x.Length), x);
    }
}
