namespace RLSeq.Agents;

/// <summary>One row's query against the items of its ring, all heads.</summary>
/// <remarks>
/// Scores are computed by slot, since each stands for itself; then they are put in the order of age, in which the softmax and the
/// sum of values run. So the result does not depend on where in the ring the items lie, and a restored state continues bit for bit.
/// </remarks>
/// <param name="sizes">The sizes.</param>
/// <param name="keyStride">The distance of two rows of transposed keys.</param>
/// <param name="count">The items to attend to, the newest included.</param>
/// <param name="oldest">The slot of the oldest.</param>
/// <param name="query">The scaled query, <c>[D]</c>.</param>
/// <param name="keys">Keys, <c>[D, keyStride]</c>.</param>
/// <param name="values">Values, <c>[M + 1, D]</c>.</param>
/// <param name="relative">Biases, <c>[H, M + 1]</c>, the newest item's last.</param>
/// <param name="scores">Scratch, <c>[H, keyStride]</c>.</param>
/// <param name="weights">Scratch, <c>[M + 1]</c>.</param>
/// <param name="output">Receives the heads' sums of values, <c>[D]</c>.</param>
internal readonly unsafe struct AttentionKernel(
    TransformerSizes sizes, int keyStride, int count, int oldest, float* query, float* keys, float* values, float* relative,
    float* scores, float* weights, float* output) : IKernel
{
    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int d = sizes.Hidden, size = sizes.HeadSize, items = sizes.Items;
        int first = Math.Min(count, items - oldest); // the items before the ring wraps around
        int used = SimdWidth.RoundUp(Math.Min(items, oldest + count));
        for (int head = 0; head < sizes.Heads; head++)
        {
            float* s = scores + (head * keyStride);
            new Span<float>(s, used).Clear();
            DenseTiles.OneRow<TSimd, TVector>(query + (head * size), size, keys + ((long)head * size * keyStride), keyStride, used, s, s);

            float* bias = relative + (head * items) + items - count;
            Biased<TSimd, TVector>(s + oldest, bias, weights, first);
            Biased<TSimd, TVector>(s, bias + first, weights + first, count - first);
            Softmax.Row<TSimd, TVector>(weights, count);

            float* y = output + (head * size);
            new Span<float>(y, size).Clear();
            DenseTiles.OneRow<TSimd, TVector>(weights, first, values + (oldest * d) + (head * size), d, size, y, y);
            DenseTiles.OneRow<TSimd, TVector>(weights + first, count - first, values + (head * size), d, size, y, y);
        }
    }

    private static void Biased<TSimd, TVector>(float* s, float* bias, float* target, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int i = 0;
        for (; i + simd.Count <= length; i += simd.Count) simd.Store(target + i, simd.Add(simd.Load(s + i), simd.Load(bias + i)));
        for (; i < length; i++) target[i] = s[i] + bias[i];
    }
}
