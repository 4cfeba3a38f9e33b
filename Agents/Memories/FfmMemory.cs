using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// Fast and Forgetful Memory (FFM, Morad et al. 2023): m traces in c contexts, complex, <c>S' = Γ·S + y 1ᵀ</c> with <c>y = v·σ(i)</c>; the output is
/// <c>s + σ(o)·(n − s)</c> with <c>n = LN(M S' + d)</c> and <c>[v i s o] = W x + b</c>. LN has neither weight nor bias. Where the form normalises,
/// y is multiplied by a gain per trace, but not at an episode's first step.
/// </summary>
/// <remarks>
/// Settings: <c>hidden</c> (D), <c>traces</c> (m), <c>contexts</c> (c). Weights: <c>projection.weight [2m + 2D, D]</c>, <c>projection.bias [2m + 2D]</c>
/// in the order v, i, s, o; <c>factor [2mc]</c> (Γ), the real parts before the imaginary ones, each context by context; <c>mix.weight
/// [D, 2mc]</c>, <c>mix.bias [D]</c>; <c>gain [m]</c> where the form normalises. State: <c>real [c, m]</c> and <c>imaginary [c, m]</c>, zero before an
/// episode, and where the form normalises <c>begun [1]</c>, which is 0 before the first step and 1 after it. It and Γ are in 32 bits whatever the matrices
/// are in: an error in Γ would be multiplied with itself at every step.
/// </remarks>
internal sealed unsafe class FfmMemory : MemoryWeights
{
    private const int LargestHidden = 1 << 14, LargestContexts = 1 << 10;
    private readonly FfmForm _form;
    private readonly int _traces;
    private readonly DenseLayer _projection, _mix;
    private readonly DiagonalFactor _factor;
    private readonly float[] _gain; // [mc], of every context the same; none in forms without it
    private readonly LayerNorm _norm;

    public FfmMemory(FfmForm form, PolicyModule module, PolicyPrecision precision) : this(form, new ModuleReader(module, "memory", precision.Weights)) { }

    private FfmMemory(FfmForm form, ModuleReader reader) : this(form, reader, reader.Setting("hidden", 1, LargestHidden), reader.Setting("traces", 1, LargestHidden), reader.Setting("contexts", 1, LargestContexts)) { }

    private FfmMemory(FfmForm form, ModuleReader reader, int hidden, int traces, int contexts) : base(form.Name, hidden, form.Layout(traces, contexts))
    {
        int units = traces * contexts; // at most 2²⁴
        (_form, _traces) = (form, traces);
        _projection = reader.Dense("projection", hidden, 2 * (traces + hidden));
        _factor = new DiagonalFactor(reader, "factor", units);
        _gain = form.Normalizes ? [.. Enumerable.Repeat(reader.Weight("gain", traces), contexts).SelectMany(gain => gain)] : [];
        _mix = reader.Dense("mix", 2 * units, hidden);
        _norm = LayerNorm.Plain(hidden);
        reader.Finish();
    }

    public override long OperationsPerStep(int position) => _projection.Operations + _mix.Operations;

    /// <inheritdoc/>
    /// <remarks>The matrices, Γ, the gain, the norm's ones and zeros, and the state.</remarks>
    public override long BytesPerStep(int position) => _projection.Bytes + _mix.Bytes + _factor.Bytes + ((_gain.Length + (2L * Features)) * sizeof(float)) + Layout.Bytes;

    public override IMemoryKernel CreateKernel(int rows) => new Kernel(this, MemoryGuard.RowCount(rows, Math.Max(2 * (_traces + Features), Layout.Size)));

    private sealed class Kernel : RecurrentKernel<FfmMemory>
    {
        private readonly int _hidden, _traces, _units;
        private readonly float[] _projected; // [n, 2m + 2D]: v, and then y in its place; i, s, o
        private readonly float[] _states; // [n, 2mc]: S'
        private readonly float[] _read; // [n, D]

        public Kernel(FfmMemory weights, int rows) : base(weights, rows, weights.Layout.Size)
        {
            (_hidden, _traces, _units) = (weights.Features, weights._traces, weights._factor.Units);
            _projected = new float[checked(rows * 2 * (_traces + _hidden))];
            _states = new float[checked(rows * 2 * _units)];
            _read = new float[checked(rows * _hidden)];
        }

        public override void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
        {
            Peek(rows, input, output);
            for (int r = 0; r < rows.Length; r++)
            {
                Span<float> state = States[rows[r]];
                _states.AsSpan(2 * r * _units, 2 * _units).CopyTo(state);
                if (Weights._form.Normalizes) state[^1] = 1;
            }
        }

        public override void Load(int row, ReadOnlySpan<float> state)
        {
            MemoryGuard.State(row, Rows, state.Length, Layout.Size);
            if (Weights._form.Normalizes) MemoryGuard.Begun(state);
            base.Load(row, state);
        }

        public override void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
        {
            int d = _hidden, m = _traces, n = _units;
            long width = 2L * (m + d);
            MemoryGuard.Batch(rows, Rows, input.Length, output.Length, d);
            Weights._projection.Apply(input, _projected, rows.Length);
            fixed (float* factor = Weights._factor.Values, gain = Weights._gain, before = States.All, states = _states, projected = _projected)
            {
                for (int r = 0; r < rows.Length; r++)
                {
                    float* values = projected + (r * width), state = before + ((long)rows[r] * Layout.Size), next = states + (2L * r * n);
                    SimdWidth.RunElements(new GateKernel(values, values + m), m);
                    if (Weights._form.Normalizes && state[2 * n] == 0) First(new ReadOnlySpan<float>(values, m), new Span<float>(next, 2 * n));
                    else SimdWidth.Run(new DiagonalKernel(factor, gain, state, values, next, n, m)); // no gain is null
                }
            }
            Weights._mix.Apply(_states, _read, rows.Length);
            Weights._norm.Apply(_read, _read, rows.Length);
            fixed (float* projected = _projected, read = _read, outputs = output)
            {
                for (int r = 0; r < rows.Length; r++)
                {
                    float* skip = projected + (r * width) + (2 * m);
                    SimdWidth.RunElements(new BlendKernel(skip, skip + d, read + ((long)r * d), outputs + ((long)r * d)), d);
                }
            }
        }
    }

    /// <summary>The state after an episode's first step where that counts in full: y in every context.</summary>
    private static void First(ReadOnlySpan<float> driven, Span<float> state)
    {
        int units = state.Length / 2;
        for (int column = 0; column < units; column += driven.Length) driven.CopyTo(state[column..]);
        state[units..].Clear();
    }

    /// <summary>One row's <c>v·σ(i)</c>, in the place of v.</summary>
    private readonly struct GateKernel(float* values, float* gates) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            simd.Store(values + j, simd.Multiply(simd.Load(values + j), Functions.Sigmoid<TSimd, TVector>(simd.Load(gates + j))));
        }
    }

    /// <summary>One row's <c>s + σ(o)·(n − s)</c>.</summary>
    private readonly struct BlendKernel(float* skip, float* gates, float* normal, float* output) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            TVector past = simd.Load(skip + j), open = Functions.Sigmoid<TSimd, TVector>(simd.Load(gates + j));
            simd.Store(output + j, simd.MultiplyAdd(open, simd.Subtract(simd.Load(normal + j), past), past));
        }
    }
}
