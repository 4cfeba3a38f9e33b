using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>One query against keys and values in bfloat16, all heads: as <see cref="FloatAttentionKernel"/>, every sum in the same order.</summary>
/// <param name="sizes">The sizes.</param>
/// <param name="slots">The slots, whole groups.</param>
/// <param name="columns">The columns of a value, whole groups.</param>
/// <param name="count">The items to attend to, the newest included.</param>
/// <param name="oldest">The slot of the oldest.</param>
/// <param name="query">The scaled query, <c>[D]</c>.</param>
/// <param name="keys">Keys, <c>[H, panels of slots: [D/H, width / 2]]</c>.</param>
/// <param name="values">Values, <c>[slots, columns / 2]</c>.</param>
/// <param name="relative">Biases, <c>[H, M + 1]</c>, the newest item's last.</param>
/// <param name="scores">Scratch, <c>[H, slots]</c>, by slot.</param>
/// <param name="weights">Scratch, <c>[H, slots]</c>, by age.</param>
/// <param name="scales">Receives what the heads' sums are to be multiplied with, <c>[H]</c>.</param>
/// <param name="sums">Receives the heads' sums of values with undivided weights, <c>[columns]</c>.</param>
/// <param name="aheadKeys">How many bytes ahead of the keys to fetch: see <see cref="Prefetcher.Ahead"/>.</param>
/// <param name="aheadValues">The same for the values.</param>
internal readonly unsafe struct HalfAttentionKernel(
    TransformerSizes sizes, int slots, int columns, int count, int oldest, float* query, uint* keys, uint* values, float* relative,
    float* scores, float* weights, float* scales, float* sums, long aheadKeys, long aheadValues) : IKernel
{
    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        int size = sizes.HeadSize, items = sizes.Items;
        int first = Math.Min(count, items - oldest); // the items before the ring wraps around
        int used = Words.RoundUp(Math.Min(items, oldest + count));
        for (int head = 0; head < sizes.Heads; head++)
        {
            float* q = query + (head * size), s = scores + (head * slots);
            uint* k = keys + (head * size * slots / 2);
            new Span<float>(s, used).Clear();
            for (int panel = 0; panel < used; panel += PanelLayout.Width)
            {
                int width = Math.Min(PanelLayout.Width, slots - panel);
                HalfTiles.OneRow<TSimd, TVector>(q, size, k + (panel * size / 2), width / 2, Math.Min(width, used - panel) / 2, s + panel, s + panel, aheadKeys);
            }
            scales[head] = AttentionWeights.ByAge<TSimd, TVector>(s, relative + (head * items) + items - count, weights + (head * slots), count, first, oldest);
        }

        new Span<float>(sums, columns).Clear();
        AddValues<TSimd, TVector>(weights, values + (oldest * (columns / 2)), first);
        AddValues<TSimd, TVector>(weights + first, values, count - first);
    }

    /// <summary>Adds weighted values of consecutive slots; every column's sum runs in the order of the slots.</summary>
    private void AddValues<TSimd, TVector>(float* w, uint* v, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int word = 0;
        for (; word + (4 * simd.Count) <= columns / 2; word += 4 * simd.Count) FourWords<TSimd, TVector>(w, v, word, length);
        for (; word < columns / 2; word += simd.Count) OneWord<TSimd, TVector>(w, v, word, length);
    }

    private void OneWord<TSimd, TVector>(float* w, uint* v, int word, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        float* low = Low(word), high = low + (Words.Group / 2), w0 = Head(w, low), w1 = Head(w, high);
        TVector s0 = simd.Load(low), s1 = simd.Load(high);
        v += word;
        for (int i = 0; i < length; i++, v += columns / 2)
        {
            Prefetcher.Ahead(v, simd.Count * sizeof(uint), aheadValues);
            Add<TSimd, TVector>(v, w0[i], w1[i], ref s0, ref s1);
        }
        simd.Store(low, s0);
        simd.Store(high, s1);
    }

    /// <summary>Four vectors of words at once, so that values are read in one stream.</summary>
    private void FourWords<TSimd, TVector>(float* w, uint* v, int word, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int n = simd.Count;
        float* y0 = Low(word), y1 = y0 + (Words.Group / 2), y2 = Low(word + n), y3 = y2 + (Words.Group / 2);
        float* y4 = Low(word + (2 * n)), y5 = y4 + (Words.Group / 2), y6 = Low(word + (3 * n)), y7 = y6 + (Words.Group / 2);
        float* w0 = Head(w, y0), w1 = Head(w, y1), w2 = Head(w, y2), w3 = Head(w, y3), w4 = Head(w, y4), w5 = Head(w, y5), w6 = Head(w, y6), w7 = Head(w, y7);
        TVector s0 = simd.Load(y0), s1 = simd.Load(y1), s2 = simd.Load(y2), s3 = simd.Load(y3);
        TVector s4 = simd.Load(y4), s5 = simd.Load(y5), s6 = simd.Load(y6), s7 = simd.Load(y7);
        v += word;
        for (int i = 0; i < length; i++, v += columns / 2)
        {
            Prefetcher.Ahead(v, 4 * simd.Count * sizeof(uint), aheadValues);
            Add<TSimd, TVector>(v, w0[i], w1[i], ref s0, ref s1);
            Add<TSimd, TVector>(v + n, w2[i], w3[i], ref s2, ref s3);
            Add<TSimd, TVector>(v + (2 * n), w4[i], w5[i], ref s4, ref s5);
            Add<TSimd, TVector>(v + (3 * n), w6[i], w7[i], ref s6, ref s7);
        }
        simd.Store(y0, s0);
        simd.Store(y1, s1);
        simd.Store(y2, s2);
        simd.Store(y3, s3);
        simd.Store(y4, s4);
        simd.Store(y5, s5);
        simd.Store(y6, s6);
        simd.Store(y7, s7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSimd, TVector>(uint* v, float lowWeight, float highWeight, ref TVector low, ref TVector high)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        simd.LoadHalves(v, out TVector l, out TVector h);
        low = simd.MultiplyAdd(simd.Broadcast(lowWeight), l, low);
        high = simd.MultiplyAdd(simd.Broadcast(highWeight), h, high);
    }

    /// <summary>The sum of the lower column of a word.</summary>
    private float* Low(int word) => sums + Words.Output(word);

    /// <summary>The weights of a column's head; columns after the last head have zero values, and take any weights.</summary>
    private float* Head(float* w, float* column) =>
        w + (Math.Min((int)(column - sums) / SimdWidth.RoundUp(sizes.HeadSize), sizes.Heads - 1) * slots);
}
