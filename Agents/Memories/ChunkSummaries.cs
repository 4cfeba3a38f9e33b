namespace RLSeq.Agents;

/// <summary>
/// What the summaries of closed chunks answer to a query, for every row, layer and slot of the rings, and the sums of the open chunks' items that
/// will be summaries. They lie transposed in panels of slots, as a dense layer's outputs, so that the scores of many slots are one vector.
/// </summary>
internal sealed unsafe class ChunkSummaries
{
    private readonly int _layers, _width, _slots, _chunk;
    private readonly AlignedBuffer<float> _keys; // [rows, L, panels of slots: [D, width]]
    private readonly AlignedBuffer<float> _scores; // [slots]
    private readonly float[] _sums; // [rows, L, D]
    private readonly float[] _key; // [D]

    /// <summary>Makes room.</summary>
    /// <param name="sizes">Layers and width.</param>
    /// <param name="grid">The chunks.</param>
    /// <param name="rows">The rows.</param>
    public ChunkSummaries(TransformerSizes sizes, ChunkGrid grid, int rows)
    {
        (_layers, _width, _slots, _chunk) = (sizes.Layers, sizes.Hidden, SimdWidth.RoundUp(grid.Slots), grid.Chunk);
        _keys = new AlignedBuffer<float>(checked(rows * _layers * _width * _slots));
        _scores = new AlignedBuffer<float>(_slots);
        _sums = new float[checked(rows * _layers * _width)];
        _key = new float[_width];
    }

    /// <summary>Adds an item to the open chunk's sum; the last one of a chunk closes it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="layer">The layer's number.</param>
    /// <param name="weights">The layer's weights.</param>
    /// <param name="number">The open chunk's number in the episode.</param>
    /// <param name="slot">Its slot.</param>
    /// <param name="place">The item's place in it.</param>
    /// <param name="item">The item, <c>[D]</c>; its contents are lost.</param>
    public void Add(int row, int layer, HcamLayer weights, int number, int slot, int place, Span<float> item)
    {
        int at = (row * _layers) + layer;
        Span<float> sum = _sums.AsSpan(at * _width, _width);
        if (place == 0) item.CopyTo(sum);
        else Elementwise.Add(item, sum);
        if (place < _chunk - 1) return;
        Elementwise.Multiply(sum, 1f / _chunk, item);
        Elementwise.Add(weights.Number(number), item);
        weights.Summary.Apply(item, _key, 1);
        int panel = slot / PanelLayout.Width * PanelLayout.Width, width = Math.Min(PanelLayout.Width, _slots - panel);
        Span<float> keys = _keys.Span.Slice((at * _width * _slots) + (panel * _width) + slot - panel);
        for (int i = 0; i < _width; i++) keys[i * width] = _key[i];
    }

    /// <summary>The products of a query and the summaries, by slot.</summary>
    /// <param name="row">The row.</param>
    /// <param name="layer">The layer's number.</param>
    /// <param name="query">What is asked of them, <c>[D]</c>.</param>
    /// <param name="used">The slots that hold anything.</param>
    public ReadOnlySpan<float> Score(int row, int layer, ReadOnlySpan<float> query, int used)
    {
        int padded = SimdWidth.RoundUp(used);
        _scores.Span[..padded].Clear();
        fixed (float* q = query, keys = _keys, scores = _scores)
            SimdWidth.Run(new Kernel(q, keys + ((((long)row * _layers) + layer) * _width * _slots), scores, _width, _slots, padded));
        return _scores.Span;
    }

    private readonly struct Kernel(float* query, float* keys, float* scores, int width, int slots, int used) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            for (int panel = 0; panel < used; panel += PanelLayout.Width)
            {
                int stride = Math.Min(PanelLayout.Width, slots - panel);
                DenseTiles.OneRow<TSimd, TVector>(query, width, keys + ((long)panel * width), stride, Math.Min(stride, used - panel), scores + panel, scores + panel, ahead: 0);
            }
        }
    }
}
