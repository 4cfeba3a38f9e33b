using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>One query against keys and values of 32-bit floats, all heads.</summary>
/// <param name="sizes">The sizes.</param>
/// <param name="slots">The slots, whole groups.</param>
/// <param name="columns">The columns of a value, whole groups.</param>
/// <param name="count">The items to attend to, the newest included.</param>
/// <param name="oldest">The slot of the oldest.</param>
/// <param name="query">The scaled query, <c>[D]</c>.</param>
/// <param name="keys">Keys, <c>[H, panels of slots: [D/H, width]]</c>.</param>
/// <param name="values">Values, <c>[slots, columns]</c>.</param>
/// <param name="relative">Biases, <c>[H, M + 1]</c>, the newest item's last.</param>
/// <param name="scores">Scratch, <c>[H, slots]</c>, by slot.</param>
/// <param name="weights">Scratch, <c>[H, slots]</c>, by age.</param>
/// <param name="scales">Receives what the heads' sums are to be multiplied with, <c>[H]</c>.</param>
/// <param name="sums">Receives the heads' sums of values with undivided weights, <c>[columns]</c>.</param>
/// <param name="aheadKeys">How many bytes ahead of the keys to fetch: see <see cref="Prefetcher.Ahead"/>.</param>
/// <param name="aheadValues">The same for the values.</param>
internal readonly unsafe struct FloatAttentionKernel(
    TransformerSizes sizes, int slots, int columns, int count, int oldest, float* query, float* keys, float* values, float* relative,
    float* scores, float* weights, float* scales, float* sums, long aheadKeys, long aheadValues) : IKernel
{
    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int size = sizes.HeadSize, items = sizes.Items;
        int first = Math.Min(count, items - oldest); // the items before the ring wraps around
        int used = SimdWidth.RoundUp(Math.Min(items, oldest + count));
        for (int head = 0; head < sizes.Heads; head++)
        {
            float* q = query + (head * size), s = scores + (head * slots), k = keys + (head * size * slots);
            new Span<float>(s, used).Clear();
            for (int panel = 0; panel < used; panel += PanelLayout.Width)
            {
                int width = Math.Min(PanelLayout.Width, slots - panel);
                DenseTiles.OneRow<TSimd, TVector>(q, size, k + (panel * size), width, Math.Min(width, used - panel), s + panel, s + panel, aheadKeys);
            }
            scales[head] = AttentionWeights.ByAge<TSimd, TVector>(s, relative + (head * items) + items - count, weights + (head * slots), count, first, oldest);
        }

        new Span<float>(sums, columns).Clear();
        AddValues<TSimd, TVector>(weights, values + (oldest * columns), first);
        AddValues<TSimd, TVector>(weights + first, values, count - first);
    }

    /// <summary>Adds weighted values of consecutive slots; every column's sum runs in the order of the slots.</summary>
    private void AddValues<TSimd, TVector>(float* w, float* v, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int at = 0;
        for (; at + (8 * simd.Count) <= columns; at += 8 * simd.Count) EightVectors<TSimd, TVector>(w, v, at, length);
        for (; at < columns; at += simd.Count) OneVector<TSimd, TVector>(w, v, at, length);
    }

    private void OneVector<TSimd, TVector>(float* w, float* v, int at, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        float* w0 = Head(w, at);
        TVector sum = simd.Load(sums + at);
        v += at;
        for (int i = 0; i < length; i++, v += columns)
        {
            Prefetcher.Ahead(v, simd.Count * sizeof(float), aheadValues);
            sum = simd.MultiplyAdd(simd.Broadcast(w0[i]), simd.Load(v), sum);
        }
        simd.Store(sums + at, sum);
    }

    /// <summary>Eight vectors of neighbouring columns at once, each with the weights of its own head, so that values are read in one stream.</summary>
    private void EightVectors<TSimd, TVector>(float* w, float* v, int at, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int n = simd.Count;
        float* y = sums + at;
        v += at;
        float* w0 = Head(w, at), w1 = Head(w, at + n), w2 = Head(w, at + (2 * n)), w3 = Head(w, at + (3 * n));
        float* w4 = Head(w, at + (4 * n)), w5 = Head(w, at + (5 * n)), w6 = Head(w, at + (6 * n)), w7 = Head(w, at + (7 * n));
        TVector s0 = simd.Load(y), s1 = simd.Load(y + n), s2 = simd.Load(y + (2 * n)), s3 = simd.Load(y + (3 * n));
        TVector s4 = simd.Load(y + (4 * n)), s5 = simd.Load(y + (5 * n)), s6 = simd.Load(y + (6 * n)), s7 = simd.Load(y + (7 * n));
        for (int i = 0; i < length; i++, v += columns)
        {
            Prefetcher.Ahead(v, 8 * simd.Count * sizeof(float), aheadValues);
            s0 = simd.MultiplyAdd(simd.Broadcast(w0[i]), simd.Load(v), s0);
            s1 = simd.MultiplyAdd(simd.Broadcast(w1[i]), simd.Load(v + n), s1);
            s2 = simd.MultiplyAdd(simd.Broadcast(w2[i]), simd.Load(v + (2 * n)), s2);
            s3 = simd.MultiplyAdd(simd.Broadcast(w3[i]), simd.Load(v + (3 * n)), s3);
            s4 = simd.MultiplyAdd(simd.Broadcast(w4[i]), simd.Load(v + (4 * n)), s4);
            s5 = simd.MultiplyAdd(simd.Broadcast(w5[i]), simd.Load(v + (5 * n)), s5);
            s6 = simd.MultiplyAdd(simd.Broadcast(w6[i]), simd.Load(v + (6 * n)), s6);
            s7 = simd.MultiplyAdd(simd.Broadcast(w7[i]), simd.Load(v + (7 * n)), s7);
        }
        simd.Store(y, s0);
        simd.Store(y + n, s1);
        simd.Store(y + (2 * n), s2);
        simd.Store(y + (3 * n), s3);
        simd.Store(y + (4 * n), s4);
        simd.Store(y + (5 * n), s5);
        simd.Store(y + (6 * n), s6);
        simd.Store(y + (7 * n), s7);
    }

    /// <summary>The weights of a column's head; columns after the last head have zero values, and take any weights.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* Head(float* w, int at) => w + (Math.Min(at / SimdWidth.RoundUp(sizes.HeadSize), sizes.Heads - 1) * slots);
}
