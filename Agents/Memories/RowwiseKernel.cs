namespace RLSeq.Agents;

/// <summary>
/// The kernel of a memory of one's own whose state is its canonical state: a subclass says how one row steps, and everything that kernels
/// promise besides (rows that begin and end by themselves, looking ahead, saving, loading, new weights) is done here.
/// </summary>
/// <remarks>
/// The built-in memories step all rows through a matrix at once, which costs less per row; their kernels implement
/// <see cref="IMemoryKernel"/> themselves. Nothing may be allocated in a step: scratch belongs into fields.
/// </remarks>
/// <typeparam name="TWeights">The memory's weights.</typeparam>
public abstract class RowwiseKernel<TWeights> : IMemoryKernel
    where TWeights : MemoryWeights
{
    private readonly RowStates _states;
    private readonly float[] _ahead; // a state that is not kept

    /// <summary>Makes the states of all rows, at the beginning of an episode: zeros.</summary>
    /// <param name="weights">The weights; <see cref="MemoryWeights.Features"/> is the length D of inputs and outputs.</param>
    /// <param name="rows">How many rows, at least 1.</param>
    /// <exception cref="ArgumentException">The memory's layout has a window, which this class does not keep; or it does not say its features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no rows, or so many that their states do not fit into one array.</exception>
    protected RowwiseKernel(TWeights weights, int rows)
    {
        if (weights.Features < 1) throw new ArgumentException($"The memory '{weights.Kind}' has {weights.Features} features; give the length of its input.", nameof(weights));
        foreach (MemoryBlock block in weights.Layout.Blocks)
            if (block.IsWindow) throw new ArgumentException($"The block '{block.Name}' of the memory '{weights.Kind}' is a window; implement {nameof(IMemoryKernel)} for it.", nameof(weights));
        Weights = weights;
        _states = new RowStates(MemoryGuard.RowCount(rows, weights.Layout.Size), weights.Layout.Size);
        _ahead = new float[weights.Layout.Size];
    }

    /// <inheritdoc/>
    public MemoryLayout Layout => Weights.Layout;

    /// <inheritdoc/>
    public int Rows => _states.Rows;

    /// <summary>The current weights.</summary>
    protected TWeights Weights { get; private set; }

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
    {
        int d = Weights.Features;
        MemoryGuard.Batch(rows, Rows, input.Length, output.Length, d);
        for (int r = 0; r < rows.Length; r++) Advance(input.Slice(r * d, d), _states[rows[r]], output.Slice(r * d, d));
    }

    /// <inheritdoc/>
    public void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
    {
        int d = Weights.Features;
        MemoryGuard.Batch(rows, Rows, input.Length, output.Length, d);
        for (int r = 0; r < rows.Length; r++)
        {
            _states[rows[r]].CopyTo(_ahead);
            Advance(input.Slice(r * d, d), _ahead, output.Slice(r * d, d));
        }
    }

    /// <inheritdoc/>
    public void Reset(int row) => _states.Reset(row);

    /// <inheritdoc/>
    public void Save(int row, Span<float> state) => _states.Save(row, state);

    /// <inheritdoc/>
    public virtual void Load(int row, ReadOnlySpan<float> state) => _states.Load(row, state);

    /// <inheritdoc/>
    public void Newest(int row, int block, Span<float> item) => MemoryGuard.ThrowNoWindow(block);

    /// <inheritdoc/>
    public void Swap(MemoryWeights weights)
    {
        TWeights next = MemoryGuard.Same<TWeights>(weights);
        MemoryGuard.SameLayout(Weights, next);
        Weights = next;
    }

    /// <summary>One step of one row.</summary>
    /// <param name="input">The features, <c>[D]</c>.</param>
    /// <param name="state">The row's canonical state, to be replaced by that after the step, <c>[Layout.Size]</c>.</param>
    /// <param name="output">Receives the memory's output, <c>[D]</c>.</param>
    protected abstract void Advance(ReadOnlySpan<float> input, Span<float> state, Span<float> output);
}
