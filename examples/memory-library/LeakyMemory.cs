using RLSeq.Agents;
using RLSeq.Policies;
using TorchSharp.Modules;

namespace MyMemories;

/// <summary>
/// Leaky integrators, as they learn: every unit follows its input with a time constant of its own, which is learned,
/// h' = a·h + (1 − a)·tanh(W x + b), and the output is x + V h + c.
/// </summary>
public sealed class LeakyMemory : Memory
{
    private const double LongestMemory = 32; // steps

    private readonly int _width;
    private readonly Linear _input, _output;
    private readonly Parameter _keep; // a = sigmoid of it

    public LeakyMemory(int width) : base("leaky") // the name that it is chosen by
    {
        _width = width;
        _input = nn.Linear(width, width);
        _output = nn.Linear(width, width);
        _keep = nn.Parameter(tensor([.. Enumerable.Range(0, width).Select(unit => TimeConstant(Math.Pow(LongestMemory, (unit + 0.5) / width)))]));
        register_module("input", _input);
        register_module("output", _output);
        register_parameter("keep", _keep);
        Layout = new MemoryLayout(new MemoryBlock("h", [width]));
    }

    public override MemoryLayout Layout { get; }

    public override int Width => _width;

    public override (Tensor Output, MemoryState State) Forward(Tensor input, MemoryState state, Tensor starts)
    {
        if (input.shape[0] == 0) return (input, state);
        using DisposeScope scope = NewDisposeScope();
        Tensor keep = _keep.sigmoid();
        Tensor target = (1 - keep) * _input.call(input).tanh();
        Tensor factors = keep.expand_as(target).masked_fill(starts.unsqueeze(-1), 0); // where an episode begins, nothing is kept
        Tensor h = ResettableScan.Run(factors, target, state[0].detach());            // all steps at once
        Tensor output = input + _output.call(h);
        return (output.MoveToOuterDisposeScope(), new MemoryState(Layout, h.select(0, -1).clone().MoveToOuterDisposeScope()));
    }

    /// <summary>What has the sigmoid e^(-1 / steps).</summary>
    private static float TimeConstant(double steps) => (float)-Math.Log(Math.Exp(1 / steps) - 1);

    public override void Export(PolicyWriter writer)
    {
        writer.Set("hidden", _width);
        writer.Weights("input", _input);
        writer.Weights("output", _output);
        writer.Weights("keep", _keep.sigmoid());
    }
}
