namespace RLSeq.Agents;

/// <summary>No memory: the output is the input.</summary>
internal sealed class NoMemory : MemoryWeights
{
    /// <summary>The kind's name in a policy.</summary>
    public const string KindName = "none";

    public NoMemory(PolicyModule module) : base(KindName, 0, MemoryLayout.Empty) => new ModuleReader(module, "memory").Finish();

    public override long OperationsPerStep(int position) => 0;

    public override long BytesPerStep(int position) => 0;

    public override IMemoryKernel CreateKernel(int rows) => new Kernel(rows);

    private sealed class Kernel(int rows) : IMemoryKernel
    {
        public MemoryLayout Layout => MemoryLayout.Empty;

        public int Rows { get; } = MemoryGuard.RowCount(rows);

        public void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output) => input.CopyTo(output);

        public void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output) => input.CopyTo(output);

        public void Reset(int row) => MemoryGuard.Row(row, Rows);

        public void Save(int row, Span<float> state) => MemoryGuard.State(row, Rows, state.Length, 0);

        public void Load(int row, ReadOnlySpan<float> state) => MemoryGuard.State(row, Rows, state.Length, 0);

        public void Newest(int row, int block, Span<float> item) => MemoryGuard.ThrowNoWindow(block);

        public void Swap(MemoryWeights weights) => MemoryGuard.Same<NoMemory>(weights);
    }
}
