namespace RLSeq.Agents;

/// <summary>
/// Decides what a Transformer that stores no near-duplicates keeps (<see cref="TransformerForm.Distinct"/>). Learning and acting both ask
/// here, so that the same inputs are stored in both: the same numbers give the same choice, bit for bit.
/// </summary>
public static unsafe class WriteGate
{
    /// <summary>The relative distance up to which an input is a near-duplicate, in policies that are trained here.</summary>
    public const float Tolerance = 0.1f;

    /// <summary>The largest relative distance that there is: of x and −x.</summary>
    public const float LargestTolerance = 2f;

    /// <summary><c>|x|²</c>.</summary>
    /// <param name="x">An input, <c>[D]</c>.</param>
    public static float SquaredLength(ReadOnlySpan<float> x) => Dot(x, x);

    /// <summary>
    /// Whether an input is a near-duplicate of another: <c>|x − y|² ≤ ε² (|x|² + |y|²) / 2</c>. The distance is relative, so that it does not
    /// depend on the scale of the features; the cosine would not do, since the features of an encoder share most of their direction.
    /// </summary>
    /// <remarks>
    /// Computed as <c>|x|² + |y|² − 2 x·y</c>, whose rounding errors are some 10⁻⁷ of the lengths, so ε below 10⁻³ tells equal inputs from
    /// others and no more. Equal inputs are always near; an infinite or undefined distance is not.
    /// </remarks>
    /// <param name="x">The one, <c>[D]</c>.</param>
    /// <param name="lengthOfX"><c>|x|²</c>.</param>
    /// <param name="y">The other, <c>[D]</c>.</param>
    /// <param name="lengthOfY"><c>|y|²</c>.</param>
    /// <param name="tolerance">ε.</param>
    public static bool IsNear(ReadOnlySpan<float> x, float lengthOfX, ReadOnlySpan<float> y, float lengthOfY, float tolerance) =>
        Margin(x, lengthOfX, y, lengthOfY, tolerance) <= 0;

    /// <summary>The squared distance beyond that of a near-duplicate; what <see cref="IsNear"/> compares with zero.</summary>
    /// <inheritdoc cref="IsNear"/>
    public static float Margin(ReadOnlySpan<float> x, float lengthOfX, ReadOnlySpan<float> y, float lengthOfY, float tolerance)
    {
        float both = lengthOfX + lengthOfY;
        return both - (2 * Dot(x, y)) - (tolerance * tolerance / 2 * both);
    }

    private static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        RowGuard.Exact(y.Length, 1, x.Length, nameof(y));
        float sum;
        fixed (float* a = x, b = y) SimdWidth.Run(new DotKernel(a, b, x.Length, &sum));
        return sum;
    }

    private readonly struct DotKernel(float* a, float* b, int count, float* sum) : IKernel
    {
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct =>
            *sum = HeadSums.Dot<TSimd, TVector>(a, b, count);
    }
}
