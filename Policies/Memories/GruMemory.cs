using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// One layer of gated recurrent units (Cho et al. 2014) in PyTorch's variant, where the reset gate multiplies the recurrent product:
/// with <c>[a_r a_z a_n] = W_i x + b_i</c> and <c>[u_r u_z u_n] = W_h h + b_h</c>,
/// <c>r = σ(a_r + u_r)</c>, <c>z = σ(a_z + u_z)</c>, <c>n = tanh(a_n + r·u_n)</c>, <c>h' = n + z·(h − n)</c>. The output is <c>h'</c>.
/// </summary>
/// <remarks>
/// The input's product is one matrix product over all steps; per step there remain one recurrent product and the gates. Where an
/// episode begins, h is multiplied by zero, which also stops the gradient.
/// </remarks>
public sealed class GruMemory : Memory
{
    private readonly int _width;
    private readonly Linear _input, _recurrent;

    /// <summary>Makes the layer: orthogonal weights per gate, zero biases.</summary>
    /// <param name="width">The width of input, state and output, D.</param>
    public GruMemory(int width) : base("gru")
    {
        _width = width;
        _input = Gates(width);
        _recurrent = Gates(width);
        register_module("input", _input);
        register_module("recurrent", _recurrent);
        Layout = new MemoryLayout(new MemoryBlock("h", [width]));
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
        Tensor fromInput = _input.call(input); // [T, B, 3D]
        Tensor[] switches = fromInput.narrow(-1, 0, 2 * _width).unbind(0), candidates = fromInput.narrow(-1, 2 * _width, _width).unbind(0); // T of [B, 2D], of [B, D]
        EpisodeStarts begins = new(starts, input.dtype);
        Tensor recurrent = _recurrent.weight!.t();
        Tensor h = state[0].detach();
        var outputs = new Tensor[steps];
        for (int t = 0; t < steps; t++)
        {
            h = begins.Clear(t, h);
            Tensor fromState = addmm(_recurrent.bias!, h, recurrent); // [B, 3D]
            Tensor[] gates = (switches[t] + fromState.narrow(1, 0, 2 * _width)).sigmoid().chunk(2, 1); // r, z
            Tensor candidate = (candidates[t] + (gates[0] * fromState.narrow(1, 2 * _width, _width))).tanh();
            h = candidate + (gates[1] * (h - candidate));
            outputs[t] = h;
        }
        Tensor output = stack(outputs, 0);
        return (output.MoveToOuterDisposeScope(), new MemoryState(Layout, h.MoveToOuterDisposeScope()));
    }

    /// <inheritdoc/>
    public override void Export(PolicyWriter writer)
    {
        writer.Set("hidden", _width);
        writer.Weights("input", _input);
        writer.Weights("recurrent", _recurrent);
    }

    /// <summary>The three gates' weights for one of their two inputs, <c>[3D, D]</c>.</summary>
    private static Linear Gates(int width)
    {
        Linear layer = nn.Linear(width, 3 * width);
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        layer.weight!.copy_(cat([.. Enumerable.Range(0, 3).Select(_ => Initialization.Orthogonal(width, width, 1))], 0));
        nn.init.zeros_(layer.bias!);
        return layer;
    }
}
