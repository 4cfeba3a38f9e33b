namespace RLSeq.Agents;

/// <summary>
/// The canonical state of one row of a memory: named blocks of floats, one after the other. It is what acting and learning
/// agree on, so a state that the managed engine saved can be loaded into the tensors of training, and the reverse.
/// </summary>
public sealed class MemoryLayout
{
    /// <summary>A layout without any state.</summary>
    public static MemoryLayout Empty { get; } = new();

    private readonly int[] _offsets;

    /// <summary>Makes a layout of blocks in the given order.</summary>
    /// <param name="blocks">The blocks; their names must differ.</param>
    public MemoryLayout(params MemoryBlock[] blocks)
    {
        Blocks = blocks;
        _offsets = new int[blocks.Length];
        for (int i = 0; i < blocks.Length; i++)
        {
            _offsets[i] = Size;
            Size = checked(Size + blocks[i].Size);
        }
        if (blocks.Select(block => block.Name).Distinct(StringComparer.Ordinal).Count() != blocks.Length)
            throw new ArgumentException($"The blocks of a memory layout need different names; given: {string.Join(", ", blocks.Select(block => block.Name))}.", nameof(blocks));
    }

    /// <summary>The blocks, in the order in which they lie in the state.</summary>
    public IReadOnlyList<MemoryBlock> Blocks { get; }

    /// <summary>The floats of one row's state.</summary>
    public int Size { get; }

    /// <summary>The bytes of one row's state.</summary>
    public long Bytes => (long)Size * sizeof(float);

    /// <summary>Where a block begins in the state, in floats.</summary>
    /// <param name="block">The block's index in <see cref="Blocks"/>.</param>
    public int Offset(int block) => _offsets[block];

    /// <summary>Whether another layout has the same blocks: names, shapes and windows.</summary>
    /// <param name="other">The other layout.</param>
    public bool Matches(MemoryLayout other) =>
        Blocks.Count == other.Blocks.Count && Blocks.Zip(other.Blocks, (a, b) =>
            string.Equals(a.Name, b.Name, StringComparison.Ordinal) && a.WindowAxis == b.WindowAxis && a.Shape.SequenceEqual(b.Shape)).All(same => same);
}
