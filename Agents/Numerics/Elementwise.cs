namespace RLSeq.Agents;

/// <summary>Element by element over rows of any length; the last few elements go one at a time, with the same bits.</summary>
internal static unsafe class Elementwise
{
    /// <summary>Applies a function in place.</summary>
    /// <param name="function">Which.</param>
    /// <param name="values">The values.</param>
    public static void Apply(ElementFunction function, Span<float> values)
    {
        fixed (float* x = values)
        {
            switch (function)
            {
                case ElementFunction.Tanh: SimdWidth.Run(new TanhKernel(x, values.Length)); break;
                case ElementFunction.Relu: SimdWidth.Run(new ReluKernel(x, values.Length)); break;
                case ElementFunction.Gelu: SimdWidth.Run(new GeluKernel(x, values.Length)); break;
                case ElementFunction.Sigmoid: SimdWidth.Run(new SigmoidKernel(x, values.Length)); break;
                default: SimdWidth.Run(new ExpKernel(x, values.Length)); break;
            }
        }
    }

    /// <summary><c>target += values</c>.</summary>
    /// <param name="values">What to add.</param>
    /// <param name="target">The sum, of the same length.</param>
    public static void Add(ReadOnlySpan<float> values, Span<float> target)
    {
        RowGuard.Length(values.Length, 1, target.Length);
        fixed (float* x = values, y = target) SimdWidth.Run(new AddKernel(x, y, target.Length));
    }

    /// <summary><c>target = values · factor</c>.</summary>
    /// <param name="values">The values.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="target">Receives the products, of the same length.</param>
    public static void Multiply(ReadOnlySpan<float> values, float factor, Span<float> target)
    {
        RowGuard.Length(values.Length, 1, target.Length);
        fixed (float* x = values, y = target) SimdWidth.Run(new MultiplyKernel(x, factor, y, target.Length));
    }

    /// <summary>Normalises rows in place: <c>clamp((x − mean) · scale, −clip, clip)</c>.</summary>
    /// <param name="values"><c>[rows, E]</c>.</param>
    /// <param name="normalization">The statistics, <c>[E]</c>.</param>
    public static void Normalize(Span<float> values, ObservationNormalization normalization)
    {
        ReadOnlySpan<float> mean = normalization.Mean, scale = normalization.Scale;
        float clip = normalization.Clip;
        for (int row = 0; row < values.Length; row += mean.Length)
        {
            Span<float> x = values.Slice(row, mean.Length);
            for (int i = 0; i < x.Length; i++) x[i] = Math.Min(Math.Max((x[i] - mean[i]) * scale[i], -clip), clip);
        }
    }

    internal readonly struct TanhKernel(float* x, int length) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            int i = 0;
            for (; i + simd.Count <= length; i += simd.Count) simd.Store(x + i, Functions.Tanh<TSimd, TVector>(simd.Load(x + i)));
            for (; i < length; i++) x[i] = Functions.Tanh<ScalarSimd, float>(x[i]);
        }
    }

    internal readonly struct ReluKernel(float* x, int length) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            int i = 0;
            for (; i + simd.Count <= length; i += simd.Count) simd.Store(x + i, Functions.Relu<TSimd, TVector>(simd.Load(x + i)));
            for (; i < length; i++) x[i] = Functions.Relu<ScalarSimd, float>(x[i]);
        }
    }

    internal readonly struct SigmoidKernel(float* x, int length) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            int i = 0;
            for (; i + simd.Count <= length; i += simd.Count) simd.Store(x + i, Functions.Sigmoid<TSimd, TVector>(simd.Load(x + i)));
            for (; i < length; i++) x[i] = Functions.Sigmoid<ScalarSimd, float>(x[i]);
        }
    }

    internal readonly struct GeluKernel(float* x, int length) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            int i = 0;
            for (; i + simd.Count <= length; i += simd.Count) simd.Store(x + i, Functions.Gelu<TSimd, TVector>(simd.Load(x + i)));
            for (; i < length; i++) x[i] = Functions.Gelu<ScalarSimd, float>(x[i]);
        }
    }

    internal readonly struct ExpKernel(float* x, int length) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            int i = 0;
            for (; i + simd.Count <= length; i += simd.Count) simd.Store(x + i, Functions.Exp<TSimd, TVector>(simd.Load(x + i)));
            for (; i < length; i++) x[i] = Functions.Exp<ScalarSimd, float>(x[i]);
        }
    }

    private readonly struct AddKernel(float* x, float* y, int length) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            int i = 0;
            for (; i + simd.Count <= length; i += simd.Count) simd.Store(y + i, simd.Add(simd.Load(y + i), simd.Load(x + i)));
            for (; i < length; i++) y[i] += x[i];
        }
    }

    private readonly struct MultiplyKernel(float* x, float factor, float* y, int length) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            TVector factors = simd.Broadcast(factor);
            int i = 0;
            for (; i + simd.Count <= length; i += simd.Count) simd.Store(y + i, simd.Multiply(simd.Load(x + i), factors));
            for (; i < length; i++) y[i] = x[i] * factor;
        }
    }
}
