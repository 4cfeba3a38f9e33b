namespace RLSeq.Evaluation;

/// <summary>
/// How much there is at every size, from a few small ones: weights and states are polynomials of at most second degree in a width or a context,
/// and building a wide memory only to count it would take minutes.
/// </summary>
internal static class SizeCurve
{
    /// <summary>More than any number of heads, which a width must be a multiple of.</summary>
    private const int LongestStep = 1024;

    /// <summary>Three points make a parabola, and two more check it.</summary>
    private const int Points = 5;

    /// <summary>The curve through what is found at the smallest sizes, or the given function where they lie on no parabola.</summary>
    /// <param name="amount">How much there is at a size, by building it; null where it is not allowed.</param>
    /// <returns>How much there is at any size; null at sizes that are no multiple of the smallest allowed one.</returns>
    public static Func<int, long?> Of(Func<int, long?> amount)
    {
        int unit = Enumerable.Range(1, LongestStep).FirstOrDefault(size => amount(size) is not null);
        if (unit == 0) return _ => null;
        long?[] found = [.. Enumerable.Range(1, Points).Select(i => amount(i * unit))];
        if (found.Contains(null)) return amount;
        long[] values = [.. found.Select(value => value!.Value)], first = Differences(values), second = Differences(first);
        if (Differences(second).Any(third => third != 0)) return amount;
        // Newton's forward differences: exact in whole numbers.
        return size =>
        {
            long steps = (size / unit) - 1;
            return size < 1 || size % unit != 0 ? null : values[0] + (steps * first[0]) + (steps * (steps - 1) / 2 * second[0]);
        };
    }

    private static long[] Differences(long[] values) => [.. values.Skip(1).Zip(values, (next, value) => next - value)];
}
