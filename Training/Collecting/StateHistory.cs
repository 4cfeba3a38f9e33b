using System.Runtime.InteropServices;
using RLSeq.Agents;
using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>
/// The memory's states over one rollout. A plain block is stored once per chunk <c>[C, N, …]</c>; a window is stored once per row with
/// M + T items along its axis, and a chunk's window is a view of M of them, never a copy.
/// </summary>
/// <remarks>With burn-in of b steps, the state of every chunk but the first is the one b steps before the chunk begins.</remarks>
public sealed class StateHistory : IDisposable
{
    private readonly Tensor[] _blocks;
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

    /// <summary>The states that some sequences begin from.</summary>
    /// <param name="sequences">Sequence numbers, chunk · N + row, grouped by chunk in ascending order.</param>
    /// <param name="device">Where the tensors are needed.</param>
    public MemoryState States(ReadOnlySpan<long> sequences, Device device)
    {
        var parts = new List<(int Chunk, long[] Rows)>();
        for (int from = 0; from < sequences.Length;)
        {
            int chunk = (int)(sequences[from] / _rows), to = from;
            while (to < sequences.Length && sequences[to] / _rows == chunk) to++;
            var rows = new long[to - from];
            for (int i = from; i < to; i++) rows[i - from] = sequences[i] - ((long)chunk * _rows);
            parts.Add((chunk, rows));
            from = to;
        }
        var blocks = new Tensor[_blocks.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            using DisposeScope scope = NewDisposeScope();
            var gathered = parts.Select(part => View(i, part.Chunk).index_select(0, tensor(part.Rows))).ToList();
            blocks[i] = (gathered.Count == 1 ? gathered[0] : cat(gathered, 0)).to(device).MoveToOuterDisposeScope();
        }
        return new MemoryState(Layout, blocks);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor block in _blocks) block.Dispose();
    }

    /// <summary>The states of all rows at one chunk's beginning, <c>[N, …]</c>: a view of the storage.</summary>
    private Tensor View(int block, int chunk)
    {
        MemoryBlock shape = Layout.Blocks[block];
        if (!shape.IsWindow) return _blocks[block].select(0, chunk);
        int first = chunk == 0 ? 0 : (chunk * _chunk) - _burnIn;
        return _blocks[block].narrow(shape.WindowAxis + 1, first, shape.WindowLength);
    }

    private void StoreItems(int block, int row, int first, int count, ReadOnlySpan<float> items)
    {
        MemoryBlock shape = Layout.Blocks[block];
        int outer = shape.Shape.Take(shape.WindowAxis).Aggregate(1, (product, length) => product * length);
        int inner = shape.ItemSize / outer, length = shape.WindowLength + _steps;
        Span<float> storage = Floats(_blocks[block]);
        for (int o = 0; o < outer; o++)
            items.Slice(o * count * inner, count * inner).CopyTo(storage.Slice(((((row * outer) + o) * length) + first) * inner));
    }

    private long[] StorageShape(MemoryBlock block) => block.IsWindow
        ? [_rows, .. block.Shape.Select((length, axis) => axis == block.WindowAxis ? (long)length + _steps : length)]
        : [Chunks, _rows, .. block.Shape.Select(length => (long)length)];

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
