namespace RLSeq.Agents;

/// <summary>What the kernels of recurrences share: a state per row without a window, and weights that are exchanged under it.</summary>
/// <typeparam name="TWeights">The memory's weights.</typeparam>
internal abstract class RecurrentKernel<TWeights> : IMemoryKernel
    where TWeights : MemoryWeights
{
    /// <summary>Makes the states of all rows, at the beginning of an episode.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="size">The floats of one row's state.</param>
    protected RecurrentKernel(TWeights weights, int rows, int size) => (Weights, States) = (weights, new RowStates(rows, size));

    public MemoryLayout Layout => Weights.Layout;

    public int Rows => States.Rows;

    protected TWeights Weights { get; private set; }

    protected RowStates States { get; }

    public abstract void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output);

    public abstract void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output);

    public void Reset(int row) => States.Reset(row);

    public void Save(int row, Span<float> state) => States.Save(row, state);

    public virtual void Load(int row, ReadOnlySpan<float> state) => States.Load(row, state);

    public void Newest(int row, int block, Span<float> item) => MemoryGuard.ThrowNoWindow(block);

    public void Swap(MemoryWeights weights)
    {
        TWeights next = MemoryGuard.Same<TWeights>(weights);
        MemoryGuard.SameLayout(Weights, next);
        Weights = next;
    }
}
