using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>Softmax in place: <c>x_i ← e^(x_i − max) / Σ_j e^(x_j − max)</c>. Minus infinity gives exactly 0.</summary>
internal static unsafe class Softmax
{
    /// <summary>Applies it with the widest vectors.</summary>
    /// <param name="values">The scores; receives the weights.</param>
    public static void Apply(Span<float> values)
    {
        fixed (float* x = values) SimdWidth.Run(new Kernel(x, values.Length));
    }

    /// <summary>As <see cref="Apply"/>, one float at a time.</summary>
    /// <param name="values">The scores; receives the weights.</param>
    public static void ApplyScalar(Span<float> values)
    {
        fixed (float* x = values) Row<ScalarSimd, float>(x, values.Length);
    }

    /// <summary>Applies it to one row.</summary>
    /// <param name="x">The scores; receives the weights.</param>
    /// <param name="length">Their number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Row<TSimd, TVector>(float* x, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        float max = float.NegativeInfinity;
        int i = 0;
        if (length >= simd.Count)
        {
            TVector maxima = simd.Load(x);
            for (i = simd.Count; i + simd.Count <= length; i += simd.Count)
            {
                TVector next = simd.Load(x + i);
                maxima = simd.SelectLess(maxima, next, next, maxima);
            }
            max = simd.Largest(maxima);
        }
        for (; i < length; i++) max = max < x[i] ? x[i] : max;

        TVector maximum = simd.Broadcast(max), sums = simd.Broadcast(0f);
        for (i = 0; i + simd.Count <= length; i += simd.Count)
        {
            TVector e = Functions.Exp<TSimd, TVector>(simd.Subtract(simd.Load(x + i), maximum));
            simd.Store(x + i, e);
            sums = simd.Add(sums, e);
        }
        float sum = simd.Sum(sums);
        for (; i < length; i++) sum += x[i] = Functions.Exp<ScalarSimd, float>(x[i] - max);

        float scale = 1f / sum;
        TVector scales = simd.Broadcast(scale);
        for (i = 0; i + simd.Count <= length; i += simd.Count) simd.Store(x + i, simd.Multiply(simd.Load(x + i), scales));
        for (; i < length; i++) x[i] *= scale;
    }

    private readonly struct Kernel(float* x, int length) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct => Row<TSimd, TVector>(x, length);
    }
}
