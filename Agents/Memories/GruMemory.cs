using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// Gated recurrent units (Cho et al. 2014) in PyTorch's variant, with PyTorch's gates in PyTorch's order r, z, n:
/// <c>a = W_i x + b_i; u = W_h h + b_h; r = σ(a_r + u_r); z = σ(a_z + u_z); n = tanh(a_n + r u_n); h' = n + z (h − n)</c>.
/// The output is h'.
/// </summary>
/// <remarks>
/// Settings: <c>hidden</c> (D). Weights: <c>input.weight [3D, D]</c>, <c>input.bias [3D]</c>, <c>recurrent.weight [3D, D]</c>,
/// <c>recurrent.bias [3D]</c>. State: <c>h [D]</c>. The two products stay apart because r multiplies only one of them: as one matrix
/// of 4D outputs a quarter of it would be zeros.
/// </remarks>
internal sealed unsafe class GruMemory : MemoryWeights
{
    /// <summary>The kind's name in a policy.</summary>
    public const string KindName = "gru";

    private const int LargestHidden = 1 << 14;
    private readonly DenseLayer _input, _recurrent;

    public GruMemory(PolicyModule module, PolicyPrecision precision) : this(new ModuleReader(module, "memory", precision.Weights)) { }

    private GruMemory(ModuleReader reader) : this(reader, reader.Setting("hidden", 1, LargestHidden)) { }

    private GruMemory(ModuleReader reader, int hidden) : base(KindName, hidden, new MemoryLayout(new MemoryBlock("h", [hidden])))
    {
        _input = reader.Dense("input", hidden, 3 * hidden);
        _recurrent = reader.Dense("recurrent", hidden, 3 * hidden);
        reader.Finish();
    }

    public override long OperationsPerStep(int position) => _input.Operations + _recurrent.Operations;

    public override long BytesPerStep(int position) => _input.Bytes + _recurrent.Bytes + Layout.Bytes;

    public override IMemoryKernel CreateKernel(int rows) => new Kernel(this, MemoryGuard.RowCount(rows, 3 * Features));

    private sealed class Kernel : RecurrentKernel<GruMemory>
    {
        private readonly int _hidden;
        private readonly float[] _gathered; // [n, D]: h of the rows that step
        private readonly float[] _fromInput, _fromState; // [n, 3D]

        public Kernel(GruMemory weights, int rows) : base(weights, rows, weights.Features) // a state is h
        {
            _hidden = weights.Features;
            _gathered = new float[States.All.Length];
            _fromInput = new float[checked(3 * States.All.Length)];
            _fromState = new float[_fromInput.Length];
        }

        public override void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
        {
            Peek(rows, input, output);
            for (int r = 0; r < rows.Length; r++) output.Slice(r * _hidden, _hidden).CopyTo(States[rows[r]]);
        }

        public override void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output)
        {
            int d = _hidden;
            MemoryGuard.Batch(rows, Rows, input.Length, output.Length, d);
            for (int r = 0; r < rows.Length; r++) States[rows[r]].CopyTo(_gathered.AsSpan(r * d));
            Weights._input.Apply(input, _fromInput, rows.Length);
            Weights._recurrent.Apply(_gathered, _fromState, rows.Length);
            fixed (float* fromInput = _fromInput, fromState = _fromState, states = _gathered, outputs = output)
            {
                for (int r = 0; r < rows.Length; r++)
                    SimdWidth.RunElements(new CellKernel(fromInput + (3 * r * d), fromState + (3 * r * d), states + (r * d), outputs + (r * d), d), d);
            }
        }
    }

    /// <summary>One row's gates and new state after the matrix products.</summary>
    private readonly struct CellKernel(float* fromInput, float* fromState, float* state, float* output, int hidden) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            TVector r = Functions.Sigmoid<TSimd, TVector>(simd.Add(simd.Load(fromInput + j), simd.Load(fromState + j)));
            TVector z = Functions.Sigmoid<TSimd, TVector>(simd.Add(simd.Load(fromInput + hidden + j), simd.Load(fromState + hidden + j)));
            TVector n = Functions.Tanh<TSimd, TVector>(simd.MultiplyAdd(r, simd.Load(fromState + (2 * hidden) + j), simd.Load(fromInput + (2 * hidden) + j)));
            simd.Store(output + j, simd.MultiplyAdd(z, simd.Subtract(simd.Load(state + j), n), n));
        }
    }
}
