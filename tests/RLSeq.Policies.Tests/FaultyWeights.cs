using RLSeq.Agents;
using static RLSeq.Policies.Tests.MemoryFault;

namespace RLSeq.Policies.Tests;

/// <summary>The weights of a <see cref="FaultyMemory"/> in the acting engine.</summary>
internal sealed class FaultyWeights : MemoryWeights
{
    public FaultyWeights(MemoryFault fault, PolicyModule module) : this(fault, new ModuleReader(module, "memory")) { }

    private FaultyWeights(MemoryFault fault, ModuleReader reader) : this(fault, reader, reader.Setting("hidden", 1, 64)) { }

    private FaultyWeights(MemoryFault fault, ModuleReader reader, int hidden)
        : base(FaultyMemory.NameOf(fault), hidden, new MemoryLayout(new MemoryBlock(fault == OtherLayout ? "s" : "h", [hidden])))
    {
        Fault = fault;
        Weight = reader.Weight("weight", hidden);
        reader.Finish();
    }

    public MemoryFault Fault { get; }

    public float[] Weight { get; }

    public override long OperationsPerStep(int position) => Fault == NegativeCost ? -1 : Weight.Length;

    public override long BytesPerStep(int position) => Fault == FewBytes ? 1 : 8L * Weight.Length;

    public override IMemoryKernel CreateKernel(int rows) => new FaultyKernel(this, rows);
}
