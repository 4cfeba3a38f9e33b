namespace RLSeq.Agents;

/// <summary>
/// A memory as it acts: rows that begin and end independently, each with its own state. Nothing is allocated by any of these
/// calls, and a row's result does not depend, bit for bit, on the other rows, their number or their order.
/// </summary>
public interface IMemoryKernel
{
    /// <summary>The canonical state of one row.</summary>
    MemoryLayout Layout { get; }

    /// <summary>The number of rows whose state this kernel holds.</summary>
    int Rows { get; }

    /// <summary>Advances the given rows by one step.</summary>
    /// <param name="rows">The rows to step, each at most once.</param>
    /// <param name="input">The features, <c>[rows.Length, D]</c>.</param>
    /// <param name="output">Receives the memory's output, <c>[rows.Length, D]</c>.</param>
    void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output);

    /// <summary>As <see cref="Step"/>, without committing the state: for values that bootstrap an advantage.</summary>
    /// <param name="rows">The rows to look ahead from.</param>
    /// <param name="input">The features, <c>[rows.Length, D]</c>.</param>
    /// <param name="output">Receives the memory's output, <c>[rows.Length, D]</c>.</param>
    void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Begins anew: the row's state becomes the initial one.</summary>
    /// <param name="row">The row.</param>
    void Reset(int row);

    /// <summary>Writes the row's canonical state.</summary>
    /// <param name="row">The row.</param>
    /// <param name="state">Receives <c>Layout.Size</c> floats.</param>
    void Save(int row, Span<float> state);

    /// <summary>Sets the row's state from a canonical one.</summary>
    /// <param name="row">The row.</param>
    /// <param name="state"><c>Layout.Size</c> floats.</param>
    /// <exception cref="ArgumentException">The length is wrong, a number is NaN or infinite, or no episode leads to such a state; nothing has changed.</exception>
    void Load(int row, ReadOnlySpan<float> state);

    /// <summary>Writes what the row's last <see cref="Step"/> added to a window block.</summary>
    /// <param name="row">The row.</param>
    /// <param name="block">The block's index in the layout; it must be a window.</param>
    /// <param name="item">Receives <c>ItemSize</c> floats: the block's shape without its window axis.</param>
    void Newest(int row, int block, Span<float> item);

    /// <summary>Replaces the weights by others of the same sizes; every row keeps its state, and what is derived from it is derived anew.</summary>
    /// <param name="weights">The new weights.</param>
    /// <exception cref="ArgumentException">They are of another kind or of other sizes.</exception>
    void Swap(MemoryWeights weights);
}
