using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// Linear recurrent units (LRU, Orvieto et al. 2023) in one block: with <c>u = LN(x)</c>, the recurrence of D complex units
/// <c>h' = λ·h + γ·B u</c>, but <c>h' = B u</c> at an episode's first step, and <c>v = GELU(Re(C h') + d·u)</c>, <c>[a g] = W v + b</c>, the output is <c>LN'(x + a·σ(g))</c>.
/// </summary>
/// <remarks>
/// Settings: <c>hidden</c> (D). Weights: <c>input_norm.weight [D]</c>, <c>input_norm.bias [D]</c>; <c>factor [2D]</c> (λ) and <c>input
/// [2D, D]</c> (B), the real parts of both before the imaginary ones; <c>gain [D]</c> (γ); <c>readout [D, 2D]</c> (the
/// real part of C, and the imaginary one with its sign changed), <c>skip [D]</c> (d), <c>gates.weight [2D, D]</c>, <c>gates.bias [2D]</c>,
/// <c>output_norm.weight [D]</c>, <c>output_norm.bias [D]</c>. State: <c>real [D]</c>, <c>imaginary [D]</c>, and <c>begun [1]</c>, which
/// is 0 before the first step and 1 after it. The state and λ are in 32 bits whatever the matrices are in: an error in λ would be multiplied with itself at every step.
/// </remarks>
internal sealed unsafe class LruMemory : MemoryWeights
{
    /// <summary>The kind's name in a policy.</summary>
    public const string KindName = "lru";

    private const int LargestHidden = 1 << 14;
    private readonly LayerNorm _inputNorm, _outputNorm;
    private readonly DiagonalFactor _factor;
    private readonly DenseLayer _input, _readout, _gates;
    private readonly float[] _gain, _skip;

    public LruMemory(PolicyModule module, PolicyPrecision precision) : this(new ModuleReader(module, "memory", precision.Weights)) { }

    private LruMemory(ModuleReader reader) : this(reader, reader.Setting("hidden", 1, LargestHidden)) { }

    private LruMemory(ModuleReader reader, int hidden) : base(KindName, hidden, new MemoryLayout(new MemoryBlock("real", [hidden]), new MemoryBlock("imaginary", [hidden]), new MemoryBlock("begun", [1])))
    {
        _inputNorm = reader.Norm("input_norm", hidden);
        _factor = new DiagonalFactor(reader, "factor", hidden);
        _gain = [.. reader.Weight("gain", hidden)]; // copies, like everything that is packed
        _input = reader.Pack(reader.Weight("input", 2 * hidden, hidden), new float[2 * hidden], hidden, 2 * hidden);
        _readout = reader.Pack(reader.Weight("readout", hidden, 2 * hidden), new float[hidden], 2 * hidden, hidden);
        _skip = [.. reader.Weight("skip", hidden)];
        _gates = reader.Dense("gates", hidden, 2 * hidden);
        _outputNorm = reader.Norm("output_norm", hidden);
        reader.Finish();
    }

    public override long OperationsPerStep(int position) => _input.Operations + _readout.Operations + _gates.Operations;

    /// <inheritdoc/>
    /// <remarks>The matrices, λ, γ, d, weight and bias of both norms, and the state.</remarks>
    public override long BytesPerStep(int position) => _input.Bytes + _readout.Bytes + _gates.Bytes + _factor.Bytes + (6L * Features * sizeof(float)) + Layout.Bytes;

    public override IMemoryKernel CreateKernel(int rows) => new Kernel(this, MemoryGuard.RowCount(rows, 2 * Features));

    private sealed class Kernel : RecurrentKernel<LruMemory>
    {
        private readonly int _hidden;
        private readonly float[] _normal; // [n, D]: u
        private readonly float[] _states; // [n, 2D]: B u, and then h
        private readonly float[] _read; // [n, D]
        private readonly float[] _gates; // [n, 2D]

        public Kernel(LruMemory weights, int rows) : base(weights, rows, (2 * weights.Features) + 1) // a state is both parts of h, and 1 where there is one
        {
            _hidden = weights.Features;
            _normal = new float[checked(rows * _hidden)];
            _states = new float[checked(2 * _normal.Length)];
            _read = new float[_normal.Length];
            _gates = new float[_states.Length];
        }

        public override void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
        {
            Peek(rows, input, output);
            for (int r = 0; r < rows.Length; r++)
            {
                Span<float> state = States[rows[r]];
                _states.AsSpan(2 * r * _hidden, 2 * _hidden).CopyTo(state);
                state[^1] = 1;
            }
        }

        public override void Load(int row, ReadOnlySpan<float> state)
        {
            MemoryGuard.State(row, Rows, state.Length, (2 * _hidden) + 1);
            MemoryGuard.Begun(state);
            base.Load(row, state);
        }

        public override void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
        {
            int d = _hidden;
            MemoryGuard.Batch(rows, Rows, input.Length, output.Length, d);
            Weights._inputNorm.Apply(input, _normal, rows.Length);
            Weights._input.Apply(_normal, _states, rows.Length);
            fixed (float* factor = Weights._factor.Values, gain = Weights._gain, before = States.All, states = _states)
            {
                for (int r = 0; r < rows.Length; r++)
                {
                    float* state = before + (rows[r] * ((2L * d) + 1)), driven = states + (2L * r * d);
                    if (state[2 * d] != 0) SimdWidth.Run(new DiagonalKernel(factor, gain, state, driven, driven, d)); // else B u stays as it is
                }
            }
            Weights._readout.Apply(_states, _read, rows.Length);
            fixed (float* read = _read, normal = _normal, skip = Weights._skip)
            {
                for (int r = 0; r < rows.Length; r++) SimdWidth.RunElements(new ReadKernel(read + ((long)r * d), normal + ((long)r * d), skip), d);
            }
            Weights._gates.Apply(_read, _gates, rows.Length);
            fixed (float* gates = _gates, inputs = input, outputs = output)
            {
                for (int r = 0; r < rows.Length; r++) SimdWidth.RunElements(new GateKernel(gates + (2L * r * d), inputs + ((long)r * d), outputs + ((long)r * d), d), d);
            }
            Weights._outputNorm.Apply(output, output, rows.Length);
        }
    }

    /// <summary>One row's <c>GELU(y + d·u)</c>, in the place of y.</summary>
    private readonly struct ReadKernel(float* read, float* normal, float* skip) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            simd.Store(read + j, Functions.Gelu<TSimd, TVector>(simd.MultiplyAdd(simd.Load(skip + j), simd.Load(normal + j), simd.Load(read + j))));
        }
    }

    /// <summary>One row's <c>x + a·σ(g)</c>.</summary>
    private readonly struct GateKernel(float* gates, float* input, float* output, int hidden) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            TVector open = Functions.Sigmoid<TSimd, TVector>(simd.Load(gates + hidden + j));
            simd.Store(output + j, simd.MultiplyAdd(simd.Load(gates + j), open, simd.Load(input + j)));
        }
    }
}
