using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// Minimal gated recurrent units (minGRU, Feng et al. 2024) with an output gate, between two layer normalisations:
/// <c>[a_z n a_o] = W LN(x) + b; h' = h + σ(a_z) (n − h)</c>, but <c>h' = n</c> at an episode's first step. The output is
/// <c>LN'(σ(a_o) tanh(h'))</c>.
/// </summary>
/// <remarks>
/// Settings: <c>hidden</c> (D). Weights: <c>input_norm.weight [D]</c>, <c>input_norm.bias [D]</c>, <c>gates.weight [3D, D]</c>,
/// <c>gates.bias [3D]</c>, <c>output_norm.weight [D]</c>, <c>output_norm.bias [D]</c>. State: <c>h [D]</c>, and <c>begun [1]</c>,
/// which is 0 before the first step and 1 after it.
/// </remarks>
internal sealed unsafe class MinGruMemory : MemoryWeights
{
    /// <summary>The kind's name in a policy.</summary>
    public const string KindName = "min-gru";

    private const int LargestHidden = 1 << 14;
    private readonly LayerNorm _inputNorm, _outputNorm;
    private readonly DenseLayer _gates;

    public MinGruMemory(PolicyModule module, PolicyPrecision precision) : this(new ModuleReader(module, "memory", precision.Weights)) { }

    private MinGruMemory(ModuleReader reader) : this(reader, reader.Setting("hidden", 1, LargestHidden)) { }

    private MinGruMemory(ModuleReader reader, int hidden) : base(KindName, hidden, new MemoryLayout(new MemoryBlock("h", [hidden]), new MemoryBlock("begun", [1])))
    {
        _inputNorm = reader.Norm("input_norm", hidden);
        _gates = reader.Dense("gates", hidden, 3 * hidden);
        _outputNorm = reader.Norm("output_norm", hidden);
        reader.Finish();
    }

    public override long OperationsPerStep(int position) => _gates.Operations;

    /// <inheritdoc/>
    /// <remarks>The matrix, weight and bias of both norms, and the state.</remarks>
    public override long BytesPerStep(int position) => _gates.Bytes + (4L * Features * sizeof(float)) + Layout.Bytes;

    public override IMemoryKernel CreateKernel(int rows) => new Kernel(this, MemoryGuard.RowCount(rows, 3 * Features));

    private sealed class Kernel : RecurrentKernel<MinGruMemory>
    {
        private readonly int _hidden;
        private readonly float[] _normal; // [n, D]
        private readonly float[] _gates; // [n, 3D]

        public Kernel(MinGruMemory weights, int rows) : base(weights, rows, weights.Features + 1) // a state is h, and 1 where there is one
        {
            _hidden = weights.Features;
            _normal = new float[checked(rows * _hidden)];
            _gates = new float[checked(3 * _normal.Length)];
        }

        public override void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output) => Advance(rows, input, output, commit: true);

        public override void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output) => Advance(rows, input, output, commit: false);

        public override void Load(int row, ReadOnlySpan<float> state)
        {
            MemoryGuard.State(row, Rows, state.Length, _hidden + 1);
            MemoryGuard.Begun(state);
            base.Load(row, state);
        }

        private void Advance(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output, bool commit)
        {
            int d = _hidden;
            MemoryGuard.Batch(rows, Rows, input.Length, output.Length, d);
            Weights._inputNorm.Apply(input, _normal, rows.Length);
            Weights._gates.Apply(_normal, _gates, rows.Length);
            fixed (float* states = States.All, gates = _gates, outputs = output)
            {
                for (int r = 0; r < rows.Length; r++)
                {
                    float* state = states + (rows[r] * (d + 1));
                    SimdWidth.RunElements(new CellKernel(gates + (3 * r * d), state[d] == 0 ? null : state, commit ? state : null, outputs + (r * d), d), d);
                    if (commit) state[d] = 1;
                }
            }
            Weights._outputNorm.Apply(output, output, rows.Length);
        }
    }

    /// <summary>One row's h after the matrix product, and what the output gate lets through. No state before: the first step; none after: it is not kept.</summary>
    private readonly struct CellKernel(float* gates, float* state, float* newState, float* output, int hidden) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            TVector z = Functions.Sigmoid<TSimd, TVector>(simd.Load(gates + j)), n = simd.Load(gates + hidden + j);
            TVector o = Functions.Sigmoid<TSimd, TVector>(simd.Load(gates + (2 * hidden) + j));
            TVector h = n;
            if (state != null)
            {
                TVector last = simd.Load(state + j);
                h = simd.MultiplyAdd(z, simd.Subtract(n, last), last);
            }
            if (newState != null) simd.Store(newState + j, h);
            simd.Store(output + j, simd.Multiply(o, Functions.Tanh<TSimd, TVector>(h)));
        }
    }
}
