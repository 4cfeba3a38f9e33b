using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>One query against keys and values of floats, all heads.</summary>
/// <typeparam name="T">How keys and values are kept.</typeparam>
/// <param name="sizes">The sizes.</param>
/// <param name="slots">The slots, whole vectors.</param>
/// <param name="count">The items to attend to, the newest included.</param>
/// <param name="oldest">The slot of the oldest.</param>
/// <param name="query">The scaled query, <c>[D]</c>.</param>
/// <param name="keys">Keys, <c>[H, panels of slots: [D/H, width]]</c>.</param>
/// <param name="values">Values, <c>[slots, D]</c>.</param>
/// <param name="relative">Biases, <c>[H, M + 1]</c>, the newest item's last.</param>
/// <param name="scores">Scratch, <c>[H, slots]</c>, by slot.</param>
/// <param name="weights">Scratch, <c>[H, slots]</c>, by age.</param>
/// <param name="output">Receives the heads' sums of values, <c>[D]</c>.</param>
internal readonly unsafe struct FloatAttentionKernel<T>(
    TransformerSizes sizes, int slots, int count, int oldest, float* query, T* keys, T* values, float* relative,
    float* scores, float* weights, float* output) : IKernel
    where T : unmanaged
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
            float* q = query + (head * size), s = scores + (head * slots);
            T* k = keys + (head * size * slots);
            for (int panel = 0; panel < used; panel += PanelLayout.Width)
            {
                int width = Math.Min(PanelLayout.Width, slots - panel);
                DenseTiles<TSimd, TVector, T>.OneRow(q, size, k + (panel * size), width, Math.Min(width, used - panel), null, s + panel);
            }
            AttentionWeights.ByAge<TSimd, TVector>(s, relative + (head * items) + items - count, weights + (head * slots), count, first, oldest);
        }

        new Span<float>(output, sizes.Hidden).Clear();
        AddValues<TSimd, TVector>(weights, oldest, first);
        AddValues<TSimd, TVector>(weights + first, 0, count - first);
    }

    /// <summary>Adds weighted values of consecutive slots to the output; every output's sum runs in the order of the slots.</summary>
    private void AddValues<TSimd, TVector>(float* w, int slot, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        if (length == 0) return;
        int d = sizes.Hidden, size = sizes.HeadSize, at = 0;
        T* v = values + (slot * d);
        if (size % simd.Count == 0)
            for (; at + (8 * simd.Count) <= d; at += 8 * simd.Count) EightVectors<TSimd, TVector>(w, v, at, length);
        for (; at < d;)
        {
            int head = at / size, width = ((head + 1) * size) - at;
            DenseTiles<TSimd, TVector, T>.OneRow(w + (head * slots), length, v + at, d, width, output + at, output + at);
            at += width;
        }
    }

    /// <summary>Eight vectors of neighbouring outputs at once, each with the weights of its own head, so that values are read in one stream.</summary>
    private void EightVectors<TSimd, TVector>(float* w, T* v, int at, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int n = simd.Count, d = sizes.Hidden;
        float* y = output + at;
        v += at;
        float* w0 = Head(w, at), w1 = Head(w, at + n), w2 = Head(w, at + (2 * n)), w3 = Head(w, at + (3 * n));
        float* w4 = Head(w, at + (4 * n)), w5 = Head(w, at + (5 * n)), w6 = Head(w, at + (6 * n)), w7 = Head(w, at + (7 * n));
        TVector s0 = simd.Load(y), s1 = simd.Load(y + n), s2 = simd.Load(y + (2 * n)), s3 = simd.Load(y + (3 * n));
        TVector s4 = simd.Load(y + (4 * n)), s5 = simd.Load(y + (5 * n)), s6 = simd.Load(y + (6 * n)), s7 = simd.Load(y + (7 * n));
        for (int i = 0; i < length; i++, v += d)
        {
            s0 = Add<TSimd, TVector>(w0[i], v, s0);
            s1 = Add<TSimd, TVector>(w1[i], v + n, s1);
            s2 = Add<TSimd, TVector>(w2[i], v + (2 * n), s2);
            s3 = Add<TSimd, TVector>(w3[i], v + (3 * n), s3);
            s4 = Add<TSimd, TVector>(w4[i], v + (4 * n), s4);
            s5 = Add<TSimd, TVector>(w5[i], v + (5 * n), s5);
            s6 = Add<TSimd, TVector>(w6[i], v + (6 * n), s6);
            s7 = Add<TSimd, TVector>(w7[i], v + (7 * n), s7);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add<TSimd, TVector>(float weight, T* value, TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        return simd.MultiplyAdd(simd.Broadcast(weight), DenseTiles<TSimd, TVector, T>.Load(value), sum);
    }

    private float* Head(float* w, int at) => w + (at / sizes.HeadSize * slots);
}
