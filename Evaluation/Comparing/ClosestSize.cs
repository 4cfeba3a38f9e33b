namespace RLSeq.Evaluation;

/// <summary>Finds the size of which there is as much as wanted, where more size is never less.</summary>
/// <param name="amount">How much there is at a size; null where the size is not allowed.</param>
/// <param name="least">The smallest size to try.</param>
/// <param name="most">The largest.</param>
internal sealed class ClosestSize(Func<int, long?> amount, int least, int most)
{
    /// <summary>Among so many sizes in a row one is allowed: more than any number of heads, which a width must be a multiple of.</summary>
    private const int LongestGap = 1024;

    private readonly Dictionary<int, long?> _known = [];

    /// <summary>
    /// The allowed size whose amount is nearest to the target, the smaller of two that are equally near. Sizes beyond twice the first that
    /// has enough are never tried, since they take memory and time.
    /// </summary>
    /// <param name="start">Where to begin, the size that would be taken otherwise; at least 1.</param>
    /// <param name="target">How much is wanted.</param>
    /// <returns>The size, or null where there is the same amount at every size, or none is allowed.</returns>
    public int? Find(int start, long target)
    {
        if (AtLeast(least) is not var (low, lowAmount) || AtLeast(Math.Max(start, low + 1)) is not var (high, highAmount)) return null;
        if (lowAmount == highAmount && (AtLeast(2 * high) is not var (_, further) || further == lowAmount)) return null;
        if (lowAmount >= target) return low;
        while (highAmount < target)
        {
            (low, lowAmount) = (high, highAmount);
            if (high > most / 2 || AtLeast(2 * high) is not var (next, nextAmount)) return high;
            (high, highAmount) = (next, nextAmount);
        }
        // Below low there is too little, from end on there is enough: what lies between is not known yet.
        for (int end = high; end - low > 1;)
        {
            int middle = low + ((end - low) / 2);
            (int size, long found) = AtLeast(middle)!.Value;
            if (size >= end || found >= target)
            {
                if (size < end) (high, highAmount) = (size, found);
                end = middle;
            }
            else
            {
                (low, lowAmount) = (size, found);
            }
        }
        return target - lowAmount <= highAmount - target ? low : high;
    }

    /// <summary>The smallest allowed size from one on.</summary>
    private (int Size, long Amount)? AtLeast(int size)
    {
        for (int candidate = size; candidate <= Math.Min((long)most, (long)size + LongestGap); candidate++)
        {
            if (!_known.TryGetValue(candidate, out long? found)) _known[candidate] = found = amount(candidate);
            if (found is { } value) return (candidate, value);
        }
        return null;
    }
}
