using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// One block of linear recurrent units (LRU, Orvieto et al. 2023): with <c>u = LN(x)</c>, the recurrence of D complex units
/// <c>h' = λ·h + γ·B u</c>, zero before an episode, and <c>v = GELU(Re(C h') + d·u)</c>, <c>[a g] = W v + b</c>, the output is
/// <c>LN'(x + a·σ(g))</c>. Here <c>λ = exp(−exp(ν) + i·exp(θ))</c> and <c>γ = √(1 − |λ|²)</c>.
/// </summary>
public sealed class LruMemory : Memory
{
    private readonly int _width;
    private readonly LayerNorm _inputNorm, _outputNorm;
    private readonly Linear _gates;
    [ComponentName("decay")] private readonly Parameter _decay;
    [ComponentName("phase")] private readonly Parameter _phase;
    [ComponentName("input")] private readonly Parameter _input;
    [ComponentName("readout")] private readonly Parameter _readout;
    [ComponentName("skip")] private readonly Parameter _skip;

    /// <summary>Makes the block.</summary>
    /// <param name="width">The width of input and output, and the number of complex units, D.</param>
    public LruMemory(int width) : base("lru")
    {
        _width = width;
        _inputNorm = nn.LayerNorm(width);
        (_decay, _phase) = Ring(width);
        _input = nn.Parameter(Initialization.Orthogonal(2 * width, width, 1));
        _readout = nn.Parameter(Initialization.Orthogonal(width, 2 * width, Math.Sqrt(2)));
        _skip = nn.Parameter(ones(width));
        _gates = Gates(width);
        _outputNorm = nn.LayerNorm(width);
        register_module("input_norm", _inputNorm);
        register_parameter("decay", _decay);
        register_parameter("phase", _phase);
        register_parameter("input", _input);
        register_parameter("readout", _readout);
        register_parameter("skip", _skip);
        register_module("gates", _gates);
        register_module("output_norm", _outputNorm);
        Layout = new MemoryLayout(new MemoryBlock("real", [width]), new MemoryBlock("imaginary", [width]), BegunState.Block);
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
        Tensor u = _inputNorm.call(input), h = cat([state[0], state[1]], -1).detach(), begins = BegunState.WithFirst(starts, state[2]), factor = Factor();
        Tensor driven = nn.functional.linear(u, _input); // B u, [T, B, 2D]
        (Tensor states, h) = FusedSequences.Serve(input)
            ? FusedSequences.Diagonal(driven, h, begins, factor, Gain())
            : DiagonalComposition.Run(driven, h, begins, factor, Gain());
        Tensor read = nn.functional.linear(states, _readout) + (u * _skip);
        Tensor[] gates = _gates.call(read.gelu(GELU.Approximate.tanh)).chunk(2, -1);
        Tensor output = _outputNorm.call(input + (gates[0] * gates[1].sigmoid()));
        Tensor[] planes = h.chunk(2, -1);
        return (output.MoveToOuterDisposeScope(), new MemoryState(Layout, planes[0].clone().MoveToOuterDisposeScope(), planes[1].clone().MoveToOuterDisposeScope(), ones_like(state[2]).MoveToOuterDisposeScope()));
    }

    /// <inheritdoc/>
    public override void CheckState(ReadOnlySpan<float> state) => BegunState.Check(state);

    /// <inheritdoc/>
    public override void Export(PolicyWriter writer)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        writer.Set("hidden", _width);
        writer.Weights("input_norm", _inputNorm);
        writer.Weights("factor", Factor());
        writer.Weights("gain", Gain());
        writer.Weights("input", _input);
        writer.Weights("readout", _readout);
        writer.Weights("skip", _skip);
        writer.Weights("gates", _gates);
        writer.Weights("output_norm", _outputNorm);
    }

    /// <summary>λ, <c>[2D]</c>: its real parts, and then its imaginary parts.</summary>
    private Tensor Factor()
    {
        Tensor modulus = _decay.exp().neg().exp(), angle = _phase.exp();
        return cat([modulus * angle.cos(), modulus * angle.sin()], 0);
    }

    /// <summary>γ, <c>[D]</c>; <c>1 − |λ|²</c> is formed without cancellation.</summary>
    private Tensor Gain() => (_decay.exp() * -2).expm1().neg().sqrt();

    private static (Parameter Decay, Parameter Phase) Ring(int width)
    {
        float[] decay = new float[width], phase = new float[width];
        double longest = double.Parse(Environment.GetEnvironmentVariable("LRU_LONGEST") ?? "100"), most = double.Parse(Environment.GetEnvironmentVariable("LRU_PHASE") ?? "3.14159");
        double golden = (Math.Sqrt(5) - 1) / 2;
        for (int j = 0; j < width; j++)
        {
            double steps = Math.Pow(longest, (j + 0.5) / width), turn = ((j + 0.5) * golden) % 1;
            decay[j] = (float)-Math.Log(steps);
            phase[j] = (float)Math.Log(most * turn);
        }
        return (nn.Parameter(tensor(decay)), nn.Parameter(tensor(phase)));
    }

    private static Linear Gates(int width)
    {
        Linear layer = nn.Linear(width, 2 * width);
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        layer.weight!.copy_(cat([Initialization.Orthogonal(width, width, 1), Initialization.Orthogonal(width, width, 1)], 0));
        nn.init.zeros_(layer.bias!);
        return layer;
    }
}
