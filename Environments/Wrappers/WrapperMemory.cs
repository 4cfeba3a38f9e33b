namespace RLSeq.Environments;

/// <summary>Limits what a wrapper keeps in each row, so that a slip of the pen is refused instead of filling the machine's memory.</summary>
internal static class WrapperMemory
{
    /// <summary>16 MiB of floats in each row: some 200 pictures of 84x84x3 bytes.</summary>
    public const int MostFloats = 1 << 22;

    /// <summary>The floats of a number of observations or actions.</summary>
    /// <param name="count">How many are kept.</param>
    /// <param name="space">What one looks like.</param>
    /// <exception cref="ArgumentException">They are more than <see cref="MostFloats"/>.</exception>
    public static int Floats(long count, Space space)
    {
        if (count > MostFloats / space.Size)
            throw new ArgumentException($"{count} values of {space.Size} numbers would be kept in every row; the most is {MostFloats} numbers.", nameof(count));
        return (int)count * space.Size;
    }
}
