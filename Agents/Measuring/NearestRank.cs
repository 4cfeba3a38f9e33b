namespace RLSeq.Agents;

/// <summary>Which of some sorted values is a percentile, by the nearest rank: the smallest that the share does not exceed.</summary>
internal static class NearestRank
{
    /// <summary>⌈percent / 100 · count⌉, and at least 1.</summary>
    /// <param name="percent">
    /// From 0 to 100, as the decimal number that is meant: the double 99.9 lies a little above 99.9, and times 1,000 would be rounded up to the
    /// 1,000th value.
    /// </param>
    /// <param name="count">The number of values.</param>
    /// <returns>The rank, from 1.</returns>
    public static long Of(decimal percent, long count) => Math.Max(1, (long)Math.Ceiling(percent * count / 100));
}
