using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// One layer of LSTM (Hochreiter and Schmidhuber 1997; forget gates after Gers et al. 2000), in PyTorch's gate order:
/// <c>[i f g o] = W_ih x + W_hh h + b</c>, <c>c' = σ(f)·c + σ(i)·tanh(g)</c>, <c>h' = σ(o)·tanh(c')</c>. The output is <c>h'</c>.
/// </summary>
/// <remarks>A sequence runs as one operator where the provider of tensors has it (<see cref="FusedSequences"/>), and as its twin of plain operators elsewhere.</remarks>
public sealed class LstmMemory : Memory
{
    private readonly int _width;
    [ComponentName("weight_ih")] private readonly Parameter _inputWeight;
    [ComponentName("weight_hh")] private readonly Parameter _recurrentWeight;
    [ComponentName("bias")] private readonly Parameter _bias;

    /// <summary>Makes the layer: orthogonal weights per gate, zero bias but for the forget gate's 1 (Jozefowicz et al. 2015).</summary>
    /// <param name="width">The width of input, state and output, D.</param>
    public LstmMemory(int width) : base("lstm")
    {
        _width = width;
        _inputWeight = nn.Parameter(GateWeights(width));
        _recurrentWeight = nn.Parameter(GateWeights(width));
        Tensor bias = zeros(4 * width);
        using (no_grad())
        {
            using Tensor forget = bias.narrow(0, width, width);
            forget.fill_(1);
        }
        _bias = nn.Parameter(bias);
        register_parameter("weight_ih", _inputWeight);
        register_parameter("weight_hh", _recurrentWeight);
        register_parameter("bias", _bias);
        Layout = new MemoryLayout(new MemoryBlock("h", [width]), new MemoryBlock("c", [width]));
    }

    /// <inheritdoc/>
    public override MemoryLayout Layout { get; }

    /// <inheritdoc/>
    public override int Width => _width;

    /// <inheritdoc/>
    public override (Tensor Output, MemoryState State) Forward(Tensor input, MemoryState state, Tensor starts)
    {
        if (input.shape[0] == 0) return (input, state);
        using DisposeScope scope = NewDisposeScope();
        (Tensor h, Tensor c) = (state[0].detach(), state[1].detach());
        (Tensor output, h, c) = FusedSequences.Serve(input)
            ? FusedSequences.Lstm(input, h, c, starts, _inputWeight, _recurrentWeight, _bias)
            : LstmComposition.Run(input, h, c, starts, _inputWeight, _recurrentWeight, _bias);
        return (output.MoveToOuterDisposeScope(), new MemoryState(Layout, h.MoveToOuterDisposeScope(), c.MoveToOuterDisposeScope()));
    }

    /// <inheritdoc/>
    public override void Export(PolicyWriter writer)
    {
        writer.Set("hidden", _width);
        writer.Weights("weight_ih", _inputWeight);
        writer.Weights("weight_hh", _recurrentWeight);
        writer.Weights("bias", _bias);
    }

    private static Tensor GateWeights(int width)
    {
        using DisposeScope scope = NewDisposeScope();
        return cat([.. Enumerable.Range(0, 4).Select(_ => Initialization.Orthogonal(width, width, 1))], 0).MoveToOuterDisposeScope();
    }
}
