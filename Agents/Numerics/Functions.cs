using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// The exponential and what is made of it, element by element, alike in every vector width. Relative errors stay below 1e-6 (tests);
/// NaN gives NaN.
/// </summary>
internal static unsafe class Functions
{
    /// <summary>Below this the exponential is given as 0: its result would not be a normal number.</summary>
    private const float SmallestExponent = -86.5f;

    /// <summary>Above this the exponential saturates, at about 2.4e38.</summary>
    private const float LargestExponent = 88.37f;

    /// <summary><c>1.5 · 2²³</c>: adding it rounds a float to a whole number, which then stands in the sum's lowest bits.</summary>
    private const float Magic = 12582912f;

    /// <summary>
    /// <c>e^x = 2^n · e^r</c> with <c>n = round(x / ln 2)</c>; ln 2 in two parts keeps r exact, and <c>e^r = 1 + r + r² q(r)</c> with a
    /// q of degree 4 fitted by weighted least squares at Chebyshev nodes on |r| ≤ ln 2 / 2 (error 4e-9).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector high = simd.Broadcast(LargestExponent);
        return ExpBelow<TSimd, TVector>(simd.SelectLess(high, x, high, x));
    }

    /// <summary>The same for numbers that are known to lie below the largest exponent, such as those of a softmax, none of which is above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpBelow<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector low = simd.Broadcast(SmallestExponent);
        TVector clamped = simd.SelectLess(x, low, low, x);
        TVector magic = simd.MultiplyAdd(clamped, simd.Broadcast(1.442695f), simd.Broadcast(Magic));
        TVector n = simd.Subtract(magic, simd.Broadcast(Magic));
        TVector r = simd.MultiplyAdd(n, simd.Broadcast(-0.693359375f), clamped);
        r = simd.MultiplyAdd(n, simd.Broadcast(2.12194442e-4f), r);
        TVector q = simd.Broadcast(1.3751150e-3f);
        q = simd.MultiplyAdd(q, r, simd.Broadcast(8.3689876e-3f));
        q = simd.MultiplyAdd(q, r, simd.Broadcast(4.1669544e-2f));
        q = simd.MultiplyAdd(q, r, simd.Broadcast(0.16666518f));
        q = simd.MultiplyAdd(q, r, simd.Broadcast(0.49999988f));
        TVector one = simd.Broadcast(1f);
        TVector p = simd.MultiplyAdd(simd.MultiplyAdd(q, r, one), r, one);
        return simd.SelectLess(x, low, simd.Broadcast(0f), simd.Scale(p, magic));
    }

    /// <summary><c>1 / (1 + e^-x)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector one = simd.Broadcast(1f);
        return simd.Divide(one, simd.Add(one, Exp<TSimd, TVector>(simd.Subtract(simd.Broadcast(0f), x))));
    }

    /// <summary>
    /// <c>tanh x = 1 − 2 / (e^2x + 1)</c>, which loses its digits near 0; there (|x| &lt; 0.625) <c>x + x z p(z)</c> with z = x² and a p
    /// of degree 4 fitted like the exponential's (error 5e-9).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector one = simd.Broadcast(1f), z = simd.Multiply(x, x);
        TVector p = simd.Broadcast(-5.691986e-3f);
        p = simd.MultiplyAdd(p, z, simd.Broadcast(2.0626292e-2f));
        p = simd.MultiplyAdd(p, z, simd.Broadcast(-5.3735320e-2f));
        p = simd.MultiplyAdd(p, z, simd.Broadcast(0.13331382f));
        p = simd.MultiplyAdd(p, z, simd.Broadcast(-0.3333328f));
        TVector near = simd.MultiplyAdd(simd.Multiply(p, z), x, x);
        TVector e = Exp<TSimd, TVector>(simd.Add(x, x));
        TVector far = simd.Subtract(one, simd.Divide(simd.Broadcast(2f), simd.Add(e, one)));
        return simd.SelectLess(z, simd.Broadcast(0.625f * 0.625f), near, far);
    }

    /// <summary>
    /// The Gaussian error linear unit (Hendrycks and Gimpel 2016) by its hyperbolic tangent, <c>x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³)))</c>,
    /// which is <c>x · σ(2·√(2/π)·(x + 0.044715·x³))</c>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Gelu<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector square = simd.Multiply(x, x);
        TVector slope = simd.MultiplyAdd(square, simd.Broadcast(0.07135481f), simd.Broadcast(1.5957691f));
        return simd.Multiply(x, Sigmoid<TSimd, TVector>(simd.Multiply(x, slope)));
    }

    /// <summary><c>max(x, 0)</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Relu<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        return simd.SelectLess(x, simd.Broadcast(0f), simd.Broadcast(0f), x);
    }
}
