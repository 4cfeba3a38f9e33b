using RLSeq.Agents;
using static RLSeq.Policies.Tests.MemoryFault;

namespace RLSeq.Policies.Tests;

/// <summary>A leaky sum, <c>h' = h / 2 + w·x</c> with output <c>x + h'</c>, right but for one fault.</summary>
internal sealed class FaultyMemory : Memory
{
    private readonly MemoryFault _fault;
    private readonly int _width;
    private readonly TorchSharp.Modules.Parameter _weight, _unused;

    public FaultyMemory(MemoryFault fault, int width) : base(fault == OtherName ? "another" : NameOf(fault))
    {
        (_fault, _width) = (fault, width);
        _weight = nn.Parameter(ones(width));
        _unused = nn.Parameter(ones(1));
        register_parameter("weight", _weight);
        if (fault == Unused) register_parameter("unused", _unused);
        Layout = new MemoryLayout(new MemoryBlock("h", [width]));
    }

    public override MemoryLayout Layout { get; }

    public override int Width => _fault == OtherWidth ? _width + 1 : _width;

    public static string NameOf(MemoryFault fault) => $"faulty-{fault}";

    public override (Tensor Output, MemoryState State) Forward(Tensor input, MemoryState state, Tensor starts)
    {
        long steps = input.shape[0];
        if (steps == 0 && _fault != NoEmptySequence) return (input, state);
        Tensor h = _fault == LeakingGradient ? state[0] : state[0].detach(), weight = _fault == CutGradient ? _weight.detach() : _weight;
        var outputs = new List<Tensor>();
        Tensor first = h;
        for (long t = 0; t < steps; t++)
        {
            Tensor x = input.select(0, t);
            if (_fault != DeafToStarts) h = h.masked_fill(starts.select(0, t).unsqueeze(-1), 0);
            h = (h / 2) + (weight * x);
            if (_fault == WrongGradient) h = h + (h * 0.25).detach() - (h * 0.25);
            if (_fault == Infinite) h = h / 0;
            if (t == 0) first = h;
            outputs.Add(x + (_fault == MeanOverRows ? h - h.mean([0], keepdim: true) : h));
        }
        Tensor output = stack(outputs, 0);
        if (_fault == WrongShape) output = output.narrow(2, 0, _width - 1);
        if (_fault == FloatOnly) output = output.to(float32);
        return (output, new MemoryState(Layout, _fault == StateOfTheFirstStep ? first : h));
    }

    public override void Export(PolicyWriter writer)
    {
        writer.Set("hidden", _width);
        if (_fault != NotExported) writer.Weights("weight", _weight);
    }
}
