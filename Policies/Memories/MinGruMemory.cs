using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// One layer of minimal gated recurrent units (minGRU, Feng et al. 2024), a linear recurrence: with <c>u = LN(x)</c> and
/// <c>[a_z n a_o] = W u + b</c>, <c>h' = h + σ(a_z)·(n − h)</c>, but <c>h' = n</c> at the first step of an episode. The output is
/// <c>LN'(σ(a_o)·tanh(h'))</c>.
/// </summary>
/// <remarks>
/// <para>No gate depends on h, so a sequence is one matrix product and one pass over its steps (<see cref="FusedSequences"/>), or a
/// parallel scan (<see cref="MinGruComposition"/>). h is a weighted mean of the episode's candidates n, so it stays within their
/// bounds. The candidate is linear, as in the paper. The positive one, with which the paper scans in logarithms, is not needed: a
/// scan over factors between 0 and 1 loses no digits as it is.</para>
/// <para>The first step has nothing to average with. Were h zero before it, no unit would ever weigh the first candidate more than
/// the later ones, and since no gate knows the time, one layer could not remember what an episode begins with.</para>
/// <para>The output gate, an LSTM's, lets the present choose what of the memory matters now. The norm behind it gives the linear
/// heads numbers of one size, however slowly a unit fills, and the norm before makes the gates answer to the features from the
/// beginning of training.</para>
/// <para>State: <c>h [D]</c>, and <c>begun [1]</c>, which is zero before the first step of an episode only.</para>
/// </remarks>
public sealed class MinGruMemory : Memory
{
    /// <summary>The longest time constant that a unit begins with, in steps.</summary>
    private const double LongestMemory = 12;

    private readonly int _width;
    private readonly LayerNorm _inputNorm, _outputNorm;
    private readonly Linear _gates;

    /// <summary>Makes the layer: orthogonal weights per gate, and time constants spread evenly on a logarithmic scale.</summary>
    /// <param name="width">The width of input, state and output, D.</param>
    public MinGruMemory(int width) : base("min-gru")
    {
        _width = width;
        _inputNorm = nn.LayerNorm(width);
        _gates = Gates(width);
        _outputNorm = nn.LayerNorm(width);
        register_module("input_norm", _inputNorm);
        register_module("gates", _gates);
        register_module("output_norm", _outputNorm);
        Layout = new MemoryLayout(new MemoryBlock("h", [width]), BegunState.Block);
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
        Tensor x = _inputNorm.call(input), h = state[0].detach(), begins = BegunState.WithFirst(starts, state[1]);
        (Tensor output, h) = FusedSequences.Serve(input)
            ? FusedSequences.MinGru(x, h, begins, _gates.weight!, _gates.bias!)
            : MinGruComposition.Run(x, h, begins, _gates.weight!, _gates.bias!);
        return (_outputNorm.call(output).MoveToOuterDisposeScope(), new MemoryState(Layout, h.MoveToOuterDisposeScope(), ones_like(state[1]).MoveToOuterDisposeScope()));
    }

    /// <inheritdoc/>
    public override void CheckState(ReadOnlySpan<float> state) => BegunState.Check(state);

    /// <inheritdoc/>
    public override void Export(PolicyWriter writer)
    {
        writer.Set("hidden", _width);
        writer.Weights("input_norm", _inputNorm);
        writer.Weights("gates", _gates);
        writer.Weights("output_norm", _outputNorm);
    }

    /// <summary>The gates' weights, <c>[3D, D]</c>. Unit j forgets with a time constant of <c>12^((j + ½) / D)</c> steps where its gate sees nothing.</summary>
    private static Linear Gates(int width)
    {
        Linear layer = nn.Linear(width, 3 * width);
        var bias = new float[3 * width];
        for (int j = 0; j < width; j++)
        {
            double steps = Math.Pow(LongestMemory, (j + 0.5) / width);
            bias[j] = (float)Math.Log(Math.Exp(1 / steps) - 1); // 1 − σ(b) = e^(−1 / steps)
        }
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        layer.weight!.copy_(cat([.. Enumerable.Range(0, 3).Select(_ => Initialization.Orthogonal(width, width, 1))], 0));
        layer.bias!.copy_(tensor(bias));
        return layer;
    }
}
