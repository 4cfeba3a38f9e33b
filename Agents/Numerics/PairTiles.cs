using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// The matrix product of small integers: <c>y[r, o] = start[o] + scale_r · scales[o] · Σ_i x[r, i] p[i, o]</c>, x of 16 bits in pairs
/// of consecutive i, and p of 8 bits, <c>[pairs, words]</c> with two inputs and two outputs per word (see <see cref="IPairs{TVector}"/>).
/// The sum is exact; it must not exceed 32 bits.
/// </summary>
internal static unsafe class PairTiles
{
    /// <summary>Multiplies rows by a panel.</summary>
    /// <param name="x">Inputs, rows <paramref name="pairs"/> apart.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="pairs">The length of the sum, in pairs.</param>
    /// <param name="panel">The weights, <c>[pairs, stride]</c>.</param>
    /// <param name="stride">The words of a row of the panel.</param>
    /// <param name="words">The words to multiply, whole groups.</param>
    /// <param name="scale">Every row's scale, <c>[rows]</c>.</param>
    /// <param name="scales">Every output's scale, <c>[2 · words]</c>; null for ones.</param>
    /// <param name="start">What each output begins with, <c>[2 · words]</c>; null for zeros.</param>
    /// <param name="y">Receives the outputs, rows <paramref name="yStride"/> apart.</param>
    /// <param name="yStride">The distance of two rows of outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TPairs, TVector>(
        int* x, int rows, int pairs, int* panel, int stride, int words, float* scale, float* scales, float* start, float* y, int yStride)
        where TPairs : struct, IPairs<TVector>
        where TVector : struct
    {
        TPairs ops = default;
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            int* xs = x + ((long)row * pairs);
            float* ys = y + ((long)row * yStride);
            int w = 0;
            if (ops.ManyRegisters)
                for (; w + (2 * ops.Count) <= words; w += 2 * ops.Count)
                    FourByTwo<TPairs, TVector>(xs, pairs, panel, w, stride, scale + row, scales, start, ys, yStride);
            for (; w < words; w += ops.Count)
                FourByOne<TPairs, TVector>(xs, pairs, panel, w, stride, scale + row, scales, start, ys, yStride);
        }
        for (; row < rows; row++)
            OneRow<TPairs, TVector>(x + ((long)row * pairs), pairs, panel, stride, words, scale[row], scales, start, y + ((long)row * yStride), ahead: 0);
    }

    /// <summary>As <see cref="Multiply{TPairs, TVector}"/> for a single row, fetching what lies <paramref name="ahead"/> bytes ahead of the panel (see <see cref="Prefetcher.Ahead"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OneRow<TPairs, TVector>(
        int* x, int pairs, int* panel, int stride, int words, float scale, float* scales, float* start, float* y, long ahead)
        where TPairs : struct, IPairs<TVector>
        where TVector : struct
    {
        TPairs ops = default;
        int w = 0;
        for (; w + (2 * ops.Count) <= words; w += 2 * ops.Count) OneByTwo<TPairs, TVector>(x, pairs, panel, w, stride, scale, scales, start, y, ahead);
        for (; w < words; w += ops.Count) OneByOne<TPairs, TVector>(x, pairs, panel, w, stride, scale, scales, start, y, ahead);
    }

    private static void OneByOne<TPairs, TVector>(
        int* x, int pairs, int* p, int word, int stride, float scale, float* scales, float* start, float* y, long ahead)
        where TPairs : struct, IPairs<TVector>
        where TVector : struct
    {
        TPairs ops = default;
        TVector both = ops.Broadcast(0), upper = both;
        p += word;
        for (int i = 0; i < pairs; i++, p += stride)
        {
            Prefetcher.Ahead(p, ops.Count * sizeof(int), ahead);
            TVector a = ops.Broadcast(x[i]), w = ops.Load(p);
            both = ops.MultiplyAdd(a, w, both);
            upper = ops.MultiplyAdd(a, ops.Upper(w), upper);
        }
        Store<TPairs, TVector>(y, Words.Output(word), both, upper, scale, scales, start);
    }

    private static void OneByTwo<TPairs, TVector>(
        int* x, int pairs, int* p, int word, int stride, float scale, float* scales, float* start, float* y, long ahead)
        where TPairs : struct, IPairs<TVector>
        where TVector : struct
    {
        TPairs ops = default;
        int n = ops.Count;
        TVector both0 = ops.Broadcast(0), upper0 = both0, both1 = both0, upper1 = both0;
        p += word;
        for (int i = 0; i < pairs; i++, p += stride)
        {
            Prefetcher.Ahead(p, 2 * ops.Count * sizeof(int), ahead);
            TVector a = ops.Broadcast(x[i]), w = ops.Load(p);
            both0 = ops.MultiplyAdd(a, w, both0);
            upper0 = ops.MultiplyAdd(a, ops.Upper(w), upper0);
            w = ops.Load(p + n);
            both1 = ops.MultiplyAdd(a, w, both1);
            upper1 = ops.MultiplyAdd(a, ops.Upper(w), upper1);
        }
        Store<TPairs, TVector>(y, Words.Output(word), both0, upper0, scale, scales, start);
        Store<TPairs, TVector>(y, Words.Output(word + n), both1, upper1, scale, scales, start);
    }

    private static void FourByOne<TPairs, TVector>(
        int* x, int pairs, int* p, int word, int stride, float* scale, float* scales, float* start, float* y, int yStride)
        where TPairs : struct, IPairs<TVector>
        where TVector : struct
    {
        TPairs ops = default;
        int* x1 = x + pairs, x2 = x1 + pairs, x3 = x2 + pairs;
        TVector a0 = ops.Broadcast(0), b0 = a0, c0 = a0, d0 = a0, a1 = a0, b1 = a0, c1 = a0, d1 = a0;
        p += word;
        for (int i = 0; i < pairs; i++, p += stride)
        {
            TVector w0 = ops.Load(p), w1 = ops.Upper(w0), v = ops.Broadcast(x[i]);
            a0 = ops.MultiplyAdd(v, w0, a0);
            a1 = ops.MultiplyAdd(v, w1, a1);
            v = ops.Broadcast(x1[i]);
            b0 = ops.MultiplyAdd(v, w0, b0);
            b1 = ops.MultiplyAdd(v, w1, b1);
            v = ops.Broadcast(x2[i]);
            c0 = ops.MultiplyAdd(v, w0, c0);
            c1 = ops.MultiplyAdd(v, w1, c1);
            v = ops.Broadcast(x3[i]);
            d0 = ops.MultiplyAdd(v, w0, d0);
            d1 = ops.MultiplyAdd(v, w1, d1);
        }
        int o = Words.Output(word);
        Store<TPairs, TVector>(y, o, a0, a1, scale[0], scales, start);
        Store<TPairs, TVector>(y += yStride, o, b0, b1, scale[1], scales, start);
        Store<TPairs, TVector>(y += yStride, o, c0, c1, scale[2], scales, start);
        Store<TPairs, TVector>(y + yStride, o, d0, d1, scale[3], scales, start);
    }

    private static void FourByTwo<TPairs, TVector>(
        int* x, int pairs, int* p, int word, int stride, float* scale, float* scales, float* start, float* y, int yStride)
        where TPairs : struct, IPairs<TVector>
        where TVector : struct
    {
        TPairs ops = default;
        int n = ops.Count;
        int* x1 = x + pairs, x2 = x1 + pairs, x3 = x2 + pairs;
        TVector a0 = ops.Broadcast(0), b0 = a0, c0 = a0, d0 = a0, a1 = a0, b1 = a0, c1 = a0, d1 = a0;
        TVector a2 = a0, b2 = a0, c2 = a0, d2 = a0, a3 = a0, b3 = a0, c3 = a0, d3 = a0;
        p += word;
        for (int i = 0; i < pairs; i++, p += stride)
        {
            TVector w0 = ops.Load(p), w1 = ops.Upper(w0), w2 = ops.Load(p + n), w3 = ops.Upper(w2), v = ops.Broadcast(x[i]);
            a0 = ops.MultiplyAdd(v, w0, a0);
            a1 = ops.MultiplyAdd(v, w1, a1);
            a2 = ops.MultiplyAdd(v, w2, a2);
            a3 = ops.MultiplyAdd(v, w3, a3);
            v = ops.Broadcast(x1[i]);
            b0 = ops.MultiplyAdd(v, w0, b0);
            b1 = ops.MultiplyAdd(v, w1, b1);
            b2 = ops.MultiplyAdd(v, w2, b2);
            b3 = ops.MultiplyAdd(v, w3, b3);
            v = ops.Broadcast(x2[i]);
            c0 = ops.MultiplyAdd(v, w0, c0);
            c1 = ops.MultiplyAdd(v, w1, c1);
            c2 = ops.MultiplyAdd(v, w2, c2);
            c3 = ops.MultiplyAdd(v, w3, c3);
            v = ops.Broadcast(x3[i]);
            d0 = ops.MultiplyAdd(v, w0, d0);
            d1 = ops.MultiplyAdd(v, w1, d1);
            d2 = ops.MultiplyAdd(v, w2, d2);
            d3 = ops.MultiplyAdd(v, w3, d3);
        }
        int o = Words.Output(word), q = Words.Output(word + n);
        Store<TPairs, TVector>(y, o, a0, a1, scale[0], scales, start);
        Store<TPairs, TVector>(y, q, a2, a3, scale[0], scales, start);
        Store<TPairs, TVector>(y += yStride, o, b0, b1, scale[1], scales, start);
        Store<TPairs, TVector>(y, q, b2, b3, scale[1], scales, start);
        Store<TPairs, TVector>(y += yStride, o, c0, c1, scale[2], scales, start);
        Store<TPairs, TVector>(y, q, c2, c3, scale[2], scales, start);
        Store<TPairs, TVector>(y += yStride, o, d0, d1, scale[3], scales, start);
        Store<TPairs, TVector>(y, q, d2, d3, scale[3], scales, start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TPairs, TVector>(float* y, int output, TVector both, TVector upper, float scale, float* scales, float* start)
        where TPairs : struct, IPairs<TVector>
        where TVector : struct
    {
        TPairs ops = default;
        int next = output + (Words.Group / 2);
        ops.Store(y + output, ops.Lower(both, upper), scale, At(scales, output), At(start, output));
        ops.Store(y + next, upper, scale, At(scales, next), At(start, next));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* At(float* values, int at) => values == null ? null : values + at;
}
