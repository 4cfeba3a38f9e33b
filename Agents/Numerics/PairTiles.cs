using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// The matrix product of small integers: <c>y[r, o] = start[o] + scale_r · scales[o] · Σ_i x[r, i] p[i, o]</c>, x of 16 bits and p of
/// 8, both in pairs of consecutive i: <c>p</c> is <c>[pairs, outputs, 2]</c>. The sum is exact; it must not exceed 32 bits.
/// </summary>
/// <typeparam name="TPairs">The operations.</typeparam>
/// <typeparam name="TVector">Their vector.</typeparam>
internal static unsafe class PairTiles<TPairs, TVector>
    where TPairs : struct, IPairs<TVector>
    where TVector : struct
{
    /// <summary>Multiplies rows by a panel.</summary>
    /// <param name="x">Inputs, rows <paramref name="pairs"/> pairs apart.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="pairs">The length of the sum, in pairs.</param>
    /// <param name="panel">The weights, <c>[pairs, width, 2]</c>, rows <paramref name="stride"/> pairs apart.</param>
    /// <param name="stride">The distance of two rows of the panel, in pairs.</param>
    /// <param name="width">The number of outputs, any number; fast where it is a multiple of the vector.</param>
    /// <param name="scale">Every row's scale, <c>[rows]</c>.</param>
    /// <param name="scales">Every output's scale, <c>[width]</c>; null for ones.</param>
    /// <param name="start">What each output begins with, <c>[width]</c>; null for zeros.</param>
    /// <param name="y">Receives the outputs, rows <paramref name="yStride"/> apart.</param>
    /// <param name="yStride">The distance of two rows of outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(
        int* x, int rows, int pairs, sbyte* panel, int stride, int width, float* scale, float* scales, float* start, float* y, int yStride)
    {
        TPairs ops = default;
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            int* xs = x + ((long)row * pairs);
            float* ys = y + ((long)row * yStride);
            int o = 0;
            if (ops.ManyRegisters)
                for (; o + (4 * ops.Count) <= width; o += 4 * ops.Count)
                    FourByFour(xs, pairs, panel + (2 * o), stride, scale + row, At(scales, o), At(start, o), ys + o, yStride);
            for (; o + ops.Count <= width; o += ops.Count)
                FourByOne(xs, pairs, panel + (2 * o), stride, scale + row, At(scales, o), At(start, o), ys + o, yStride);
            for (; o < width; o++)
                PairTiles<ScalarPairs, int>.FourByOne(xs, pairs, panel + (2 * o), stride, scale + row, At(scales, o), At(start, o), ys + o, yStride);
        }
        for (; row < rows; row++)
            OneRow(x + ((long)row * pairs), pairs, panel, stride, width, scale[row], scales, start, y + ((long)row * yStride));
    }

    /// <summary>As <see cref="Multiply"/> for a single row.</summary>
    public static void OneRow(int* x, int pairs, sbyte* panel, int stride, int width, float scale, float* scales, float* start, float* y)
    {
        TPairs ops = default;
        int o = 0;
        for (; o + (4 * ops.Count) <= width; o += 4 * ops.Count)
            OneByFour(x, pairs, panel + (2 * o), stride, scale, At(scales, o), At(start, o), y + o);
        for (; o + (2 * ops.Count) <= width; o += 2 * ops.Count)
            OneByTwo(x, pairs, panel + (2 * o), stride, scale, At(scales, o), At(start, o), y + o);
        for (; o + ops.Count <= width; o += ops.Count)
            OneByOne(x, pairs, panel + (2 * o), stride, scale, At(scales, o), At(start, o), y + o);
        for (; o < width; o++)
            PairTiles<ScalarPairs, int>.OneByOne(x, pairs, panel + (2 * o), stride, scale, At(scales, o), At(start, o), y + o);
    }

    internal static void OneByOne(int* x, int pairs, sbyte* p, int stride, float scale, float* scales, float* start, float* y)
    {
        TPairs ops = default;
        TVector sum = ops.Broadcast(0);
        for (int i = 0; i < pairs; i++, p += 2 * stride) sum = ops.MultiplyAdd(ops.Broadcast(x[i]), ops.Load(p), sum);
        ops.Store(y, sum, scale, scales, start);
    }

    internal static void FourByOne(int* x, int pairs, sbyte* p, int stride, float* scale, float* scales, float* start, float* y, int yStride)
    {
        TPairs ops = default;
        int* x1 = x + pairs, x2 = x1 + pairs, x3 = x2 + pairs;
        TVector a = ops.Broadcast(0), b = a, c = a, d = a;
        for (int i = 0; i < pairs; i++, p += 2 * stride)
        {
            TVector w = ops.Load(p);
            a = ops.MultiplyAdd(ops.Broadcast(x[i]), w, a);
            b = ops.MultiplyAdd(ops.Broadcast(x1[i]), w, b);
            c = ops.MultiplyAdd(ops.Broadcast(x2[i]), w, c);
            d = ops.MultiplyAdd(ops.Broadcast(x3[i]), w, d);
        }
        ops.Store(y, a, scale[0], scales, start);
        ops.Store(y + yStride, b, scale[1], scales, start);
        ops.Store(y + (2 * (long)yStride), c, scale[2], scales, start);
        ops.Store(y + (3 * (long)yStride), d, scale[3], scales, start);
    }

    private static void OneByTwo(int* x, int pairs, sbyte* p, int stride, float scale, float* scales, float* start, float* y)
    {
        TPairs ops = default;
        int n = ops.Count;
        TVector s0 = ops.Broadcast(0), s1 = s0;
        for (int i = 0; i < pairs; i++, p += 2 * stride)
        {
            TVector a = ops.Broadcast(x[i]);
            s0 = ops.MultiplyAdd(a, ops.Load(p), s0);
            s1 = ops.MultiplyAdd(a, ops.Load(p + (2 * n)), s1);
        }
        ops.Store(y, s0, scale, scales, start);
        ops.Store(y + n, s1, scale, At(scales, n), At(start, n));
    }

    private static void OneByFour(int* x, int pairs, sbyte* p, int stride, float scale, float* scales, float* start, float* y)
    {
        TPairs ops = default;
        int n = ops.Count;
        TVector s0 = ops.Broadcast(0), s1 = s0, s2 = s0, s3 = s0;
        for (int i = 0; i < pairs; i++, p += 2 * stride)
        {
            TVector a = ops.Broadcast(x[i]);
            s0 = ops.MultiplyAdd(a, ops.Load(p), s0);
            s1 = ops.MultiplyAdd(a, ops.Load(p + (2 * n)), s1);
            s2 = ops.MultiplyAdd(a, ops.Load(p + (4 * n)), s2);
            s3 = ops.MultiplyAdd(a, ops.Load(p + (6 * n)), s3);
        }
        ops.Store(y, s0, scale, scales, start);
        ops.Store(y + n, s1, scale, At(scales, n), At(start, n));
        ops.Store(y + (2 * n), s2, scale, At(scales, 2 * n), At(start, 2 * n));
        ops.Store(y + (3 * n), s3, scale, At(scales, 3 * n), At(start, 3 * n));
    }

    private static void FourByFour(int* x, int pairs, sbyte* p, int stride, float* scale, float* scales, float* start, float* y, int yStride)
    {
        TPairs ops = default;
        int n = ops.Count;
        int* x1 = x + pairs, x2 = x1 + pairs, x3 = x2 + pairs;
        TVector a0 = ops.Broadcast(0), b0 = a0, c0 = a0, d0 = a0;
        TVector a1 = a0, b1 = a0, c1 = a0, d1 = a0;
        TVector a2 = a0, b2 = a0, c2 = a0, d2 = a0;
        TVector a3 = a0, b3 = a0, c3 = a0, d3 = a0;
        for (int i = 0; i < pairs; i++, p += 2 * stride)
        {
            TVector w0 = ops.Load(p), w1 = ops.Load(p + (2 * n)), w2 = ops.Load(p + (4 * n)), w3 = ops.Load(p + (6 * n));
            TVector v = ops.Broadcast(x[i]);
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
        Store4(y, a0, a1, a2, a3, scale[0], scales, start);
        Store4(y + yStride, b0, b1, b2, b3, scale[1], scales, start);
        Store4(y + (2 * (long)yStride), c0, c1, c2, c3, scale[2], scales, start);
        Store4(y + (3 * (long)yStride), d0, d1, d2, d3, scale[3], scales, start);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store4(float* y, TVector s0, TVector s1, TVector s2, TVector s3, float scale, float* scales, float* start)
    {
        TPairs ops = default;
        int n = ops.Count;
        ops.Store(y, s0, scale, scales, start);
        ops.Store(y + n, s1, scale, At(scales, n), At(start, n));
        ops.Store(y + (2 * n), s2, scale, At(scales, 2 * n), At(start, 2 * n));
        ops.Store(y + (3 * n), s3, scale, At(scales, 3 * n), At(start, 3 * n));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* At(float* values, int at) => values == null ? null : values + at;
}
