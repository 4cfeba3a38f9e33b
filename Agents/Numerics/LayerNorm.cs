namespace RLSeq.Agents;

/// <summary>Layer normalisation: <c>y = (x − mean) / sqrt(variance + 1e-5) · weight + bias</c> over each row, the variance biased.</summary>
internal sealed unsafe class LayerNorm
{
    private const float Epsilon = 1e-5f;
    private readonly float[] _weight;
    private readonly float[] _bias;

    /// <summary>Takes a copy of the weights: whoever made them may go on to change them.</summary>
    /// <param name="weight"><c>[D]</c>.</param>
    /// <param name="bias"><c>[D]</c>.</param>
    public LayerNorm(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias) => (_weight, _bias) = (weight.ToArray(), bias.ToArray());

    /// <summary>One without weights: every element is scaled by 1 and moved by 0.</summary>
    /// <param name="length">D.</param>
    public static LayerNorm Plain(int length)
    {
        var ones = new float[length];
        ones.AsSpan().Fill(1);
        return new LayerNorm(ones, new float[length]);
    }

    /// <summary>Normalises rows.</summary>
    /// <param name="input"><c>[rows, D]</c>.</param>
    /// <param name="output">Receives <c>[rows, D]</c>; may be the input.</param>
    /// <param name="rows">The number of rows.</param>
    public void Apply(ReadOnlySpan<float> input, Span<float> output, int rows)
    {
        RowGuard.Length(input.Length, rows, _weight.Length);
        RowGuard.Length(output.Length, rows, _weight.Length);
        fixed (float* x = input, y = output, w = _weight, b = _bias) SimdWidth.Run(new Kernel(x, y, w, b, rows, _weight.Length));
    }

    /// <summary>As <see cref="Apply"/>, one float at a time.</summary>
    /// <param name="input"><c>[rows, D]</c>.</param>
    /// <param name="output">Receives <c>[rows, D]</c>; may be the input.</param>
    /// <param name="rows">The number of rows.</param>
    public void ApplyScalar(ReadOnlySpan<float> input, Span<float> output, int rows)
    {
        fixed (float* x = input, y = output, w = _weight, b = _bias) new Kernel(x, y, w, b, rows, _weight.Length).Run<ScalarSimd, float>();
    }

    private readonly struct Kernel(float* x, float* y, float* weight, float* bias, int rows, int length) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            for (int row = 0; row < rows; row++) One<TSimd, TVector>(x + ((long)row * length), y + ((long)row * length));
        }

        private void One<TSimd, TVector>(float* source, float* target)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            int i = 0;
            TVector sums = simd.Broadcast(0f);
            for (; i + simd.Count <= length; i += simd.Count) sums = simd.Add(sums, simd.Load(source + i));
            float sum = simd.Sum(sums);
            for (; i < length; i++) sum += source[i];
            float mean = sum / length;

            TVector means = simd.Broadcast(mean), squares = simd.Broadcast(0f);
            for (i = 0; i + simd.Count <= length; i += simd.Count)
            {
                TVector centred = simd.Subtract(simd.Load(source + i), means);
                squares = simd.MultiplyAdd(centred, centred, squares);
            }
            float square = simd.Sum(squares);
            for (; i < length; i++) square += (source[i] - mean) * (source[i] - mean);
            float scale = 1f / MathF.Sqrt((square / length) + Epsilon);

            TVector scales = simd.Broadcast(scale);
            for (i = 0; i + simd.Count <= length; i += simd.Count)
            {
                TVector normal = simd.Multiply(simd.Subtract(simd.Load(source + i), means), scales);
                simd.Store(target + i, simd.MultiplyAdd(normal, simd.Load(weight + i), simd.Load(bias + i)));
            }
            for (; i < length; i++)
                target[i] = default(ScalarSimd).MultiplyAdd((source[i] - mean) * scale, weight[i], bias[i]);
        }
    }
}
