using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// The matrix product with weights in bfloat16: as <see cref="DenseTiles"/>, every sum in the same order, the panel
/// <c>[inputs, words]</c> with two outputs per word (see <see cref="Words"/>).
/// </summary>
internal static unsafe class HalfTiles
{
    /// <summary>Multiplies rows by a panel.</summary>
    /// <param name="x">Inputs, rows <paramref name="inputs"/> apart.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="inputs">The length of the sum.</param>
    /// <param name="panel">The weights, <c>[inputs, stride]</c>.</param>
    /// <param name="stride">The words of a row of the panel.</param>
    /// <param name="words">The words to multiply, whole groups.</param>
    /// <param name="start">What each output's sum begins with, <c>[2 · words]</c>.</param>
    /// <param name="y">Receives the outputs, rows <paramref name="yStride"/> apart.</param>
    /// <param name="yStride">The distance of two rows of outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply<TSimd, TVector>(float* x, int rows, int inputs, uint* panel, int stride, int words, float* start, float* y, int yStride)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int row = 0;
        for (; row + 4 <= rows; row += 4)
        {
            float* xs = x + ((long)row * inputs), ys = y + ((long)row * yStride);
            int w = 0;
            if (simd.ManyRegisters)
                for (; w + (2 * simd.Count) <= words; w += 2 * simd.Count) FourByTwo<TSimd, TVector>(xs, inputs, panel, w, stride, start, ys, yStride);
            for (; w < words; w += simd.Count) FourByOne<TSimd, TVector>(xs, inputs, panel, w, stride, start, ys, yStride);
        }
        for (; row < rows; row++)
            OneRow<TSimd, TVector>(x + ((long)row * inputs), inputs, panel, stride, words, start, y + ((long)row * yStride), ahead: 0);
    }

    /// <summary>As <see cref="Multiply{TSimd, TVector}"/> for a single row; <paramref name="y"/> may be <paramref name="start"/>. Fetches what lies <paramref name="ahead"/> bytes ahead of the panel (see <see cref="Prefetcher.Ahead"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OneRow<TSimd, TVector>(float* x, int inputs, uint* panel, int stride, int words, float* start, float* y, long ahead)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int w = 0;
        for (; w + (2 * simd.Count) <= words; w += 2 * simd.Count) OneByTwo<TSimd, TVector>(x, inputs, panel, w, stride, start, y, ahead);
        for (; w < words; w += simd.Count) OneByOne<TSimd, TVector>(x, inputs, panel, w, stride, start, y, ahead);
    }

    private static void OneByOne<TSimd, TVector>(float* x, int inputs, uint* p, int word, int stride, float* start, float* y, long ahead)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int o = Words.Output(word);
        TVector low = simd.Load(start + o), high = simd.Load(start + o + (Words.Group / 2));
        p += word;
        for (int i = 0; i < inputs; i++, p += stride)
        {
            Prefetcher.Ahead(p, simd.Count * sizeof(uint), ahead);
            TVector a = simd.Broadcast(x[i]);
            simd.LoadHalves(p, out TVector l, out TVector h);
            low = simd.MultiplyAdd(a, l, low);
            high = simd.MultiplyAdd(a, h, high);
        }
        simd.Store(y + o, low);
        simd.Store(y + o + (Words.Group / 2), high);
    }

    private static void OneByTwo<TSimd, TVector>(float* x, int inputs, uint* p, int word, int stride, float* start, float* y, long ahead)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int n = simd.Count, o = Words.Output(word), q = Words.Output(word + n);
        TVector low0 = simd.Load(start + o), high0 = simd.Load(start + o + (Words.Group / 2)), low1 = simd.Load(start + q), high1 = simd.Load(start + q + (Words.Group / 2));
        p += word;
        for (int i = 0; i < inputs; i++, p += stride)
        {
            Prefetcher.Ahead(p, 2 * simd.Count * sizeof(uint), ahead);
            TVector a = simd.Broadcast(x[i]);
            simd.LoadHalves(p, out TVector l, out TVector h);
            low0 = simd.MultiplyAdd(a, l, low0);
            high0 = simd.MultiplyAdd(a, h, high0);
            simd.LoadHalves(p + n, out l, out h);
            low1 = simd.MultiplyAdd(a, l, low1);
            high1 = simd.MultiplyAdd(a, h, high1);
        }
        Store<TSimd, TVector>(y, o, low0, high0);
        Store<TSimd, TVector>(y, q, low1, high1);
    }

    private static void FourByOne<TSimd, TVector>(float* x, int inputs, uint* p, int word, int stride, float* start, float* y, int yStride)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int o = Words.Output(word);
        float* x1 = x + inputs, x2 = x1 + inputs, x3 = x2 + inputs;
        TVector a0 = simd.Load(start + o), b0 = a0, c0 = a0, d0 = a0;
        TVector a1 = simd.Load(start + o + (Words.Group / 2)), b1 = a1, c1 = a1, d1 = a1;
        p += word;
        for (int i = 0; i < inputs; i++, p += stride)
        {
            simd.LoadHalves(p, out TVector w0, out TVector w1);
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
        Store<TSimd, TVector>(y, o, a0, a1);
        Store<TSimd, TVector>(y += yStride, o, b0, b1);
        Store<TSimd, TVector>(y += yStride, o, c0, c1);
        Store<TSimd, TVector>(y + yStride, o, d0, d1);
    }

    private static void FourByTwo<TSimd, TVector>(float* x, int inputs, uint* p, int word, int stride, float* start, float* y, int yStride)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int n = simd.Count, o = Words.Output(word), q = Words.Output(word + n);
        float* x1 = x + inputs, x2 = x1 + inputs, x3 = x2 + inputs;
        TVector a0 = simd.Load(start + o), b0 = a0, c0 = a0, d0 = a0;
        TVector a1 = simd.Load(start + o + (Words.Group / 2)), b1 = a1, c1 = a1, d1 = a1;
        TVector a2 = simd.Load(start + q), b2 = a2, c2 = a2, d2 = a2;
        TVector a3 = simd.Load(start + q + (Words.Group / 2)), b3 = a3, c3 = a3, d3 = a3;
        p += word;
        for (int i = 0; i < inputs; i++, p += stride)
        {
            simd.LoadHalves(p, out TVector w0, out TVector w1);
            simd.LoadHalves(p + n, out TVector w2, out TVector w3);
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
        Store<TSimd, TVector>(y, o, a0, a1);
        Store<TSimd, TVector>(y, q, a2, a3);
        Store<TSimd, TVector>(y += yStride, o, b0, b1);
        Store<TSimd, TVector>(y, q, b2, b3);
        Store<TSimd, TVector>(y += yStride, o, c0, c1);
        Store<TSimd, TVector>(y, q, c2, c3);
        Store<TSimd, TVector>(y += yStride, o, d0, d1);
        Store<TSimd, TVector>(y, q, d2, d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd, TVector>(float* y, int output, TVector low, TVector high)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        simd.Store(y + output, low);
        simd.Store(y + output + (Words.Group / 2), high);
    }
}
