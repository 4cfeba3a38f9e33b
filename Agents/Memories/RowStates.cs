namespace RLSeq.Agents;

/// <summary>The states of a recurrent memory that keeps nothing but its canonical state: one run of floats per row.</summary>
/// <param name="rows">The rows.</param>
/// <param name="size">The floats of one row.</param>
internal sealed class RowStates(int rows, int size)
{
    private readonly float[] _floats = new float[checked(rows * size)];

    /// <summary>The rows.</summary>
    public int Rows => rows;

    /// <summary>The states of all rows, <c>[rows, size]</c>.</summary>
    public Span<float> All => _floats;

    /// <summary>A row's state.</summary>
    public Span<float> this[int row] => _floats.AsSpan(row * size, size);

    /// <summary>As <see cref="IMemoryKernel.Reset"/>.</summary>
    public void Reset(int row)
    {
        MemoryGuard.Row(row, rows);
        this[row].Clear();
    }

    /// <summary>As <see cref="IMemoryKernel.Save"/>.</summary>
    public void Save(int row, Span<float> state)
    {
        MemoryGuard.State(row, rows, state.Length, size);
        this[row].CopyTo(state);
    }

    /// <summary>As <see cref="IMemoryKernel.Load"/>.</summary>
    public void Load(int row, ReadOnlySpan<float> state)
    {
        MemoryGuard.State(row, rows, state.Length, size);
        MemoryGuard.Finite(state);
        state.CopyTo(this[row]);
    }
}
