using RLSeq.Agents;

namespace MyMemories;

/// <summary>The same memory as it acts: its weights. A game needs this file and the kernel's, and one line: MemoryKernels.Register("leaky", …).</summary>
public sealed class LeakyWeights : MemoryWeights
{
    public LeakyWeights(PolicyModule module, PolicyPrecision precision) : this(new ModuleReader(module, "memory", precision.Weights)) { }

    private LeakyWeights(ModuleReader reader) : this(reader, reader.Setting("hidden", 1, 16_384)) { }

    private LeakyWeights(ModuleReader reader, int hidden) : base("leaky", hidden, new MemoryLayout(new MemoryBlock("h", [hidden])))
    {
        Input = reader.Dense("input", hidden, hidden); // in the precision that the policy was converted to
        Output = reader.Dense("output", hidden, hidden);
        Keep = reader.Weight("keep", hidden);
        reader.Finish();
    }

    public DenseLayer Input { get; }

    public DenseLayer Output { get; }

    public float[] Keep { get; }

    public override long OperationsPerStep(int position) => Input.Operations + Output.Operations;

    public override long BytesPerStep(int position) => Input.Bytes + Output.Bytes + (Keep.Length * sizeof(float)) + Layout.Bytes;

    public override IMemoryKernel CreateKernel(int rows) => new LeakyKernel(this, rows);
}
