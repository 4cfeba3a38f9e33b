namespace RLSeq.Policies;

/// <summary>
/// Complex numbers as two planes of real ones: the last dimension, <c>2N</c>, holds the real parts of N numbers, and then their imaginary
/// parts. So what reads them is a plain matrix, and every provider, type and device has the operators.
/// </summary>
internal static class ComplexPlanes
{
    /// <summary>The product, number by number.</summary>
    /// <param name="x"><c>[…, 2N]</c>.</param>
    /// <param name="y"><c>[…, 2N]</c>; the dimensions before the last may be broadcast.</param>
    public static Tensor Product(Tensor x, Tensor y)
    {
        Tensor[] a = x.chunk(2, -1), b = y.chunk(2, -1); // real, imaginary
        return cat([(a[0] * b[0]) - (a[1] * b[1]), (a[0] * b[1]) + (a[1] * b[0])], -1);
    }
}
