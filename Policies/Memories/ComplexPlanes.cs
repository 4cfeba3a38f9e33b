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

    /// <summary>Numbers of a modulus and an angle each, <c>[2N]</c>.</summary>
    /// <param name="modulus"><c>[…]</c>, not negative.</param>
    /// <param name="angle">In radians; both are broadcast to N numbers.</param>
    public static Tensor Polar(Tensor modulus, Tensor angle) => cat([(modulus * angle.cos()).flatten(), (modulus * angle.sin()).flatten()], 0);

    /// <summary>
    /// Factors of a recurrence as numbers for the acting engine, which refuses any of a modulus above 1: those that lie above it by a rounding are
    /// made smaller by two.
    /// </summary>
    /// <param name="factor"><c>[2N]</c>, of moduli that are at most 1 but for rounding.</param>
    public static float[] WithinOne(Tensor factor)
    {
        const float Smaller = 1 - (1f / (1 << 22));
        float[] values = factor.to(float32).cpu().contiguous().data<float>().ToArray();
        int units = values.Length / 2;
        for (int j = 0; j < units; j++)
        {
            double real = values[j], imaginary = values[units + j];
            if ((real * real) + (imaginary * imaginary) <= 1) continue;
            values[j] *= Smaller;
            values[units + j] *= Smaller;
        }
        return values;
    }
}
