namespace RLSeq.Agents;

/// <summary>
/// The packed, read-only weights of a memory. One instance serves any number of kernels, agents and threads: state and scratch
/// belong to the kernels that it creates.
/// </summary>
public abstract class MemoryWeights
{
    /// <summary>Makes the weights.</summary>
    /// <param name="kind">The memory's kind.</param>
    /// <param name="features">The length D of its input and output; 0 when the memory takes any.</param>
    /// <param name="layout">The canonical state of one row.</param>
    protected MemoryWeights(string kind, int features, MemoryLayout layout) => (Kind, Features, Layout) = (kind, features, layout);

    /// <summary>The memory's kind, such as <c>lstm</c>.</summary>
    public string Kind { get; }

    /// <summary>The length D of its input and output; 0 when the memory takes any.</summary>
    public int Features { get; }

    /// <summary>The canonical state of one row.</summary>
    public MemoryLayout Layout { get; }

    /// <summary>The multiply-adds of matrix products in one step of one row.</summary>
    /// <param name="position">The steps of the episode that came before, at least 0.</param>
    public abstract long OperationsPerStep(int position);

    /// <summary>
    /// As <see cref="OperationsPerStep"/>, but what a step really costs where sizes are so small that little of it is multiply-adds: what
    /// the work of an unknown file is measured by.
    /// </summary>
    /// <param name="position">The steps of the episode that came before, at least 0.</param>
    internal virtual long WorkPerStep(int position) => OperationsPerStep(position);

    /// <summary>The bytes that one step of one row must read: weights, and cached keys and values in their format. The floor of its time.</summary>
    /// <param name="position">The steps of the episode that came before, at least 0.</param>
    public abstract long BytesPerStep(int position);

    /// <summary>Makes a kernel with its own state and scratch; every row begins anew.</summary>
    /// <param name="rows">The number of rows, at least 1.</param>
    public abstract IMemoryKernel CreateKernel(int rows);
}
