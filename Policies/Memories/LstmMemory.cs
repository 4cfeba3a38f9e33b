using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// One layer of LSTM (Hochreiter and Schmidhuber 1997; forget gates after Gers et al. 2000), in PyTorch's gate order:
/// <c>[i f g o] = W_ih x + W_hh h + b</c>, <c>c' = σ(f)·c + σ(i)·tanh(g)</c>, <c>h' = σ(o)·tanh(c')</c>. The output is <c>h'</c>.
/// </summary>
/// <remarks>
/// The input's product is one matrix product over all steps; per step there remain one recurrent product and the gates. Where an
/// episode begins, h and c are multiplied by zero, which also stops the gradient.
/// </remarks>
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
        long steps = input.shape[0];
        if (steps == 0) return (input, state);
        using DisposeScope scope = NewDisposeScope();
        Tensor[] fromInput = (input.matmul(_inputWeight.t()) + _bias).unbind(0); // T of [B, 4D]
        EpisodeStarts begins = new(starts, input.dtype);
        Tensor recurrent = _recurrentWeight.t();
        Tensor h = state[0].detach(), c = state[1].detach();
        var outputs = new Tensor[steps];
        for (int t = 0; t < steps; t++)
        {
            (h, c) = (begins.Clear(t, h), begins.Clear(t, c));
            Tensor[] gates = addmm(fromInput[t], h, recurrent).chunk(4, 1);
            c = (gates[1].sigmoid() * c) + (gates[0].sigmoid() * gates[2].tanh());
            h = gates[3].sigmoid() * c.tanh();
            outputs[t] = h;
        }
        Tensor output = stack(outputs, 0);
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
