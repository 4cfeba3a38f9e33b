using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// The one matrix product of the engine: <c>y[r, o] = start[o] + Σ_i x[r, i] · p[i, o]</c> over a panel of consecutive outputs, i
/// ascending. Every (row, output) has its own sum, begun at <c>start</c> and fed in this one order, so its bits depend neither on the
/// other rows, nor on how outputs are split into vectors.
/// </summary>
/// <typeparam name="TSimd">The operations.</typeparam>
/// <typeparam name="TVector">Their vector.</typeparam>
/// <typeparam name="TWeight">How the panel's numbers are kept: <see cref="float"/> or <see cref="BFloat16"/>.</typeparam>
internal static unsafe class DenseTiles<TSimd, TVector, TWeight>
    where TSimd : struct, ISimd<TVector>
    where TVector : struct
    where TWeight : unmanaged
{
    /// <summary>Multiplies rows by a panel.</summary>
    /// <param name="x">Inputs, rows <paramref name="xStride"/> apart.</param>
    /// <param name="xStride">The distance of two rows of inputs.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="inputs">The length of the sum.</param>
    /// <param name="panel">The weights, <c>[inputs, width]</c>, rows <paramref name="stride"/> apart.</param>
    /// <param name="stride">The distance of two rows of the panel.</param>
    /// <param name="width">The number of outputs, any number; fast where it is a multiple of the vector.</param>
    /// <param name="start">What each output's sum begins with, <c>[width]</c>; null for zeros.</param>
    /// <param name="y">Receives the outputs, rows <paramref name="yStride"/> apart; may be <paramref name="start"/> for one row.</param>
    /// <param name="yStride">The distance of two rows of outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(
        float* x, int xStride, int rows, int inputs, TWeight* panel, int stride, int width, float* start, float* y, int yStride)
    {
        TSimd simd = default;
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            float* xs = x + ((long)row * xStride), ys = y + ((long)row * yStride);
            int o = 0;
            if (simd.ManyRegisters)
                for (; o + (4 * simd.Count) <= width; o += 4 * simd.Count)
                    FourByFour(xs, xStride, inputs, panel + o, stride, At(start, o), ys + o, yStride);
            for (; o + (2 * simd.Count) <= width; o += 2 * simd.Count)
                FourByTwo(xs, xStride, inputs, panel + o, stride, At(start, o), ys + o, yStride);
            for (; o + simd.Count <= width; o += simd.Count)
                FourByOne(xs, xStride, inputs, panel + o, stride, At(start, o), ys + o, yStride);
            for (; o < width; o++)
                DenseTiles<ScalarSimd, float, TWeight>.FourByOne(xs, xStride, inputs, panel + o, stride, At(start, o), ys + o, yStride);
        }
        for (; row < rows; row++)
            OneRow(x + ((long)row * xStride), inputs, panel, stride, width, start, y + ((long)row * yStride));
    }

    /// <summary>As <see cref="Multiply"/> for a single row.</summary>
    public static void OneRow(float* x, int inputs, TWeight* panel, int stride, int width, float* start, float* y)
    {
        TSimd simd = default;
        int o = 0;
        for (; o + (8 * simd.Count) <= width; o += 8 * simd.Count) OneByEight(x, inputs, panel + o, stride, At(start, o), y + o);
        for (; o + (4 * simd.Count) <= width; o += 4 * simd.Count) OneByFour(x, inputs, panel + o, stride, At(start, o), y + o);
        for (; o + simd.Count <= width; o += simd.Count) OneByOne(x, inputs, panel + o, stride, At(start, o), y + o);
        for (; o < width; o++) DenseTiles<ScalarSimd, float, TWeight>.OneByOne(x, inputs, panel + o, stride, At(start, o), y + o);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* At(float* start, int at) => start == null ? null : start + at;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Begin(float* start, int at)
    {
        TSimd simd = default;
        return start == null ? simd.Broadcast(0f) : simd.Load(start + at);
    }

    /// <summary>One vector of weights; the test of the type is a constant to the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(TWeight* weights)
    {
        TSimd simd = default;
        return typeof(TWeight) == typeof(float) ? simd.Load((float*)weights) : simd.LoadBFloat16((BFloat16*)weights);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void OneByOne(float* x, int inputs, TWeight* p, int stride, float* start, float* y)
    {
        TSimd simd = default;
        TVector sum = Begin(start, 0);
        for (int i = 0; i < inputs; i++, p += stride) sum = simd.MultiplyAdd(simd.Broadcast(x[i]), Load(p), sum);
        simd.Store(y, sum);
    }

    private static void OneByFour(float* x, int inputs, TWeight* p, int stride, float* start, float* y)
    {
        TSimd simd = default;
        int n = simd.Count;
        TVector s0 = Begin(start, 0), s1 = Begin(start, n), s2 = Begin(start, (2 * n)), s3 = Begin(start, (3 * n));
        for (int i = 0; i < inputs; i++, p += stride)
        {
            TVector a = simd.Broadcast(x[i]);
            s0 = simd.MultiplyAdd(a, Load(p), s0);
            s1 = simd.MultiplyAdd(a, Load(p + n), s1);
            s2 = simd.MultiplyAdd(a, Load(p + (2 * n)), s2);
            s3 = simd.MultiplyAdd(a, Load(p + (3 * n)), s3);
        }
        simd.Store(y, s0);
        simd.Store(y + n, s1);
        simd.Store(y + (2 * n), s2);
        simd.Store(y + (3 * n), s3);
    }

    private static void OneByEight(float* x, int inputs, TWeight* p, int stride, float* start, float* y)
    {
        TSimd simd = default;
        int n = simd.Count;
        TVector s0 = Begin(start, 0), s1 = Begin(start, n), s2 = Begin(start, (2 * n)), s3 = Begin(start, (3 * n));
        TVector s4 = Begin(start, (4 * n)), s5 = Begin(start, (5 * n)), s6 = Begin(start, (6 * n)), s7 = Begin(start, (7 * n));
        for (int i = 0; i < inputs; i++, p += stride)
        {
            TVector a = simd.Broadcast(x[i]);
            s0 = simd.MultiplyAdd(a, Load(p), s0);
            s1 = simd.MultiplyAdd(a, Load(p + n), s1);
            s2 = simd.MultiplyAdd(a, Load(p + (2 * n)), s2);
            s3 = simd.MultiplyAdd(a, Load(p + (3 * n)), s3);
            s4 = simd.MultiplyAdd(a, Load(p + (4 * n)), s4);
            s5 = simd.MultiplyAdd(a, Load(p + (5 * n)), s5);
            s6 = simd.MultiplyAdd(a, Load(p + (6 * n)), s6);
            s7 = simd.MultiplyAdd(a, Load(p + (7 * n)), s7);
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

    internal static void FourByOne(float* x, int xStride, int inputs, TWeight* p, int stride, float* start, float* y, int yStride)
    {
        TSimd simd = default;
        float* x1 = x + xStride, x2 = x1 + xStride, x3 = x2 + xStride;
        TVector a = Begin(start, 0), b = a, c = a, d = a;
        for (int i = 0; i < inputs; i++, p += stride)
        {
            TVector w = Load(p);
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

    private static void FourByTwo(float* x, int xStride, int inputs, TWeight* p, int stride, float* start, float* y, int yStride)
    {
        TSimd simd = default;
        int n = simd.Count;
        float* x1 = x + xStride, x2 = x1 + xStride, x3 = x2 + xStride;
        TVector a0 = Begin(start, 0), b0 = a0, c0 = a0, d0 = a0;
        TVector a1 = Begin(start, n), b1 = a1, c1 = a1, d1 = a1;
        for (int i = 0; i < inputs; i++, p += stride)
        {
            TVector w0 = Load(p), w1 = Load(p + n);
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
        Store2(y, a0, a1);
        Store2(y += yStride, b0, b1);
        Store2(y += yStride, c0, c1);
        Store2(y + yStride, d0, d1);
    }

    private static void FourByFour(float* x, int xStride, int inputs, TWeight* p, int stride, float* start, float* y, int yStride)
    {
        TSimd simd = default;
        int n = simd.Count;
        float* x1 = x + xStride, x2 = x1 + xStride, x3 = x2 + xStride;
        TVector a0 = Begin(start, 0), b0 = a0, c0 = a0, d0 = a0;
        TVector a1 = Begin(start, n), b1 = a1, c1 = a1, d1 = a1;
        TVector a2 = Begin(start, (2 * n)), b2 = a2, c2 = a2, d2 = a2;
        TVector a3 = Begin(start, (3 * n)), b3 = a3, c3 = a3, d3 = a3;
        for (int i = 0; i < inputs; i++, p += stride)
        {
            TVector w0 = Load(p), w1 = Load(p + n), w2 = Load(p + (2 * n)), w3 = Load(p + (3 * n));
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
        Store2(y, a0, a1);
        Store2(y + (2 * n), a2, a3);
        Store2(y += yStride, b0, b1);
        Store2(y + (2 * n), b2, b3);
        Store2(y += yStride, c0, c1);
        Store2(y + (2 * n), c2, c3);
        Store2(y += yStride, d0, d1);
        Store2(y + (2 * n), d2, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store2(float* y, TVector first, TVector second)
    {
        TSimd simd = default;
        simd.Store(y, first);
        simd.Store(y + simd.Count, second);
    }
}
