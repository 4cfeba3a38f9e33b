using RLSeq.Agents;
using TorchSharp.Modules;

namespace RLSeq.Policies;

/// <summary>
/// Fast and Forgetful Memory (FFM, Morad et al. 2023): with <c>[v i s o] = W x + b</c>, m traces of <c>y = v·σ(i)</c> are kept in c contexts each, complex
/// numbers <c>S'_kj = Γ_kj·S_kj + y_j</c> with <c>Γ_kj = exp(−|α_j| + i·ω_k)</c>. The output is <c>σ(o)·LN(M S' + d) + (1 − σ(o))·s</c>, M being of real
/// numbers, which read real and imaginary parts; LN has neither weight nor bias. In <see cref="FfmForm.Normalized"/> y_j is multiplied by
/// <c>γ_j = √(1 − |Γ_kj|²)</c>, but not at the first step of an episode.
/// </summary>
/// <remarks>
/// <para>A trace says how fast it forgets, a context how fast it turns. An input of k steps ago stands in S with <c>|Γ|^k</c>, turned by k times ω, so how
/// long ago it was can be read from its phases. Γ depends on nothing but the unit, so a sequence is one matrix product and one pass over its steps
/// (<see cref="FusedSequences"/>), or a parallel scan (<see cref="DiagonalComposition"/>), both of which take y as it is, for all contexts.</para>
/// <para>Sizes: c = 4 and m = ⌈D / 2⌉, which at the default width of 64 are the published 32 traces in 4 contexts, 256 numbers of state.</para>
/// <para>Γ begins where the published one does. The rates |α| lie evenly between those at which a hundredth is left after 1,024 steps and ln 2 − 0.02, time
/// constants of 222 and 1.5 steps. The contexts' periods lie evenly between 1 and 1,024 steps; one of 1 step does not turn, and so sums up. Both are
/// learned. The published code keeps |α| below a bound, as its cumulative sums would overflow beyond; these sums cannot, and have none.</para>
/// <para>Two things are hard to read from sums like these, and are mended in the other form. All steps are written alike, no factor depends on time, and S is read
/// by a matrix and one common scale: so what an episode begins with stands out only in a reading whose weights grow with age, and factors of modulus at
/// most 1 give such weights only as small differences of large sums. With γ the later steps are small in the slow traces, and the first is not. And contexts of
/// 1, 342, 683 and 1,024 steps hardly turn within a few steps, which are then told apart by how fast traces fade; the other form's turn with periods of 256, 32
/// and 4 steps, and the first does not.</para>
/// <para>What is drawn is orthogonal, part by part, with zero biases, as everywhere here.</para>
/// <para>State: <c>real [c, m]</c> and <c>imaginary [c, m]</c>, zero before an episode; <c>begun [1]</c> behind them in the form that normalises.</para>
/// </remarks>
public sealed class FfmMemory : Memory
{
    /// <summary>c, the published number.</summary>
    private const int Contexts = 4;

    /// <summary>The longest period of a context, in steps, and how long the slowest trace takes to fade to <see cref="Forgotten"/>.</summary>
    private const double LongestPeriod = 1024;

    /// <summary>What is left of an input that counts as forgotten.</summary>
    private const double Forgotten = 0.01;

    /// <summary>The shortest period of a context in the form that normalises, in steps, and by what the next one is longer.</summary>
    private const double ShortestPeriod = 4, PeriodRatio = 8;

    /// <summary>The least rate of forgetting, at which γ has a slope still.</summary>
    private const double LeastRate = 1e-8;

    /// <summary>How far below ln 2 the fastest trace's rate begins.</summary>
    private const double BelowLimit = 0.02;

    private readonly FfmForm _form;
    private readonly int _width, _traces;
    private readonly Linear _projection, _mix;
    [ComponentName("decay")] private readonly Parameter _decay;
    [ComponentName("frequency")] private readonly Parameter _frequency;

    /// <summary>Makes the layer with freshly drawn weights.</summary>
    /// <param name="width">The width of input and output, D.</param>
    /// <param name="form">What it has and does not have.</param>
    public FfmMemory(int width, FfmForm form) : base(form.Name)
    {
        (_form, _width, _traces) = (form, width, TracesOf(width));
        _projection = Projection();
        _decay = nn.Parameter(tensor(Evenly(-(Math.Log(2) - BelowLimit), Math.Log(Forgotten) / LongestPeriod, _traces)));
        _frequency = nn.Parameter(tensor(form.Normalizes ? Spread() : [.. Evenly(1, LongestPeriod, Contexts).Select(period => (float)(2 * Math.PI / period))]));
        _mix = Initialization.Linear(2L * _traces * Contexts, width, 1);
        register_module("projection", _projection);
        register_parameter("decay", _decay);
        register_parameter("frequency", _frequency);
        register_module("mix", _mix);
        Layout = form.Layout(_traces, Contexts);
    }

    /// <inheritdoc/>
    public override MemoryLayout Layout { get; }

    /// <inheritdoc/>
    public override int Width => _width;

    /// <summary>m and c for a width.</summary>
    /// <param name="width">D.</param>
    internal static (int Traces, int Contexts) Sizes(int width) => (TracesOf(width), Contexts);

    /// <inheritdoc/>
    public override (Tensor Output, MemoryState State) Forward(Tensor input, MemoryState state, Tensor starts)
    {
        if (input.shape[0] == 0) return (input, state);
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parts = _projection.call(input).split([_traces, _traces, _width, _width], -1); // v, i, s, o
        Tensor driven = parts[0] * parts[1].sigmoid(), h = cat([state[0].detach().flatten(1), state[1].detach().flatten(1)], -1);
        Tensor begins = _form.Normalizes ? BegunState.WithFirst(starts, state[2]) : starts;
        Tensor factor = Factor(), gain = (_form.Normalizes ? Gain() : ones_like(_decay)).unsqueeze(0).expand(Contexts, _traces).flatten();
        (Tensor states, h) = FusedSequences.Serve(input)
            ? FusedSequences.Diagonal(driven, h, begins, factor, gain)
            : DiagonalComposition.Run(driven, h, begins, factor, gain);
        Tensor read = nn.functional.layer_norm(_mix.call(states), [_width]), skip = parts[2];
        Tensor output = skip + (parts[3].sigmoid() * (read - skip));
        Tensor[] planes = h.detach().chunk(2, -1);
        IEnumerable<Tensor> after = planes.Select(plane => plane.unflatten(-1, [Contexts, _traces]).clone());
        if (_form.Normalizes) after = after.Append(ones_like(state[2]));
        return (output.MoveToOuterDisposeScope(), new MemoryState(Layout, [.. after.Select(block => block.MoveToOuterDisposeScope())]));
    }

    /// <inheritdoc/>
    public override void CheckState(ReadOnlySpan<float> state)
    {
        if (_form.Normalizes) BegunState.Check(state);
    }

    /// <inheritdoc/>
    /// <remarks>Γ and γ are written as numbers, so that whoever acts needs no cosine and no root.</remarks>
    public override void Export(PolicyWriter writer)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        writer.Set("hidden", _width);
        writer.Set("traces", _traces);
        writer.Set("contexts", Contexts);
        writer.Weights("projection", _projection);
        writer.Tensor("factor", ComplexPlanes.WithinOne(Factor()), 2 * _traces * Contexts);
        if (_form.Normalizes) writer.Weights("gain", Gain());
        writer.Weights("mix", _mix);
    }

    private static int TracesOf(int width) => (width + 1) / 2;

    /// <summary>Γ, <c>[2mc]</c>: its real parts, context by context, and then its imaginary parts.</summary>
    private Tensor Factor() => ComplexPlanes.Polar(Rate().neg().exp(), _frequency.unsqueeze(-1));

    /// <summary>γ, <c>[m]</c>; <c>1 − |Γ|²</c> is formed without cancellation.</summary>
    private Tensor Gain() => (Rate() * -2).expm1().neg().sqrt();

    /// <summary>|α|, <c>[m]</c>.</summary>
    private Tensor Rate() => _decay.abs() + LeastRate;

    /// <summary>The frequencies of contexts of which the first does not turn, and each of the others turns faster than the one before; the last with the shortest period.</summary>
    private static float[] Spread() =>
        [.. Enumerable.Range(0, Contexts).Select(k => k == 0 ? 0 : (float)(2 * Math.PI / (ShortestPeriod * Math.Pow(PeriodRatio, Contexts - 1 - k))))];

    /// <summary>Numbers from the first to the last at equal distances; the first alone where there is one.</summary>
    private static float[] Evenly(double first, double last, int count) =>
        [.. Enumerable.Range(0, count).Select(i => (float)(first + ((last - first) * i / Math.Max(1, count - 1))))];

    /// <summary>Values and their gate <c>[m, D]</c>, what passes by and the gate between it and the memory <c>[D, D]</c>.</summary>
    private Linear Projection()
    {
        Linear layer = nn.Linear(_width, 2 * (_traces + _width));
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        layer.weight!.copy_(cat([.. ((int[])[_traces, _traces, _width, _width]).Select(rows => Initialization.Orthogonal(rows, _width, 1))], 0));
        nn.init.zeros_(layer.bias!);
        return layer;
    }
}
