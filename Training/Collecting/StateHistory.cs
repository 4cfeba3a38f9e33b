using System.Runtime.InteropServices;
using RLSeq.Agents;

namespace RLSeq.Training;

/// <summary>
/// The memory's states over one rollout. A plain block is stored once per chunk <c>[C, N, …]</c>; a window is stored once per row with
/// M + T items along its axis, and a chunk's window is a view of M of them; only the rows of a minibatch are ever gathered.
/// </summary>
/// <remarks>With burn-in of b steps, the state of every chunk but the first is the one b steps before the chunk begins.</remarks>
public sealed class StateHistory : IDisposable
{
    private readonly Tensor[] _blocks;
    private readonly int[] _inner; // per block: the floats behind a window's axis
    private readonly int _rows, _steps, _chunk, _burnIn;

    /// <summary>Makes the storage, on the CPU.</summary>
    /// <param name="layout">The memory's canonical state.</param>
    /// <param name="rows">N.</param>
    /// <param name="steps">T.</param>
    /// <param name="chunk">The length of a sequence, dividing T.</param>
    /// <param name="burnIn">Steps by which the state of later chunks is taken earlier.</param>
    public StateHistory(MemoryLayout layout, int rows, int steps, int chunk, int burnIn)
    {
        (Layout, _rows, _steps, _chunk, _burnIn) = (layout, rows, steps, chunk, burnIn);
        _inner = [.. layout.Blocks.Select(block => block.Shape.Skip(block.WindowAxis + 1).Aggregate(1, (product, length) => product * length))];
        _blocks = [.. layout.Blocks.Select(block => zeros(StorageShape(block)).DetachFromDisposeScope())];
    }

    /// <summary>The memory's canonical state.</summary>
    public MemoryLayout Layout { get; }

    /// <summary>The number of sequences per row, C.</summary>
    public int Chunks => _steps / _chunk;

    /// <summary>Whether the state before step <paramref name="t"/> is the one that a chunk's sequence begins from.</summary>
    /// <param name="t">The step, 0 to T - 1.</param>
    /// <param name="chunk">Which chunk.</param>
    public bool BeginsAt(int t, out int chunk)
    {
        chunk = t == 0 ? 0 : (t + _burnIn) / _chunk;
        return t == 0 || (chunk > 0 && chunk < Chunks && t == (chunk * _chunk) - _burnIn);
    }

    /// <summary>Stores a row's state before step <paramref name="t"/>.</summary>
    /// <param name="t">The step, at which a chunk begins.</param>
    /// <param name="chunk">The chunk.</param>
    /// <param name="row">The row.</param>
    /// <param name="state">The canonical state, <c>Layout.Size</c> floats.</param>
    public void Store(int t, int chunk, int row, ReadOnlySpan<float> state)
    {
        for (int i = 0; i < _blocks.Length; i++)
        {
            MemoryBlock block = Layout.Blocks[i];
            ReadOnlySpan<float> values = state.Slice(Layout.Offset(i), block.Size);
            if (!block.IsWindow) values.CopyTo(Floats(_blocks[i]).Slice(((chunk * _rows) + row) * block.Size));
            else if (t == 0) StoreItems(i, row, 0, block.WindowLength, values);
        }
    }

    /// <summary>Stores what step <paramref name="t"/> added to a row's window.</summary>
    /// <param name="t">The step.</param>
    /// <param name="block">The block's index; it is a window.</param>
    /// <param name="row">The row.</param>
    /// <param name="item">The block's shape without its window axis.</param>
    public void Append(int t, int block, int row, ReadOnlySpan<float> item) =>
        StoreItems(block, row, Layout.Blocks[block].WindowLength + t, 1, item);

    /// <summary>The states on a device; on the CPU without a copy.</summary>
    /// <param name="device">Where they are needed.</param>
    public ChunkStates To(Device device) => new(Layout, [.. _blocks.Select(block => block.to(device))], _rows, _chunk, _burnIn);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor block in _blocks) block.Dispose();
    }

    private void StoreItems(int block, int row, int first, int count, ReadOnlySpan<float> items)
    {
        MemoryBlock shape = Layout.Blocks[block];
        int inner = _inner[block], outer = shape.ItemSize / inner, length = shape.WindowLength + _steps;
        Span<float> storage = Floats(_blocks[block]);
        for (int o = 0; o < outer; o++)
            items.Slice(o * count * inner, count * inner).CopyTo(storage.Slice(((((row * outer) + o) * length) + first) * inner));
    }

    private long[] StorageShape(MemoryBlock block) => block.IsWindow
        ? [_rows, .. block.Shape.Select((length, axis) => axis == block.WindowAxis ? (long)length + _steps : length)]
        : [Chunks, _rows, .. block.Shape.Select(length => (long)length)];

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
