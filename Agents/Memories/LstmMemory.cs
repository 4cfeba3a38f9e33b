using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// A long short-term memory (Hochreiter and Schmidhuber 1997), with PyTorch's gates in PyTorch's order i, f, g, o:
/// <c>[i f g o] = W_ih x + W_hh h + b; c' = σ(f) c + σ(i) tanh(g); h' = σ(o) tanh(c')</c>. The output is h'.
/// </summary>
/// <remarks>Settings: <c>hidden</c> (D). Weights: <c>weight_ih [4D, D]</c>, <c>weight_hh [4D, D]</c>, <c>bias [4D]</c>. State: <c>h [D]</c>, <c>c [D]</c>.</remarks>
internal sealed unsafe class LstmMemory : MemoryWeights
{
    /// <summary>The kind's name in a policy.</summary>
    public const string KindName = "lstm";

    private const int LargestHidden = 1 << 14;

    /// <summary>Both matrices as one, <c>[4D, 2D]</c>: its input is x followed by h.</summary>
    private readonly DenseLayer _gates;

    public LstmMemory(PolicyModule module, PolicyPrecision precision) : this(new ModuleReader(module, "memory", precision.Weights)) { }

    private LstmMemory(ModuleReader reader) : this(reader, reader.Setting("hidden", 1, LargestHidden)) { }

    private LstmMemory(ModuleReader reader, int hidden)
        : base(KindName, hidden, new MemoryLayout(new MemoryBlock("h", [hidden]), new MemoryBlock("c", [hidden])))
    {
        float[] input = reader.Weight("weight_ih", 4 * hidden, hidden), recurrent = reader.Weight("weight_hh", 4 * hidden, hidden);
        float[] bias = reader.Weight("bias", 4 * hidden);
        reader.Finish();
        float[] both = new float[checked(8 * hidden * hidden)];
        for (int gate = 0; gate < 4 * hidden; gate++)
        {
            input.AsSpan(gate * hidden, hidden).CopyTo(both.AsSpan(2 * gate * hidden));
            recurrent.AsSpan(gate * hidden, hidden).CopyTo(both.AsSpan((2 * gate * hidden) + hidden));
        }
        _gates = reader.Pack(both, bias, 2 * hidden, 4 * hidden);
    }

    public override long OperationsPerStep(int position) => _gates.Operations;

    public override long BytesPerStep(int position) => _gates.Bytes + Layout.Bytes;

    public override IMemoryKernel CreateKernel(int rows) => new Kernel(this, MemoryGuard.RowCount(rows, 4 * Features));

    private sealed class Kernel : RecurrentKernel<LstmMemory>
    {
        private readonly int _hidden;
        private readonly float[] _input; // [n, 2D]: x, then h
        private readonly float[] _gates; // [n, 4D]

        public Kernel(LstmMemory weights, int rows) : base(weights, rows, 2 * weights.Features) // a state is h, then c
        {
            _hidden = weights.Features;
            _input = new float[States.All.Length];
            _gates = new float[checked(2 * States.All.Length)];
        }

        public override void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output) => Advance(rows, input, output, commit: true);

        public override void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output) => Advance(rows, input, output, commit: false);

        private void Advance(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output, bool commit)
        {
            int d = _hidden;
            MemoryGuard.Batch(rows, Rows, input.Length, output.Length, d);
            for (int r = 0; r < rows.Length; r++)
            {
                input.Slice(r * d, d).CopyTo(_input.AsSpan(2 * r * d));
                States[rows[r]][..d].CopyTo(_input.AsSpan((2 * r * d) + d));
            }
            Weights._gates.Apply(_input, _gates, rows.Length);
            fixed (float* states = States.All, gates = _gates, outputs = output)
            {
                for (int r = 0; r < rows.Length; r++)
                {
                    float* state = states + (rows[r] * 2 * d);
                    SimdWidth.RunElements(new CellKernel(gates + (4 * r * d), state + d, commit ? state + d : null, outputs + (r * d), d), d);
                    if (commit) new ReadOnlySpan<float>(outputs + (r * d), d).CopyTo(States[rows[r]]);
                }
            }
        }
    }

    /// <summary>One row's cell after the matrix product; writes the new cell only where it is to be kept.</summary>
    private readonly struct CellKernel(float* gates, float* cell, float* newCell, float* output, int hidden) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            TVector i = Functions.Sigmoid<TSimd, TVector>(simd.Load(gates + j));
            TVector f = Functions.Sigmoid<TSimd, TVector>(simd.Load(gates + hidden + j));
            TVector g = Functions.Tanh<TSimd, TVector>(simd.Load(gates + (2 * hidden) + j));
            TVector o = Functions.Sigmoid<TSimd, TVector>(simd.Load(gates + (3 * hidden) + j));
            TVector c = simd.MultiplyAdd(f, simd.Load(cell + j), simd.Multiply(i, g));
            if (newCell != null) simd.Store(newCell + j, c);
            simd.Store(output + j, simd.Multiply(o, Functions.Tanh<TSimd, TVector>(c)));
        }
    }
}
