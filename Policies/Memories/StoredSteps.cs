using RLSeq.Agents;

namespace RLSeq.Policies;

/// <summary>
/// Which steps a Transformer that stores no near-duplicates keeps: chosen once for all layers, step by step in each row, by the inputs
/// <c>[B, S + T]</c> of the S slots of the state and the T steps of a segment. A choice has no gradient.
/// </summary>
internal sealed class StoredSteps
{
    private StoredSteps(int batch, int slots, int steps)
    {
        (Batch, Slots, Steps) = (batch, slots, steps);
        First = new int[batch * steps];
        (Place, Kept) = (new int[batch * Items], new bool[batch * Items]);
        (HeldAfter, AgesAfter, CountAfter) = (new long[batch * slots], new float[batch * slots], new float[batch]);
    }

    /// <summary>B.</summary>
    public int Batch { get; }

    /// <summary>S.</summary>
    public int Slots { get; }

    /// <summary>T.</summary>
    public int Steps { get; }

    /// <summary>S + T: the state's slots from the oldest item to the newest, then the steps of the segment.</summary>
    public int Items => Slots + Steps;

    /// <summary>The first item that each step sees, <c>[B, T]</c>. It sees those kept from there on, and itself.</summary>
    public int[] First { get; }

    /// <summary>The number of each item's step, the segment's being 0 to T − 1: <c>[B, S + T]</c>.</summary>
    public int[] Place { get; }

    /// <summary>Whether each item is stored, <c>[B, S + T]</c>.</summary>
    public bool[] Kept { get; }

    /// <summary>Which items are held after the segment, the newest last, or −1: <c>[B, S]</c>.</summary>
    public long[] HeldAfter { get; }

    /// <summary>Their ages as the step after the segment sees them, or 0: <c>[B, S]</c>.</summary>
    public float[] AgesAfter { get; }

    /// <summary>How many are held after the segment, <c>[B]</c>.</summary>
    public float[] CountAfter { get; }

    /// <summary>The smallest distance of a comparison from the bound, relative to <c>(|x|² + |y|²) / 2</c>: how clear the choices are.</summary>
    public float SmallestMargin { get; private set; } = float.PositiveInfinity;

    /// <summary>Makes the choices.</summary>
    /// <param name="input">What enters the first layer, <c>[T, B, D]</c>.</param>
    /// <param name="held">The same of the state's items, <c>[B, S, D]</c>.</param>
    /// <param name="ages">Their ages, <c>[B, S]</c>.</param>
    /// <param name="count">How many of them are held, the last ones: <c>[B, 1]</c>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <param name="context">M.</param>
    /// <param name="tolerance">ε.</param>
    public static StoredSteps Choose(Tensor input, Tensor held, Tensor ages, Tensor count, Tensor starts, int context, float tolerance)
    {
        using DisposeScope scope = NewDisposeScope();
        (int steps, int batch, int width, int slots) = ((int)input.shape[0], (int)input.shape[1], (int)input.shape[2], (int)held.shape[1]);
        var stored = new StoredSteps(batch, slots, steps);
        float[] inputs = Numbers(cat([held, input.transpose(0, 1)], 1)), itemAges = Numbers(ages), counts = Numbers(count);
        bool[] begins = starts.cpu().contiguous().data<bool>().ToArray();
        int items = stored.Items;
        var newest = new List<int>(items); // what has been stored up to a step, and is held from some place on
        var lengths = new float[items];
        for (int row = 0; row < batch; row++)
        {
            ReadOnlyMemory<float> x = inputs.AsMemory(row * items * width, items * width);
            for (int i = 0; i < items; i++) lengths[i] = WriteGate.SquaredLength(x.Span.Slice(i * width, width));
            newest.Clear();
            for (int i = 0; i < slots; i++)
            {
                stored.Place[(row * items) + i] = -(int)itemAges[(row * slots) + i];
                if (i >= slots - counts[row]) newest.Add(i);
            }
            for (int t = 0; t < steps; t++) stored.Place[(row * items) + slots + t] = t;
            stored.ChooseInRow(row, x.Span, lengths, newest, begins, context, tolerance);
        }
        return stored;

        static float[] Numbers(Tensor values) => values.detach().to(float32).cpu().contiguous().data<float>().ToArray();
    }

    /// <summary><see cref="First"/>, <see cref="Place"/> and <see cref="Kept"/>, on the CPU.</summary>
    public Tensor[] ToTensors() => [tensor(First, [Batch, Steps]), tensor(Place, [Batch, Items]), tensor(Kept, [Batch, Items])];

    private void ChooseInRow(int row, ReadOnlySpan<float> x, float[] lengths, List<int> stored, bool[] begins, int context, float tolerance)
    {
        int width = x.Length / Items, oldest = 0; // the first of `stored` that is held
        Span<int> place = Place.AsSpan(row * Items, Items);
        Span<bool> kept = Kept.AsSpan(row * Items, Items);
        foreach (int item in stored) kept[item] = true;
        for (int t = 0; t < Steps; t++)
        {
            int item = Slots + t;
            if (begins[(t * Batch) + row]) oldest = stored.Count;
            LetGo(t, place);
            First[(row * Steps) + t] = oldest < stored.Count ? stored[oldest] : item;
            if (Slots == 0 || IsNearAHeldOne(item, x)) continue;
            kept[item] = true;
            stored.Add(item);
        }
        LetGo(Steps, place);
        int count = stored.Count - oldest, empty = Slots - count;
        CountAfter[row] = count;
        for (int i = 0; i < Slots; i++)
        {
            int item = i < empty ? -1 : stored[oldest + i - empty];
            HeldAfter[(row * Slots) + i] = item;
            AgesAfter[(row * Slots) + i] = item < 0 ? 0 : Steps - place[item];
        }

        // What the step sees no longer: what is too old, and all but the latest S.
        void LetGo(int step, ReadOnlySpan<int> places)
        {
            oldest = Math.Max(oldest, stored.Count - Slots);
            while (oldest < stored.Count && step - places[stored[oldest]] > context) oldest++;
        }

        bool IsNearAHeldOne(int item, ReadOnlySpan<float> inputs)
        {
            ReadOnlySpan<float> own = inputs.Slice(item * width, width);
            for (int i = stored.Count - 1; i >= oldest; i--)
            {
                int other = stored[i];
                float margin = WriteGate.Margin(own, lengths[item], inputs.Slice(other * width, width), lengths[other], tolerance);
                SmallestMargin = Math.Min(SmallestMargin, Math.Abs(margin) / ((lengths[item] + lengths[other]) / 2));
                if (margin <= 0) return true;
            }
            return false;
        }
    }
}
