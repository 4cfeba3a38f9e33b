using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// One step of one head by the delta rule: forgets, recalls what stands under the key, writes what is wrong with it, reads, and brings what
/// was read to one size.
/// </summary>
/// <remarks>S lies with keys down and values across, so vectors run over the values and nothing is summed inside a vector but two lengths and a mean square.</remarks>
/// <param name="query">q before it has the length 1, <c>[size]</c>; overwritten.</param>
/// <param name="key">k before it has the length 1, <c>[size]</c>; overwritten.</param>
/// <param name="value">v, <c>[size]</c>.</param>
/// <param name="strength">a_b, before σ.</param>
/// <param name="keep">a_a, before σ; null where nothing is forgotten.</param>
/// <param name="state">S, <c>[size, size]</c>.</param>
/// <param name="norm">w, <c>[size]</c>.</param>
/// <param name="read">Receives r, <c>[size]</c>.</param>
/// <param name="size">The units of a head.</param>
/// <param name="commit">Whether S changes.</param>
internal readonly unsafe struct DeltaRuleKernel(
    float* query, float* key, float* value, float strength, float* keep, float* state, float* norm, float* read, int size, bool commit) : IKernel
{
    private const float KeyEpsilon = 1e-6f, ReadEpsilon = 1e-5f;

    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        Shorten<TSimd, TVector>(query);
        Shorten<TSimd, TVector>(key);
        float beta = Functions.Sigmoid<ScalarSimd, float>(strength), alpha = keep == null ? 1f : Functions.Sigmoid<ScalarSimd, float>(*keep);
        int j = 0;
        for (; j + simd.Count <= size; j += simd.Count) Column<TSimd, TVector>(j, alpha, beta);
        for (; j < size; j++) Column<ScalarSimd, float>(j, alpha, beta);

        float scale = 1f / MathF.Sqrt((HeadSums.Dot<TSimd, TVector>(read, read, size) / size) + ReadEpsilon);
        TVector scales = simd.Broadcast(scale);
        for (j = 0; j + simd.Count <= size; j += simd.Count) simd.Store(read + j, simd.Multiply(simd.Multiply(simd.Load(read + j), scales), simd.Load(norm + j)));
        for (; j < size; j++) read[j] = read[j] * scale * norm[j];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Column<TSimd, TVector>(int j, float alpha, float beta)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector kept = simd.Broadcast(alpha), recalled = simd.Broadcast(0f);
        float* s = state + j;
        for (int i = 0; i < size; i++) recalled = simd.MultiplyAdd(simd.Broadcast(key[i]), simd.Load(s + (i * size)), recalled);
        TVector change = simd.Multiply(simd.Broadcast(beta), simd.Subtract(simd.Load(value + j), simd.Multiply(kept, recalled)));
        TVector sum = simd.Broadcast(0f);
        for (int i = 0; i < size; i++)
        {
            TVector next = simd.MultiplyAdd(simd.Broadcast(key[i]), change, simd.Multiply(kept, simd.Load(s + (i * size))));
            if (commit) simd.Store(s + (i * size), next);
            sum = simd.MultiplyAdd(simd.Broadcast(query[i]), next, sum);
        }
        simd.Store(read + j, sum);
    }

    /// <summary>Brings a vector to the length 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Shorten<TSimd, TVector>(float* x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        float scale = 1f / MathF.Sqrt(HeadSums.Dot<TSimd, TVector>(x, x, size) + KeyEpsilon);
        TVector scales = simd.Broadcast(scale);
        int i = 0;
        for (; i + simd.Count <= size; i += simd.Count) simd.Store(x + i, simd.Multiply(simd.Load(x + i), scales));
        for (; i < size; i++) x[i] *= scale;
    }
}
