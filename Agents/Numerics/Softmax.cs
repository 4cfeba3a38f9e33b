using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>The exponentials of a softmax, <c>e^(x_i − max) / Σ_j e^(x_j − max)</c>, and their sum. Minus infinity gives exactly 0.</summary>
internal static unsafe class Softmax
{
    /// <summary><c>x_i ← e^(x_i − max)</c>.</summary>
    /// <param name="x">The scores; receives the exponentials.</param>
    /// <param name="length">Their number.</param>
    /// <param name="max">The largest score.</param>
    /// <returns>The sum of the exponentials, at least 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exponentials<TSimd, TVector>(float* x, int length, float max)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector maximum = simd.Broadcast(max), sums = simd.Broadcast(0f);
        int i = 0;
        for (; i + simd.Count <= length; i += simd.Count)
        {
            TVector e = Functions.ExpBelow<TSimd, TVector>(simd.Subtract(simd.Load(x + i), maximum));
            simd.Store(x + i, e);
            sums = simd.Add(sums, e);
        }
        float sum = simd.Sum(sums);
        for (; i < length; i++) sum += x[i] = Functions.ExpBelow<ScalarSimd, float>(x[i] - max);
        return sum;
    }
}
