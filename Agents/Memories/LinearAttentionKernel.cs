using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>One step of one head of linear attention: adds the value under its key and reads the mean of all values, weighted by how well their keys fit the query.</summary>
/// <remarks>S lies with keys down and values across, so vectors run over the values; the sum of the weights is the only sum inside a vector.</remarks>
/// <param name="query">q before its features, <c>[size]</c>; overwritten.</param>
/// <param name="key">k before its features, <c>[size]</c>; overwritten.</param>
/// <param name="value">v, <c>[size]</c>.</param>
/// <param name="state">S, <c>[size, size]</c>.</param>
/// <param name="sum">z, <c>[size]</c>.</param>
/// <param name="read">Receives r, <c>[size]</c>.</param>
/// <param name="size">The units of a head.</param>
/// <param name="commit">Whether S and z change.</param>
internal readonly unsafe struct LinearAttentionKernel(float* query, float* key, float* value, float* state, float* sum, float* read, int size, bool commit) : IKernel
{
    private const float MeanEpsilon = 1e-6f;

    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int j = 0;
        for (; j + simd.Count <= size; j += simd.Count) Features<TSimd, TVector>(j);
        for (; j < size; j++) Features<ScalarSimd, float>(j);
        // read has the new sum of the keys for a moment.
        float weights = HeadSums.Dot<TSimd, TVector>(read, query, size) + MeanEpsilon;
        for (j = 0; j + simd.Count <= size; j += simd.Count) Column<TSimd, TVector>(j, weights);
        for (; j < size; j++) Column<ScalarSimd, float>(j, weights);
    }

    /// <summary>1 + ELU of query and key, and the sum of the keys.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Features<TSimd, TVector>(int j)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        simd.Store(query + j, Positive<TSimd, TVector>(simd.Load(query + j)));
        TVector k = Positive<TSimd, TVector>(simd.Load(key + j)), z = simd.Add(simd.Load(sum + j), k);
        simd.Store(key + j, k);
        simd.Store(read + j, z);
        if (commit) simd.Store(sum + j, z);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Column<TSimd, TVector>(int j, float weights)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector v = simd.Load(value + j), total = simd.Broadcast(0f);
        float* s = state + j;
        for (int i = 0; i < size; i++)
        {
            TVector next = simd.MultiplyAdd(simd.Broadcast(key[i]), v, simd.Load(s + (i * size)));
            if (commit) simd.Store(s + (i * size), next);
            total = simd.MultiplyAdd(simd.Broadcast(query[i]), next, total);
        }
        simd.Store(read + j, simd.Divide(total, simd.Broadcast(weights)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Positive<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector zero = simd.Broadcast(0f);
        // NaN compares as false and so becomes NaN + 1.
        return simd.SelectLess(x, zero, Functions.ExpBelow<TSimd, TVector>(x), simd.Add(x, simd.Broadcast(1f)));
    }
}
