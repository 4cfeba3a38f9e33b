namespace RLSeq.Agents;

/// <summary>Steps the rows of a memory with fast weights: the matrices of all rows at once, the rest row by row and head by head.</summary>
internal sealed unsafe class FastWeightKernel : RecurrentKernel<FastWeightMemory>
{
    private readonly float[] _normal; // [n, D]: the normed input, then what is read and gated
    private readonly float[] _projected; // [n, 4D + …]
    private readonly float[] _mixed; // [3D]: one row's query, key and value behind the convolution

    public FastWeightKernel(FastWeightMemory weights, int rows) : base(weights, rows, weights.Layout.Size)
    {
        int d = weights.Features;
        _normal = new float[checked(rows * d)];
        _projected = new float[checked(rows * weights.Projection.Outputs)];
        _mixed = new float[3 * d];
    }

    public override void Step(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output) => Advance(rows, input, output, commit: true);

    public override void Peek(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output) => Advance(rows, input, output, commit: false);

    private void Advance(ReadOnlySpan<int> rows, ReadOnlySpan<float> input, Span<float> output, bool commit)
    {
        int d = Weights.Features, wide = Weights.Projection.Outputs;
        MemoryGuard.Batch(rows, Rows, input.Length, output.Length, d);
        Weights.InputNorm.Apply(input, _normal, rows.Length);
        Weights.Projection.Apply(_normal, _projected, rows.Length);
        for (int r = 0; r < rows.Length; r++) Remember(States[rows[r]], _projected.AsSpan(r * wide, wide), _normal.AsSpan(r * d, d), commit);
        Weights.Out.Apply(_normal, output, rows.Length);
        Elementwise.Add(input, output);
        Weights.OutputNorm.Apply(output, output, rows.Length);
    }

    /// <summary>One row: reads and writes its state, and gives what was read behind the output gate.</summary>
    private void Remember(Span<float> state, Span<float> projected, Span<float> gated, bool commit)
    {
        FastWeightForm form = Weights.Form;
        int d = Weights.Features, size = Weights.HeadSize, heads = Weights.Heads, matrix = size * size;
        fixed (float* s = state, p = projected, mixed = _mixed, taps = Weights.Convolution, norm = Weights.ReadNorm, y = gated)
        {
            float* beside = s + (heads * matrix); // the last inputs of the convolution, or the sum of the keys
            float* q = p, gate = p + (3 * d), strength = gate + d, keep = strength + heads;
            if (form.Convolves)
            {
                SimdWidth.RunElements(new ShortConvolutionKernel(p, beside, taps, mixed, 3 * d, commit), 3 * d);
                q = mixed;
            }
            for (int head = 0; head < heads; head++)
            {
                int at = head * size;
                float* key = q + d + at, value = q + (2 * d) + at;
                if (form.Averages) SimdWidth.Run(new LinearAttentionKernel(q + at, key, value, s + (head * matrix), beside + at, y + at, size, commit));
                else SimdWidth.Run(new DeltaRuleKernel(q + at, key, value, strength[head], form.Forgets ? keep + head : null, s + (head * matrix), norm + at, y + at, size, commit));
            }
            SimdWidth.RunElements(new OutputGateKernel(gate, y), d);
        }
    }
}
