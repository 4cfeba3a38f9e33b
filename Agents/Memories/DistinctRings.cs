namespace RLSeq.Agents;

/// <summary>
/// The rings of a Transformer that stores no near-duplicates: per row S + 1 slots for the latest S stored steps that are at most M steps old,
/// each with its age, and the free one. A step that is a near-duplicate of a held one leaves the free slot free. It saves and loads the
/// canonical state: the inputs <c>[L, S, D]</c>, the ages <c>[S]</c>, then how many are held.
/// </summary>
internal sealed class DistinctRings : AttentionRings
{
    private readonly TransformerSizes _ring;
    private readonly int _context;
    private readonly float _tolerance;
    private readonly int[] _written; // [rows, S + 1]: the number of the step in each slot
    private readonly float[] _lengths; // [rows, S + 1]: the squared length of the first layer's input in each slot
    private readonly int[] _now; // the number of the row's next step; numbers may overflow, their differences do not

    /// <summary>Makes empty rings.</summary>
    /// <param name="sizes">The Transformer's sizes, with S as its context.</param>
    /// <param name="memory">The form, M and ε.</param>
    /// <param name="rows">The rows.</param>
    public DistinctRings(TransformerSizes sizes, TransformerMemory memory, int rows) : base(sizes, memory.Form, rows)
    {
        (_ring, _context, _tolerance) = (sizes, memory.Sizes.Context, memory.Tolerance);
        _written = new int[checked(rows * sizes.Items)];
        (_lengths, _now) = (new float[_written.Length], new int[rows]);
    }

    /// <summary>How many steps before the row's next one the item in a slot was written.</summary>
    public int Age(int row, int slot) => unchecked(_now[row] - _written[(row * _ring.Items) + slot]);

    /// <summary>Stores the item in the free slot unless it is a near-duplicate of one that is held, and lets go of what is too old then.</summary>
    public override void Advance(int row)
    {
        int free = Next(row), items = _ring.Items, count = Count(row), slot = (row * items) + free;
        _written[slot] = _now[row];
        _lengths[slot] = WriteGate.SquaredLength(Input(row, 0, free));
        if (_ring.Context > 0 && !IsNearAHeldOne(row, free))
        {
            Place(row, count = Math.Min(count + 1, _ring.Context), (free + 1) % items);
        }
        _now[row] = unchecked(_now[row] + 1);
        while (count > 0 && Age(row, Slot(row, count, 0)) > _context) count--;
        Place(row, count, Next(row));
    }

    public override void Save(int row, Span<float> state)
    {
        base.Save(row, state);
        int count = Count(row);
        Span<float> ages = Ages(state);
        for (int i = 0; i < count; i++) ages[ages.Length - count + i] = Age(row, Slot(row, count, i));
    }

    public override void Load(int row, ReadOnlySpan<float> state)
    {
        base.Load(row, state);
        int count = Count(row), items = _ring.Items;
        for (int i = 0; i < count; i++)
        {
            int slot = Slot(row, count, i);
            _written[(row * items) + slot] = unchecked(_now[row] - (int)state[state.Length - 1 - count + i]);
            _lengths[(row * items) + slot] = WriteGate.SquaredLength(Input(row, 0, slot));
        }
    }

    /// <summary>The slot of the i-th held item, the oldest first, where so many are held.</summary>
    private int Slot(int row, int count, int i) => (Next(row) - count + i + _ring.Items) % _ring.Items;

    /// <summary>The newest first: what lasts is found at once.</summary>
    private bool IsNearAHeldOne(int row, int free)
    {
        int count = Count(row), first = row * _ring.Items;
        ReadOnlySpan<float> x = Input(row, 0, free);
        for (int i = count - 1; i >= 0; i--)
        {
            int slot = Slot(row, count, i);
            if (WriteGate.IsNear(x, _lengths[first + free], Input(row, 0, slot), _lengths[first + slot], _tolerance)) return true;
        }
        return false;
    }

    private Span<float> Ages(Span<float> state) => state.Slice(state.Length - 1 - _ring.Context, _ring.Context);
}
