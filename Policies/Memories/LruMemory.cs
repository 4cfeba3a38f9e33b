using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// One block of linear recurrent units (LRU, Orvieto et al. 2023): with <c>u = LN(x)</c>, D complex units follow the linear recurrence
/// <c>h' = λ·h + γ·B u</c>, but <c>h' = B u</c> at the first step of an episode; with <c>v = GELU(Re(C h') + d·u)</c> and
/// <c>[a g] = W v + b</c>, the output is <c>LN'(x + a·σ(g))</c>. Here <c>λ = exp(−exp(ν) + i·exp(θ))</c>, <c>γ = √(1 − |λ|²)</c>.
/// </summary>
/// <remarks>
/// <para>λ depends on nothing but the unit, so a sequence is one matrix product and one pass over its steps (<see cref="FusedSequences"/>),
/// or a parallel scan (<see cref="DiagonalComposition"/>). |λ| is below 1 whatever ν is, so a state never explodes, and γ keeps what a
/// unit holds at one size, however long it remembers: with it, slow units do not drown the fast ones. It follows from λ here, where the
/// paper lets it be learned from the same beginning.</para>
/// <para>A unit answers to what it saw k steps ago with <c>|λ|^k</c>, turned by k times its phase. The time constants begin spread evenly
/// on a logarithmic scale from 1 to 100 steps, and the phases over the half circle (the other half is their conjugates, of which the real
/// part is the same), in such an order that every range of time constants has phases of every size. Together the units tell the steps
/// apart: of phases that fill a small part of the half circle only, units of one time constant would hold nearly the same of neighbouring steps.</para>
/// <para>The first step has nothing to be weighed against. Multiplied with γ, its share of the state would be that of any other step, and
/// since no factor depends on time, nothing would single out what an episode begins with.</para>
/// <para>The rest is the paper's block: the norm before it, and d·u with the residual, through which the present passes by the memory; GELU
/// and gate, without which what is read would be linear in all that was seen. The norm behind it, as in <see cref="MinGruMemory"/>,
/// gives the linear heads numbers of one size. GELU is the one by a hyperbolic tangent, which the acting engine has too.</para>
/// <para>State: <c>real [D]</c>, <c>imaginary [D]</c>, and <c>begun [1]</c>, which is zero before the first step of an episode only.</para>
/// </remarks>
public sealed class LruMemory : Memory
{
    /// <summary>The longest time constant that a unit begins with, in steps.</summary>
    private const double LongestMemory = 100;

    /// <summary>The golden ratio less 1. The fractional parts of its multiples lie evenly, however many there are, and neighbours far apart.</summary>
    private const double GoldenRatio = 0.6180339887498949;

    private readonly int _width;
    private readonly LayerNorm _inputNorm, _outputNorm;
    private readonly Linear _gates;
    [ComponentName("decay")] private readonly Parameter _decay;
    [ComponentName("phase")] private readonly Parameter _phase;
    [ComponentName("input")] private readonly Parameter _input;
    [ComponentName("readout")] private readonly Parameter _readout;
    [ComponentName("skip")] private readonly Parameter _skip;

    /// <summary>
    /// Makes the block: orthogonal weights, of such a size that what is read of the memory is as large as d·u, zero biases, and time
    /// constants and phases that are spread.
    /// </summary>
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
        Tensor h = cat([state[0], state[1]], -1).detach(), begins = BegunState.WithFirst(starts, state[2]);
        Tensor u = _inputNorm.call(input), driven = nn.functional.linear(u, _input); // B u, [T, B, 2D]
        (Tensor states, h) = FusedSequences.Serve(input)
            ? FusedSequences.Diagonal(driven, h, begins, Factor(), Gain())
            : DiagonalComposition.Run(driven, h, begins, Factor(), Gain());
        Tensor read = nn.functional.linear(states, _readout) + (u * _skip);
        Tensor[] gates = _gates.call(read.gelu(GELU.Approximate.tanh)).chunk(2, -1); // a, g
        Tensor output = _outputNorm.call(input + (gates[0] * gates[1].sigmoid()));
        Tensor[] planes = h.chunk(2, -1);
        return (output.MoveToOuterDisposeScope(),
            new MemoryState(Layout, planes[0].clone().MoveToOuterDisposeScope(), planes[1].clone().MoveToOuterDisposeScope(), ones_like(state[2]).MoveToOuterDisposeScope()));
    }

    /// <inheritdoc/>
    public override void CheckState(ReadOnlySpan<float> state) => BegunState.Check(state);

    /// <inheritdoc/>
    /// <remarks>λ and γ are written as numbers, so that whoever acts needs no cosine and no root.</remarks>
    public override void Export(PolicyWriter writer)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        writer.Set("hidden", _width);
        writer.Weights("input_norm", _inputNorm);
        writer.Tensor("factor", ComplexPlanes.WithinOne(Factor()), 2 * _width);
        writer.Weights("gain", Gain());
        writer.Weights("input", _input);
        writer.Weights("readout", _readout);
        writer.Weights("skip", _skip);
        writer.Weights("gates", _gates);
        writer.Weights("output_norm", _outputNorm);
    }

    /// <summary>λ, <c>[2D]</c>: its real parts, and then its imaginary parts.</summary>
    private Tensor Factor() => ComplexPlanes.Polar(_decay.exp().neg().exp(), _phase.exp());

    /// <summary>γ, <c>[D]</c>; <c>1 − |λ|²</c> is formed without cancellation.</summary>
    private Tensor Gain() => (_decay.exp() * -2).expm1().neg().sqrt();

    /// <summary>ν and the logarithms of the phases: unit j begins with a time constant of <c>100^((j + ½) / D)</c> steps and a phase of <c>π</c> times the fractional part of <c>(j + ½)</c> golden ratios.</summary>
    private static (Parameter Decay, Parameter Phase) Ring(int width)
    {
        float[] decay = new float[width], phase = new float[width];
        for (int j = 0; j < width; j++)
        {
            decay[j] = (float)(-Math.Log(LongestMemory) * (j + 0.5) / width); // |λ| = e^(−1 / steps)
            phase[j] = (float)Math.Log(Math.PI * ((j + 0.5) * GoldenRatio % 1));
        }
        return (nn.Parameter(tensor(decay)), nn.Parameter(tensor(phase)));
    }

    /// <summary>What is let through and the gate on it, <c>[2D, D]</c>.</summary>
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
