using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>Rounds numbers to integers with a common scale: <c>q_i = round(x_i / scale)</c>, the largest in size becoming the limit.</summary>
internal static unsafe class Quantizer
{
    /// <summary>The largest integer of <see cref="NumberFormat.Int8"/>.</summary>
    public const int Int8Limit = 127;

    /// <summary>Below it, numbers count as zero: a quotient by it must not overflow.</summary>
    private const float Smallest = 1e-30f;

    /// <summary>
    /// The largest integer for one factor, so that a sum of <paramref name="products"/> products with the other, at most 127, fits in
    /// 32 bits. It has 16 bits up to 516 products, and 10 bits still at 16,384.
    /// </summary>
    /// <param name="products">The number of products, at least 1.</param>
    public static int Limit(int products) => Math.Min(short.MaxValue, int.MaxValue / Int8Limit / products);

    /// <summary>Rounds to 16 bits.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="length">Their number.</param>
    /// <param name="q">Receives the integers.</param>
    /// <param name="padded">As many integers are written, zeros at the end.</param>
    /// <param name="limit">The integer of the largest number, from <see cref="Limit"/>.</param>
    /// <returns>The scale: <c>x ≈ scale · q</c>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Round<TSimd, TVector>(float* x, int length, short* q, int padded, int limit)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        float largest = Largest<TSimd, TVector>(x, length);
        float inverse = largest < Smallest ? 0f : limit / largest;
        TVector factor = simd.Broadcast(inverse);
        int i = 0;
        for (; i + simd.Count <= length; i += simd.Count) simd.StoreInt16(q + i, simd.Multiply(simd.Load(x + i), factor));
        for (; i < length; i++) default(ScalarSimd).StoreInt16(q + i, x[i] * inverse);
        for (; i < padded; i++) q[i] = 0;
        return largest < Smallest ? 0f : largest / limit;
    }

    /// <summary>The largest absolute value; NaN where one is NaN or infinite, so that the scale carries it on as a float would.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Largest<TSimd, TVector>(float* x, int length)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector zero = simd.Broadcast(0f), most = zero, zeros = zero;
        int i = 0;
        for (; i + simd.Count <= length; i += simd.Count)
        {
            TVector value = simd.Load(x + i);
            zeros = simd.MultiplyAdd(value, zero, zeros);
            value = simd.SelectLess(value, zero, simd.Subtract(zero, value), value);
            most = simd.SelectLess(most, value, value, most);
        }
        float largest = simd.Largest(most), none = simd.Sum(zeros);
        for (; i < length; i++)
        {
            float value = x[i] < 0 ? -x[i] : x[i];
            largest = largest < value ? value : largest;
            none += value * 0f;
        }
        return largest + none;
    }

    /// <summary>Rounds to 8 bits, of two equally near integers to the even one.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="q">Receives the integers.</param>
    /// <returns>The scale: <c>x ≈ scale · q</c>.</returns>
    public static float RoundToInt8(ReadOnlySpan<float> x, Span<sbyte> q)
    {
        fixed (float* values = x)
        {
            float largest = Largest<ScalarSimd, float>(values, x.Length), inverse = largest < Smallest ? 0f : Int8Limit / largest;
            for (int i = 0; i < x.Length; i++) q[i] = unchecked((sbyte)BitConverter.SingleToInt32Bits((x[i] * inverse) + Rounding.Number));
            return largest < Smallest ? 0f : largest / Int8Limit;
        }
    }
}
