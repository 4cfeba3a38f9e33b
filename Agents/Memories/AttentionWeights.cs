using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>From the scores of a ring's slots to the weights of its items.</summary>
internal static unsafe class AttentionWeights
{
    /// <summary>Puts the scores in the order of age, adds the biases and applies the softmax.</summary>
    /// <param name="scores">Scores by slot.</param>
    /// <param name="relative">Biases by age, the oldest item's first, <c>[count]</c>.</param>
    /// <param name="weights">Receives the weights by age, <c>[count]</c>.</param>
    /// <param name="count">The items.</param>
    /// <param name="first">The items before the ring wraps around.</param>
    /// <param name="oldest">The slot of the oldest.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ByAge<TSimd, TVector>(float* scores, float* relative, float* weights, int count, int first, int oldest)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        Sum<TSimd, TVector>(scores + oldest, relative, weights, first);
        Sum<TSimd, TVector>(scores, relative + first, weights + first, count - first);
        Softmax.Row<TSimd, TVector>(weights, count);
    }

    private static void Sum<TSimd, TVector>(float* s, float* bias, float* target, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int i = 0;
        for (; i + simd.Count <= length; i += simd.Count) simd.Store(target + i, simd.Add(simd.Load(s + i), simd.Load(bias + i)));
        for (; i < length; i++) target[i] = s[i] + bias[i];
    }
}
