using System.Diagnostics.CodeAnalysis;

namespace RLSeq.Agents;

/// <summary>The checks that the memory kernels share.</summary>
internal static class MemoryGuard
{
    /// <summary>The most floats of one row's state: 128 MiB, so that a hostile file cannot ask for more.</summary>
    private const long LargestState = 1L << 25;

    /// <summary>The most numbers of one array: <c>Array.MaxLength</c>, less what aligning it may take.</summary>
    private const long LargestArray = 0x7FFFFFC7 - 64;

    /// <summary>Checks a number of rows before anything is allocated for them.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="numbers">What one row takes in the largest of the kernel's arrays.</param>
    public static int RowCount(int rows, long numbers = 1)
    {
        if (rows < 1) throw new ArgumentOutOfRangeException(nameof(rows), rows, "A memory needs at least one row.");
        if (rows > LargestArray / Math.Max(1, numbers))
            throw new ArgumentOutOfRangeException(nameof(rows), rows, $"{rows} rows of this memory, each of {numbers} numbers, do not fit into one array, which holds {LargestArray}; make several batches of fewer rows (an {nameof(AgentBatch)} takes the number of its first row).");
        return rows;
    }

    public static void Row(int row, int rows)
    {
        if ((uint)row >= (uint)rows) ThrowRow(row, rows);
    }

    public static void Batch(ReadOnlySpan<int> rows, int rowCount, int input, int output, int features)
    {
        foreach (int row in rows) Row(row, rowCount);
        RowGuard.Exact(input, rows.Length, features, nameof(input));
        RowGuard.Exact(output, rows.Length, features, nameof(output));
        if (rows.Length > rowCount) throw new ArgumentException($"A memory of {rowCount} rows was asked to step {rows.Length}; each row may stand in a step once.", nameof(rows));
    }

    public static void State(int row, int rows, int length, int size)
    {
        Row(row, rows);
        if (length != size) throw new ArgumentException($"A row's state of this memory has {size} floats; given: {length}.", nameof(length));
    }

    /// <summary>Checks a state that is to be loaded, before anything changes: a damaged one would spread, and the next action would blame the weights.</summary>
    public static void Finite(ReadOnlySpan<float> state)
    {
        for (int i = 0; i < state.Length; i++)
            if (!float.IsFinite(state[i])) ThrowNotFinite(state, i);
    }

    /// <summary>Checks the block <c>begun</c>, the last number of a state.</summary>
    public static void Begun(ReadOnlySpan<float> state)
    {
        if (state[^1] is not (0 or 1)) throw new ArgumentException($"The state's begun is {state[^1]}; expected 0, before an episode's first step, or 1.", nameof(state));
    }

    public static void StateSize(string kind, long floats)
    {
        if (floats is < 0 or > LargestState) throw new PolicyFormatException($"The policy's memory '{kind}' would need {floats} floats of state per row; at most {LargestState} are allowed.");
    }

    [DoesNotReturn]
    public static void ThrowNoWindow(int block) =>
        throw new ArgumentOutOfRangeException(nameof(block), block, "This block of the memory's layout is no window, so a step adds no item to it.");

    public static TWeights Same<TWeights>(MemoryWeights weights)
        where TWeights : MemoryWeights =>
        weights as TWeights ?? throw new ArgumentException($"Weights can be swapped only for the same kind of memory; given: '{weights.Kind}'.", nameof(weights));

    public static void SameLayout(MemoryWeights current, MemoryWeights next)
    {
        if (!current.Layout.Matches(next.Layout))
            throw new ArgumentException("Weights can be swapped only for ones of the same sizes: the memory's state has another layout.", nameof(next));
    }

    [DoesNotReturn]
    private static void ThrowNotFinite(ReadOnlySpan<float> state, int index) =>
        throw new ArgumentException($"The state has {state[index]} as element {index}; expected a finite number: what was saved is damaged, or the agent had diverged before it was saved.", nameof(state));

    [DoesNotReturn]
    private static void ThrowRow(int row, int rows) =>
        throw new ArgumentOutOfRangeException(nameof(row), row, $"There are rows 0 to {rows - 1}.");
}
