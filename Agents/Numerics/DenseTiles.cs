using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// The one matrix product of the engine: <c>y[r, o] = start[o] + Σ_i x[r, i] · p[i, o]</c> over a panel of consecutive outputs, i
/// ascending. Every (row, output) has its own sum, begun at <c>start</c> and fed in this one order, so its bits depend neither on the
/// other rows, nor on how outputs are split into vectors.
/// </summary>
internal static unsafe class DenseTiles
{
    /// <summary>Multiplies rows by a panel.</summary>
    /// <param name="x">Inputs, rows <paramref name="xStride"/> apart.</param>
    /// <param name="xStride">The distance of two rows of inputs.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="inputs">The length of the sum.</param>
    /// <param name="panel">The weights, <c>[inputs, width]</c>, rows <paramref name="stride"/> apart.</param>
    /// <param name="stride">The distance of two rows of the panel.</param>
    /// <param name="width">The number of outputs, any number; fast where it is a multiple of the vector.</param>
    /// <param name="start">What each output's sum begins with, <c>[width]</c>.</param>
    /// <param name="y">Receives the outputs, rows <paramref name="yStride"/> apart; may be <paramref name="start"/> for one row.</param>
    /// <param name="yStride">The distance of two rows of outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TSimd, TVector>(
        float* x, int xStride, int rows, int inputs, float* panel, int stride, int width, float* start, float* y, int yStride)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            float* xs = x + ((long)row * xStride), ys = y + ((long)row * yStride);
            int o = 0;
            if (simd.ManyRegisters)
                for (; o + (4 * simd.Count) <= width; o += 4 * simd.Count)
                    FourByFour<TSimd, TVector>(xs, xStride, inputs, panel + o, stride, start + o, ys + o, yStride);
            for (; o + (2 * simd.Count) <= width; o += 2 * simd.Count)
                FourByTwo<TSimd, TVector>(xs, xStride, inputs, panel + o, stride, start + o, ys + o, yStride);
            for (; o + simd.Count <= width; o += simd.Count)
                FourByOne<TSimd, TVector>(xs, xStride, inputs, panel + o, stride, start + o, ys + o, yStride);
            for (; o < width; o++)
                FourByOne<ScalarSimd, float>(xs, xStride, inputs, panel + o, stride, start + o, ys + o, yStride);
        }
        for (; row < rows; row++)
            OneRow<TSimd, TVector>(x + ((long)row * xStride), inputs, panel, stride, width, start, y + ((long)row * yStride), ahead: 0);
    }

    /// <summary>As <see cref="Multiply{TSimd, TVector}"/> for a single row, fetching what lies <paramref name="ahead"/> bytes ahead of the panel (see <see cref="Prefetcher.Ahead"/>).</summary>
    public static void OneRow<TSimd, TVector>(float* x, int inputs, float* panel, int stride, int width, float* start, float* y, long ahead)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int o = 0;
        for (; o + (8 * simd.Count) <= width; o += 8 * simd.Count) OneByEight<TSimd, TVector>(x, inputs, panel + o, stride, start + o, y + o, ahead);
        for (; o + (4 * simd.Count) <= width; o += 4 * simd.Count) OneByFour<TSimd, TVector>(x, inputs, panel + o, stride, start + o, y + o, ahead);
        for (; o + simd.Count <= width; o += simd.Count) OneByOne<TSimd, TVector>(x, inputs, panel + o, stride, start + o, y + o, ahead);
        for (; o < width; o++) OneByOne<ScalarSimd, float>(x, inputs, panel + o, stride, start + o, y + o, ahead: 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OneByOne<TSimd, TVector>(float* x, int inputs, float* p, int stride, float* start, float* y, long ahead)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector sum = simd.Load(start);
        for (int i = 0; i < inputs; i++, p += stride)
        {
            Prefetcher.Ahead(p, simd.Count * sizeof(float), ahead);
            sum = simd.MultiplyAdd(simd.Broadcast(x[i]), simd.Load(p), sum);
        }
        simd.Store(y, sum);
    }

    private static void OneByFour<TSimd, TVector>(float* x, int inputs, float* p, int stride, float* start, float* y, long ahead)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int n = simd.Count;
        TVector s0 = simd.Load(start), s1 = simd.Load(start + n), s2 = simd.Load(start + (2 * n)), s3 = simd.Load(start + (3 * n));
        for (int i = 0; i < inputs; i++, p += stride)
        {
            Prefetcher.Ahead(p, 4 * simd.Count * sizeof(float), ahead);
            TVector a = simd.Broadcast(x[i]);
            s0 = simd.MultiplyAdd(a, simd.Load(p), s0);
            s1 = simd.MultiplyAdd(a, simd.Load(p + n), s1);
            s2 = simd.MultiplyAdd(a, simd.Load(p + (2 * n)), s2);
            s3 = simd.MultiplyAdd(a, simd.Load(p + (3 * n)), s3);
        }
        simd.Store(y, s0);
        simd.Store(y + n, s1);
        simd.Store(y + (2 * n), s2);
        simd.Store(y + (3 * n), s3);
    }

    private static void OneByEight<TSimd, TVector>(float* x, int inputs, float* p, int stride, float* start, float* y, long ahead)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int n = simd.Count;
        TVector s0 = simd.Load(start), s1 = simd.Load(start + n), s2 = simd.Load(start + (2 * n)), s3 = simd.Load(start + (3 * n));
        TVector s4 = simd.Load(start + (4 * n)), s5 = simd.Load(start + (5 * n)), s6 = simd.Load(start + (6 * n)), s7 = simd.Load(start + (7 * n));
        for (int i = 0; i < inputs; i++, p += stride)
        {
            Prefetcher.Ahead(p, 8 * simd.Count * sizeof(float), ahead);
            TVector a = simd.Broadcast(x[i]);
            s0 = simd.MultiplyAdd(a, simd.Load(p), s0);
            s1 = simd.MultiplyAdd(a, simd.Load(p + n), s1);
            s2 = simd.MultiplyAdd(a, simd.Load(p + (2 * n)), s2);
            s3 = simd.MultiplyAdd(a, simd.Load(p + (3 * n)), s3);
            s4 = simd.MultiplyAdd(a, simd.Load(p + (4 * n)), s4);
            s5 = simd.MultiplyAdd(a, simd.Load(p + (5 * n)), s5);
            s6 = simd.MultiplyAdd(a, simd.Load(p + (6 * n)), s6);
            s7 = simd.MultiplyAdd(a, simd.Load(p + (7 * n)), s7);
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

    private static void FourByOne<TSimd, TVector>(float* x, int xStride, int inputs, float* p, int stride, float* start, float* y, int yStride)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        float* x1 = x + xStride, x2 = x1 + xStride, x3 = x2 + xStride;
        TVector a = simd.Load(start), b = a, c = a, d = a;
        for (int i = 0; i < inputs; i++, p += stride)
        {
            TVector w = simd.Load(p);
            a = simd.MultiplyAdd(simd.Broadcast(x[i]), w, a);
            b = simd.MultiplyAdd(simd.Broadcast(x1[i]), w, b);
            c = simd.MultiplyAdd(simd.Broadcast(x2[i]), w, c);
            d = simd.MultiplyAdd(simd.Broadcast(x3[i]), w, d);
        }
        simd.Store(y, a);
        simd.Store(y += yStride, b);
        simd.Store(y += yStride, c);
        simd.Store(y + yStride, d);
    }

    private static void FourByTwo<TSimd, TVector>(float* x, int xStride, int inputs, float* p, int stride, float* start, float* y, int yStride)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int n = simd.Count;
        float* x1 = x + xStride, x2 = x1 + xStride, x3 = x2 + xStride;
        TVector a0 = simd.Load(start), b0 = a0, c0 = a0, d0 = a0;
        TVector a1 = simd.Load(start + n), b1 = a1, c1 = a1, d1 = a1;
        for (int i = 0; i < inputs; i++, p += stride)
        {
            TVector w0 = simd.Load(p), w1 = simd.Load(p + n);
            TVector v = simd.Broadcast(x[i]);
            a0 = simd.MultiplyAdd(v, w0, a0);
            a1 = simd.MultiplyAdd(v, w1, a1);
            v = simd.Broadcast(x1[i]);
            b0 = simd.MultiplyAdd(v, w0, b0);
            b1 = simd.MultiplyAdd(v, w1, b1);
            v = simd.Broadcast(x2[i]);
            c0 = simd.MultiplyAdd(v, w0, c0);
            c1 = simd.MultiplyAdd(v, w1, c1);
            v = simd.Broadcast(x3[i]);
            d0 = simd.MultiplyAdd(v, w0, d0);
            d1 = simd.MultiplyAdd(v, w1, d1);
        }
        Store2<TSimd, TVector>(y, a0, a1);
        Store2<TSimd, TVector>(y += yStride, b0, b1);
        Store2<TSimd, TVector>(y += yStride, c0, c1);
        Store2<TSimd, TVector>(y + yStride, d0, d1);
    }

    private static void FourByFour<TSimd, TVector>(float* x, int xStride, int inputs, float* p, int stride, float* start, float* y, int yStride)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int n = simd.Count;
        float* x1 = x + xStride, x2 = x1 + xStride, x3 = x2 + xStride;
        TVector a0 = simd.Load(start), b0 = a0, c0 = a0, d0 = a0;
        TVector a1 = simd.Load(start + n), b1 = a1, c1 = a1, d1 = a1;
        TVector a2 = simd.Load(start + (2 * n)), b2 = a2, c2 = a2, d2 = a2;
        TVector a3 = simd.Load(start + (3 * n)), b3 = a3, c3 = a3, d3 = a3;
        for (int i = 0; i < inputs; i++, p += stride)
        {
            TVector w0 = simd.Load(p), w1 = simd.Load(p + n), w2 = simd.Load(p + (2 * n)), w3 = simd.Load(p + (3 * n));
            TVector v = simd.Broadcast(x[i]);
            a0 = simd.MultiplyAdd(v, w0, a0);
            a1 = simd.MultiplyAdd(v, w1, a1);
            a2 = simd.MultiplyAdd(v, w2, a2);
            a3 = simd.MultiplyAdd(v, w3, a3);
            v = simd.Broadcast(x1[i]);
            b0 = simd.MultiplyAdd(v, w0, b0);
            b1 = simd.MultiplyAdd(v, w1, b1);
            b2 = simd.MultiplyAdd(v, w2, b2);
            b3 = simd.MultiplyAdd(v, w3, b3);
            v = simd.Broadcast(x2[i]);
            c0 = simd.MultiplyAdd(v, w0, c0);
            c1 = simd.MultiplyAdd(v, w1, c1);
            c2 = simd.MultiplyAdd(v, w2, c2);
            c3 = simd.MultiplyAdd(v, w3, c3);
            v = simd.Broadcast(x3[i]);
            d0 = simd.MultiplyAdd(v, w0, d0);
            d1 = simd.MultiplyAdd(v, w1, d1);
            d2 = simd.MultiplyAdd(v, w2, d2);
            d3 = simd.MultiplyAdd(v, w3, d3);
        }
        Store2<TSimd, TVector>(y, a0, a1);
        Store2<TSimd, TVector>(y + (2 * n), a2, a3);
        Store2<TSimd, TVector>(y += yStride, b0, b1);
        Store2<TSimd, TVector>(y + (2 * n), b2, b3);
        Store2<TSimd, TVector>(y += yStride, c0, c1);
        Store2<TSimd, TVector>(y + (2 * n), c2, c3);
        Store2<TSimd, TVector>(y += yStride, d0, d1);
        Store2<TSimd, TVector>(y + (2 * n), d2, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store2<TSimd, TVector>(float* y, TVector first, TVector second)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        simd.Store(y, first);
        simd.Store(y + simd.Count, second);
    }
}
