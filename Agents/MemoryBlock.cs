namespace RLSeq.Agents;

/// <summary>One named block of a memory's canonical state: an array of floats of a fixed shape, per row.</summary>
/// <param name="Name">Unique within the layout, such as <c>h</c> or <c>inputs</c>.</param>
/// <param name="Shape">The block's dimensions for one row.</param>
/// <param name="WindowAxis">
/// For a block that holds the last M items of a sequence: the index of the axis of length M, whose entries run from oldest to
/// newest, right-aligned (the newest is the last; entries not yet filled are zero and stand first). Otherwise -1.
/// A rollout keeps such a block once, with M + T entries along this axis, and a chunk's state is a view of it.
/// </param>
public sealed record MemoryBlock(string Name, IReadOnlyList<int> Shape, int WindowAxis = -1)
{
    /// <summary>The number of floats of this block for one row.</summary>
    public int Size { get; } = checked(Shape.Aggregate(1, (product, length) => checked(product * length)));

    /// <summary>Whether the block is a window over the last items of a sequence.</summary>
    public bool IsWindow => WindowAxis >= 0;

    /// <summary>The number of items that a window holds; 0 for a plain block.</summary>
    public int WindowLength => IsWindow ? Shape[WindowAxis] : 0;

    /// <summary>The floats that one step adds to a window (its size without the window's axis); 0 for a plain block.</summary>
    public int ItemSize => IsWindow ? Size / Math.Max(1, WindowLength) : 0;
}
