namespace RLSeq.Agents;

/// <summary>
/// Where a Transformer is in its episodes: per row a ring of M + 1 slots, which all layers share, and the layer inputs
/// <c>[M + 1, D]</c> that stand in it; M is the context of the sizes that it is made with. The slot after the newest item is always free: a step writes into it and then moves on; looking
/// ahead writes into it and does not. It saves and loads the canonical state: the inputs <c>[L, M, D]</c>, then the steps counted.
/// </summary>
internal class AttentionRings
{
    private readonly TransformerSizes _sizes;
    private readonly float[] _inputs; // [rows, L, M + 1, D]
    private readonly TransformerForm _form;
    private readonly int[] _steps; // of the episode, as far as the form counts them
    private readonly int[] _next; // the free slot

    public AttentionRings(TransformerSizes sizes, TransformerForm form, int rows)
    {
        (_sizes, _form) = (sizes, form);
        _inputs = new float[checked(rows * sizes.Layers * sizes.Items * sizes.Hidden)];
        (_steps, _next) = (new int[rows], new int[rows]);
    }

    /// <summary>The steps of a row's episode, at most as many as the form counts.</summary>
    public int Steps(int row) => _steps[row];

    /// <summary>The valid items of a row, beside the free slot.</summary>
    public int Count(int row) => Math.Min(_steps[row], _sizes.Context);

    /// <summary>The slot that the next step writes into.</summary>
    public int Next(int row) => _next[row];

    /// <summary>The slot of the oldest valid item, or the free slot when there is none.</summary>
    public int Oldest(int row) => (_next[row] - Count(row) + _sizes.Items) % _sizes.Items;

    /// <summary>The slots from the first to the last that the next step attends to.</summary>
    public int Used(int row) => Math.Min(_sizes.Items, Oldest(row) + Count(row) + 1);

    /// <summary>Layer inputs of a row and layer, <c>[M + 1, D]</c>.</summary>
    public Span<float> Inputs(int row, int layer) =>
        _inputs.AsSpan(((row * _sizes.Layers) + layer) * _sizes.Items * _sizes.Hidden, _sizes.Items * _sizes.Hidden);

    /// <summary>One layer input.</summary>
    public Span<float> Input(int row, int layer, int slot) => Inputs(row, layer).Slice(slot * _sizes.Hidden, _sizes.Hidden);

    /// <summary>Makes the item in the free slot valid, and the oldest one's slot free where the window is full.</summary>
    public virtual void Advance(int row)
    {
        _steps[row] = Math.Min(_steps[row] + 1, _form.MostCounted(_sizes.Context));
        _next[row] = (_next[row] + 1) % _sizes.Items;
    }

    /// <summary>Empties a row.</summary>
    public void Begin(int row) => Place(row, 0, 0);

    /// <summary>Sets where a row stands.</summary>
    /// <param name="row">The row.</param>
    /// <param name="steps">The steps that it has counted.</param>
    /// <param name="next">The free slot; the valid items stand before it.</param>
    protected void Place(int row, int steps, int next) => (_steps[row], _next[row]) = (steps, next);

    /// <summary>Writes a row's canonical state.</summary>
    public virtual void Save(int row, Span<float> state)
    {
        int d = _sizes.Hidden, context = _sizes.Context, count = Count(row), oldest = Oldest(row);
        state.Clear();
        for (int l = 0; l < _sizes.Layers; l++)
            for (int i = 0; i < count; i++)
                Input(row, l, (oldest + i) % _sizes.Items).CopyTo(state[(((l * context) + context - count + i) * d)..]);
        state[^1] = Steps(row);
    }

    /// <summary>Sets a row from a canonical state that was checked, its items in the first slots.</summary>
    public virtual void Load(int row, ReadOnlySpan<float> state)
    {
        int d = _sizes.Hidden, context = _sizes.Context;
        _steps[row] = (int)state[^1];
        int count = _next[row] = Count(row);
        for (int l = 0; l < _sizes.Layers; l++) state.Slice(((l * context) + context - count) * d, count * d).CopyTo(Inputs(row, l));
    }

    /// <summary>Writes the newest item's layer inputs, <c>[L, D]</c>.</summary>
    public void Newest(int row, Span<float> item)
    {
        int d = _sizes.Hidden, slot = (_next[row] - 1 + _sizes.Items) % _sizes.Items;
        for (int l = 0; l * d < item.Length; l++) Input(row, l, slot).CopyTo(item[(l * d)..]);
    }
}
