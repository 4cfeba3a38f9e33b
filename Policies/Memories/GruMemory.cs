using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// One layer of gated recurrent units (Cho et al. 2014) in PyTorch's variant, where the reset gate multiplies the recurrent product:
/// with <c>[a_r a_z a_n] = W_i x + b_i</c> and <c>[u_r u_z u_n] = W_h h + b_h</c>,
/// <c>r = σ(a_r + u_r)</c>, <c>z = σ(a_z + u_z)</c>, <c>n = tanh(a_n + r·u_n)</c>, <c>h' = n + z·(h − n)</c>. The output is <c>h'</c>.
/// </summary>
/// <remarks>A sequence runs as one operator where the provider of tensors has it (<see cref="FusedSequences"/>), and as its twin of plain operators elsewhere.</remarks>
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
        if (input.shape[0] == 0) return (input, state);
        using DisposeScope scope = NewDisposeScope();
        Tensor h = state[0].detach();
        (Tensor output, h) = FusedSequences.Serve(input)
            ? FusedSequences.Gru(input, h, starts, _input.weight!, _input.bias!, _recurrent.weight!, _recurrent.bias!)
            : GruComposition.Run(input, h, starts, _input.weight!, _input.bias!, _recurrent.weight!, _recurrent.bias!);
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
