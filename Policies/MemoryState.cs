using RLSeq.Agents;

namespace RLSeq.Policies;

/// <summary>The canonical state of B rows as tensors: one tensor <c>[B, …]</c> per block of the layout.</summary>
/// <remarks>It does not own its tensors; they belong to the dispose scope in which they were made.</remarks>
public sealed class MemoryState
{
    private readonly Tensor[] _blocks;

    /// <summary>Makes a state of its blocks.</summary>
    /// <param name="layout">What the blocks are.</param>
    /// <param name="blocks">One tensor per block of the layout, each <c>[B, block.Shape]</c> with the same B.</param>
    /// <exception cref="ArgumentException">The tensors do not match the layout.</exception>
    public MemoryState(MemoryLayout layout, params Tensor[] blocks)
    {
        if (blocks.Length != layout.Blocks.Count)
            throw new ArgumentException($"The layout has {layout.Blocks.Count} blocks, but {blocks.Length} tensors were given.", nameof(blocks));
        for (int i = 0; i < blocks.Length; i++)
        {
            long[] expected = [blocks[0].shape[0], .. layout.Blocks[i].Shape.Select(length => (long)length)];
            if (!blocks[i].shape.AsSpan().SequenceEqual(expected))
                throw new ArgumentException($"Block '{layout.Blocks[i].Name}' needs the shape [{string.Join(", ", expected)}], but the tensor has [{string.Join(", ", blocks[i].shape)}].", nameof(blocks));
        }
        (Layout, _blocks) = (layout, blocks);
    }

    /// <summary>What the blocks are.</summary>
    public MemoryLayout Layout { get; }

    /// <summary>A block's tensor, <c>[B, block.Shape]</c>.</summary>
    /// <param name="block">The block's index in the layout.</param>
    public Tensor this[int block] => _blocks[block];

    /// <summary>The initial state of rows that begin an episode: all zero.</summary>
    /// <param name="layout">What the blocks are.</param>
    /// <param name="batch">The number of rows.</param>
    /// <param name="like">Gives the element type and the device.</param>
    public static MemoryState Zeros(MemoryLayout layout, long batch, Tensor like) =>
        new(layout, [.. layout.Blocks.Select(block => zeros([batch, .. block.Shape.Select(length => (long)length)], dtype: like.dtype, device: like.device))]);

    /// <summary>Makes a state from canonical rows, as the acting engine saves them.</summary>
    /// <param name="layout">What a row holds.</param>
    /// <param name="rows">The rows one after the other, <c>[B, layout.Size]</c>.</param>
    /// <param name="like">Gives the element type and the device.</param>
    public static MemoryState FromRows(MemoryLayout layout, float[] rows, Tensor like)
    {
        if (layout.Size == 0) return new MemoryState(layout);
        long batch = rows.Length / layout.Size;
        using Tensor all = tensor(rows, [batch, layout.Size]).to(like.dtype, like.device);
        return new MemoryState(layout, [.. layout.Blocks.Select((block, i) =>
            all.narrow(1, layout.Offset(i), block.Size).reshape([batch, .. block.Shape.Select(length => (long)length)]).clone())]);
    }

    /// <summary>The canonical rows, <c>[B, Layout.Size]</c>, as the acting engine loads them.</summary>
    public float[] ToRows()
    {
        if (_blocks.Length == 0) return [];
        using DisposeScope scope = NewDisposeScope();
        long batch = _blocks[0].shape[0];
        Tensor all = cat([.. _blocks.Select(block => block.detach().reshape(batch, -1).to(float32).cpu())], 1);
        return all.contiguous().data<float>().ToArray();
    }

    /// <summary>Some of the rows.</summary>
    /// <param name="index">Which, int64 <c>[R]</c>.</param>
    public MemoryState Rows(Tensor index) => new(Layout, [.. _blocks.Select(block => block.index_select(0, index))]);
}
