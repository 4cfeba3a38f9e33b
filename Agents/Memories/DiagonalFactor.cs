namespace RLSeq.Agents;

/// <summary>
/// The factors of a linear recurrence of complex units, <c>h' = f·h + x</c>: a row of 2N numbers holds the real parts of N units, and
/// then their imaginary parts.
/// </summary>
/// <remarks>
/// A factor's modulus is at most 1, or the state would grow with every step until it is no number any more: a file with such a factor
/// was not written by learning, which cannot come to one, and is refused.
/// </remarks>
internal sealed class DiagonalFactor
{
    private readonly float[] _factor;

    /// <summary>Takes the weight <c>{name} [2N]</c> out of a module.</summary>
    /// <param name="reader">The module.</param>
    /// <param name="name">The weight's name.</param>
    /// <param name="units">N.</param>
    /// <exception cref="PolicyFormatException">It is missing, or a factor's modulus is above 1.</exception>
    public DiagonalFactor(ModuleReader reader, string name, int units)
    {
        _factor = [.. reader.Weight(name, 2 * units)]; // a copy: whoever made them may go on to change them
        for (int j = 0; j < units; j++)
        {
            double real = _factor[j], imaginary = _factor[units + j], square = (real * real) + (imaginary * imaginary);
            if (square > 1)
                throw new PolicyFormatException($"The policy's memory weight '{name}' has a factor of modulus {Math.Sqrt(square):r} (unit {j}); expected at most 1, as the state would grow without end.");
        }
    }

    /// <summary>The units, N.</summary>
    public int Units => _factor.Length / 2;

    /// <summary>The bytes that a step reads.</summary>
    public long Bytes => (long)_factor.Length * sizeof(float);

    /// <summary>The numbers, <c>[2N]</c>.</summary>
    public ReadOnlySpan<float> Values => _factor;
}
