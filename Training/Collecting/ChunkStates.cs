using RLSeq.Agents;
using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>The states that the sequences of a rollout begin from, on the device that learns.</summary>
public sealed class ChunkStates
{
    private readonly Tensor[] _blocks;
    private readonly int _rows, _chunk, _burnIn;

    internal ChunkStates(MemoryLayout layout, Tensor[] blocks, int rows, int chunk, int burnIn) =>
        (Layout, _blocks, _rows, _chunk, _burnIn) = (layout, blocks, rows, chunk, burnIn);

    /// <summary>The memory's canonical state.</summary>
    public MemoryLayout Layout { get; }

    /// <summary>The states of some sequences.</summary>
    /// <param name="sequences">Sequence numbers, chunk · N + row, in ascending order, so that those of one chunk share a view.</param>
    public MemoryState Of(ReadOnlySpan<long> sequences)
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
            Device device = _blocks[i].device;
            var gathered = parts.Select(part => View(i, part.Chunk).index_select(0, tensor(part.Rows).to(device))).ToList();
            blocks[i] = (gathered.Count == 1 ? gathered[0] : cat(gathered, 0)).MoveToOuterDisposeScope();
        }
        return new MemoryState(Layout, blocks);
    }

    /// <summary>The states of all rows at one chunk's beginning, <c>[N, …]</c>: a view of the storage.</summary>
    private Tensor View(int block, int chunk)
    {
        MemoryBlock shape = Layout.Blocks[block];
        if (!shape.IsWindow) return _blocks[block].select(0, chunk);
        int first = chunk == 0 ? 0 : (chunk * _chunk) - _burnIn;
        return _blocks[block].narrow(shape.WindowAxis + 1, first, shape.WindowLength);
    }
}
