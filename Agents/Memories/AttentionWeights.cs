using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>From the scores of a ring's slots to the weights of its items.</summary>
internal static unsafe class AttentionWeights
{
    /// <summary>
    /// Puts the scores in the order of age, adds the biases and takes <c>e^(x − max)</c> of them. The division by their sum is left to the
    /// caller, who has fewer numbers to divide when the values are added up. Works on whole vectors: reads and writes up to a vector beyond
    /// the items, and leaves zeros there up to a whole vector.
    /// </summary>
    /// <param name="scores">Scores by slot, with room for a vector after the last.</param>
    /// <param name="relative">Biases by age, the oldest item's first, <c>[count]</c>, with room for a vector after the last.</param>
    /// <param name="weights">Receives the undivided weights by age, <c>[count]</c>, with room for a vector after the last.</param>
    /// <param name="count">The items.</param>
    /// <param name="first">The items before the ring wraps around.</param>
    /// <param name="oldest">The slot of the oldest.</param>
    /// <returns>What to multiply with: 1 over the sum of the weights.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ByAge<TSimd, TVector>(float* scores, float* relative, float* weights, int count, int first, int oldest)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int padded = SimdWidth.RoundUp(count), last = padded - simd.Count;
        TVector none = simd.Broadcast(float.NegativeInfinity), maxima = none;
        int beforeWrap = Sum<TSimd, TVector>(scores + oldest, relative, weights, first, ref maxima);
        int afterWrap = first + Sum<TSimd, TVector>(scores, relative + first, weights + first, count - first, ref maxima);
        for (int i = count; i < padded; i += simd.Count) simd.Store(weights + i, none);
        // Both parts end within a vector whose rest was not theirs when they wrote it, and is now.
        maxima = Larger<TSimd, TVector>(maxima, simd.Load(weights + Math.Min(beforeWrap, last)));
        maxima = Larger<TSimd, TVector>(maxima, simd.Load(weights + Math.Min(afterWrap, last)));
        return 1f / Softmax.Exponentials<TSimd, TVector>(weights, padded, simd.Largest(maxima));
    }

    /// <summary>Adds the biases of one part, and takes the largest sums of its whole vectors. Returns how many items those are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Sum<TSimd, TVector>(float* s, float* bias, float* target, int length, ref TVector maxima)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int i = 0;
        for (; i + simd.Count <= length; i += simd.Count)
        {
            TVector sum = simd.Add(simd.Load(s + i), simd.Load(bias + i));
            simd.Store(target + i, sum);
            maxima = Larger<TSimd, TVector>(maxima, sum);
        }
        if (i < length) simd.Store(target + i, simd.Add(simd.Load(s + i), simd.Load(bias + i)));
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Larger<TSimd, TVector>(TVector a, TVector b)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        return simd.SelectLess(a, b, b, a);
    }
}
