namespace RLSeq.Agents;

/// <summary>
/// An <see cref="HcamMemory"/> as it acts. An item is projected once, when it is new, and a summary once, when its chunk closes; a step scores
/// the summaries and attends within the chosen chunks, of which each is a ring of its own in the cache.
/// </summary>
internal sealed class HcamKernel : IMemoryKernel
{
    private readonly ChunkRings _rings;
    private readonly ChunkSummaries _summaries;
    private readonly AttentionCache _cache; // a ring per row and slot
    private readonly TransformerScratch _scratch;
    private readonly ChunkChoice _choice;
    private readonly float[] _x; // [n, D]: the running layer input
    private readonly float[] _asked; // [n, D]: what is asked of summaries
    private readonly float[] _items; // [L, n, D]: what the step adds to the open chunks' sums
    private readonly float[] _found; // [D]: in one chunk
    private readonly float[] _biases, _noBiases; // [H, C], and room for a vector
    private HcamMemory _memory;

    public HcamKernel(HcamMemory memory, int rows)
    {
        (_memory, Rows) = (memory, rows);
        _rings = new ChunkRings(Sizes, Grid, rows);
        _summaries = new ChunkSummaries(Sizes, Grid, rows);
        _cache = AttentionCache.Create(memory.ChunkSizes, checked(rows * Grid.Slots), memory.Cache);
        _scratch = new TransformerScratch(Sizes, HcamMemory.Form, Math.Max(rows, Math.Min(Sizes.Context, TransformerScratch.Block)));
        _choice = new ChunkChoice(Grid.Top);
        _x = new float[checked(rows * Sizes.Hidden)];
        _asked = new float[_x.Length];
        _items = new float[checked(Sizes.Layers * _x.Length)];
        _found = new float[Sizes.Hidden];
        _biases = new float[(Sizes.Heads * Grid.Chunk) + SimdWidth.Widest];
        _noBiases = new float[_biases.Length];
    }

    /// <summary>
    /// Decides in the place of the relevances, for tests that compare this with learning: sees the row, the layer and what this kernel chose, and
    /// gives how many chunks ago those are that it is to look into. Where two relevances are closer than rounding, the two sides may choose otherwise.
    /// </summary>
    internal Func<int, int, ChunkChoice, IReadOnlyList<int>>? Decide { get; set; }

    public MemoryLayout Layout => _memory.Layout;

    public int Rows { get; }

    private TransformerSizes Sizes => _memory.Sizes;

    private ChunkGrid Grid => _memory.Grid;

    public void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
    {
        Peek(rows, input, output);
        int d = Sizes.Hidden;
        for (int r = 0; r < rows.Length; r++)
        {
            int row = rows[r], number = _rings.Position(row) / Grid.Chunk, slot = _rings.Slot(row, 0), place = _rings.Place(row);
            for (int l = 0; l < Sizes.Layers; l++) _summaries.Add(row, l, _memory.Layers[l], number, slot, place, _items.AsSpan(((l * Rows) + r) * d, d));
            _rings.Advance(row);
        }
    }

    public void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
    {
        int d = Sizes.Hidden;
        MemoryGuard.Batch(rows, Rows, input.Length, output.Length, d);
        input.CopyTo(_x);
        Span<float> x = _x.AsSpan(0, input.Length);
        for (int l = 0; l < Sizes.Layers; l++)
        {
            HcamLayer layer = _memory.Layers[l];
            for (int r = 0; r < rows.Length; r++) Prepare(layer, r, x.Slice(r * d, d), _rings.Place(rows[r])).CopyTo(_items.AsSpan(((l * Rows) + r) * d));
            _scratch.ProjectQueries(layer.Common, rows.Length);
            _scratch.ProjectKeys(layer.Common, rows.Length);
            for (int r = 0; r < rows.Length; r++) Elementwise.Add(layer.Number(_rings.Position(rows[r]) / Grid.Chunk), _scratch.Normal(r, 1));
            layer.Relevance.Apply(_scratch.Normal(0, rows.Length), _asked, rows.Length);
            for (int r = 0; r < rows.Length; r++) Attend(rows[r], r, l, x.Slice(r * d, d));
            _scratch.Finish(layer.Common, x);
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
        Grid.CheckPosition(state[^1]);
        MemoryGuard.Finite(state);
        _rings.Load(row, state);
        Derive(row);
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
        HcamMemory next = MemoryGuard.Same<HcamMemory>(weights);
        MemoryGuard.SameLayout(_memory, next);
        if (next.Sizes != Sizes || next.Grid != Grid || next.Cache != _memory.Cache)
            throw new ArgumentException($"Weights can be swapped only for ones of the same sizes and the same format of the cache; given {next.Sizes}, {next.Grid} and {next.Cache}, expected {Sizes}, {Grid} and {_memory.Cache}.", nameof(weights));
        _memory = next;
        for (int row = 0; row < Rows; row++) Derive(row);
    }

    /// <summary>Norms a layer input into its place in the scratch and adds the vector of its place in the chunk.</summary>
    private Span<float> Prepare(HcamLayer layer, int item, ReadOnlySpan<float> x, int place)
    {
        _scratch.Normalize(layer.Common, item, x);
        Span<float> normal = _scratch.Normal(item, 1);
        Elementwise.Add(layer.Place(place), normal);
        return normal;
    }

    /// <summary>Writes this step's layer input, key and value into a row's free place, chooses chunks, and adds up what the query finds in them.</summary>
    private void Attend(int row, int r, int l, ReadOnlySpan<float> x)
    {
        HcamLayer layer = _memory.Layers[l];
        int slot = _rings.Slot(row, 0), place = _rings.Place(row);
        x.CopyTo(_rings.Input(row, l, slot, place));
        _cache.Write((row * Grid.Slots) + slot, l, place, _scratch.KeyValue(r));
        Choose(row, l, layer, _asked.AsSpan(r * Sizes.Hidden, Sizes.Hidden));

        ReadOnlySpan<float> query = _scratch.Query(r);
        Span<float> attended = _scratch.Attended(r);
        layer.Biases(age: 0, place, _biases);
        _cache.Attend((row * Grid.Slots) + slot, l, place + 1, oldest: 0, query, _biases, _found);
        Elementwise.Multiply(_found, _choice.OwnWeight, attended);
        for (int i = 0; i < _choice.Count; i++)
        {
            int age = _choice.Age(i);
            if (age == 1) layer.Biases(age, place, _biases);
            _cache.Attend((row * Grid.Slots) + _rings.Slot(row, age), l, Grid.Chunk, oldest: 0, query, age == 1 ? _biases : _noBiases, _found);
            Elementwise.Multiply(_found, _choice.Weight(i), _found);
            Elementwise.Add(_found, attended);
        }
    }

    /// <summary>Chooses the closed chunks that a query looks into, the newest of equals first.</summary>
    private void Choose(int row, int l, HcamLayer layer, ReadOnlySpan<float> asked)
    {
        int position = _rings.Position(row), visible = Grid.Visible(position), number = position / Grid.Chunk;
        _choice.Clear();
        if (visible > 0)
        {
            ReadOnlySpan<float> scores = _summaries.Score(row, l, asked, _rings.Used(row));
            for (int age = 1; age <= visible; age++) _choice.Offer(age, Relevance(scores, age));
            if (Decide is not null)
            {
                IReadOnlyList<int> ages = Decide(row, l, _choice);
                _choice.Clear();
                for (int i = 0; i < ages.Count; i++) _choice.Offer(ages[i], Relevance(scores, ages[i]));
            }
        }
        float own = 0;
        for (int i = 0; i < asked.Length; i++) own = default(ScalarSimd).MultiplyAdd(asked[i], layer.Own[i], own);
        _choice.Weigh(own + layer.Bias(age: 0, number));

        float Relevance(ReadOnlySpan<float> scores, int age) => scores[_rings.Slot(row, age)] + layer.Bias(age, number - age);
    }

    /// <summary>Makes keys, values, sums and summaries of all valid items anew; those of a chunk that is not whole are never looked at.</summary>
    private void Derive(int row)
    {
        int count = _rings.Count(row);
        for (int l = 0; l < Sizes.Layers; l++)
        {
            HcamLayer layer = _memory.Layers[l];
            for (int before = count; before > 0; before -= _scratch.Items)
            {
                int items = Math.Min(_scratch.Items, before);
                for (int i = 0; i < items; i++)
                {
                    (int slot, int place) = _rings.At(row, before - i);
                    Prepare(layer, i, _rings.Input(row, l, slot, place), place);
                }
                _scratch.ProjectKeys(layer.Common, items);
                for (int i = 0; i < items; i++)
                {
                    (int slot, int place) = _rings.At(row, before - i);
                    _cache.Write((row * Grid.Slots) + slot, l, place, _scratch.KeyValue(i));
                    _summaries.Add(row, l, layer, (_rings.Position(row) - before + i) / Grid.Chunk, slot, place, _scratch.Normal(i, 1));
                }
            }
        }
    }
}
