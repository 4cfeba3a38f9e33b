using System.Runtime.CompilerServices;

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
                case ElementFunction.Tanh: SimdWidth.RunElements(new TanhKernel(x), values.Length); break;
                case ElementFunction.Relu: SimdWidth.RunElements(new ReluKernel(x), values.Length); break;
                case ElementFunction.Gelu: SimdWidth.RunElements(new GeluKernel(x), values.Length); break;
                case ElementFunction.Sigmoid: SimdWidth.RunElements(new SigmoidKernel(x), values.Length); break;
                default: SimdWidth.RunElements(new ExpKernel(x), values.Length); break;
            }
        }
    }

    /// <summary><c>target += values</c>.</summary>
    /// <param name="values">What to add.</param>
    /// <param name="target">The sum, of the same length.</param>
    public static void Add(ReadOnlySpan<float> values, Span<float> target)
    {
        RowGuard.Length(values.Length, 1, target.Length);
        fixed (float* x = values, y = target) SimdWidth.RunElements(new AddKernel(x, y), target.Length);
    }

    /// <summary><c>target = values · factor</c>.</summary>
    /// <param name="values">The values.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="target">Receives the products, of the same length.</param>
    public static void Multiply(ReadOnlySpan<float> values, float factor, Span<float> target)
    {
        RowGuard.Length(values.Length, 1, target.Length);
        fixed (float* x = values, y = target) SimdWidth.RunElements(new MultiplyKernel(x, factor, y), target.Length);
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

    private readonly struct TanhKernel(float* x) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            simd.Store(x + j, Functions.Tanh<TSimd, TVector>(simd.Load(x + j)));
        }
    }

    private readonly struct ReluKernel(float* x) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            simd.Store(x + j, Functions.Relu<TSimd, TVector>(simd.Load(x + j)));
        }
    }

    private readonly struct SigmoidKernel(float* x) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            simd.Store(x + j, Functions.Sigmoid<TSimd, TVector>(simd.Load(x + j)));
        }
    }

    private readonly struct GeluKernel(float* x) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            simd.Store(x + j, Functions.Gelu<TSimd, TVector>(simd.Load(x + j)));
        }
    }

    private readonly struct ExpKernel(float* x) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            simd.Store(x + j, Functions.Exp<TSimd, TVector>(simd.Load(x + j)));
        }
    }

    private readonly struct AddKernel(float* x, float* y) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            simd.Store(y + j, simd.Add(simd.Load(y + j), simd.Load(x + j)));
        }
    }

    private readonly struct MultiplyKernel(float* x, float factor, float* y) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<TSimd, TVector>(int j)
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            simd.Store(y + j, simd.Multiply(simd.Load(x + j), simd.Broadcast(factor)));
        }
    }
}
