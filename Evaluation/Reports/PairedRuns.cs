namespace RLSeq.Evaluation;

/// <summary>The difference that decides a sentence: returns of the same seeds on the same episodes, as pairs.</summary>
internal static class PairedRuns
{
    /// <summary>
    /// The mean difference over the seeds that both have, first minus second, with the interval that the sentences decide by: two-level, of pairs,
    /// expanded for few seeds (see <see cref="SmallSample"/>). Null where no seed has usable returns of both.
    /// </summary>
    public static Estimate? Difference(
        IEnumerable<(ulong Seed, IReadOnlyList<double> Returns)> first,
        IEnumerable<(ulong Seed, IReadOnlyList<double> Returns)> second,
        BootstrapOptions options)
    {
        var pairs = (from x in first
                     join y in second on x.Seed equals y.Seed
                     where IsUsable(x.Returns) && x.Returns.Count == y.Returns.Count && IsUsable(y.Returns)
                     select (X: x.Returns.ToArray(), Y: y.Returns.ToArray())).ToList();
        return pairs.Count == 0
            ? null
            : PairedDifference.OfReturns([.. pairs.Select(pair => pair.X)], [.. pairs.Select(pair => pair.Y)], options.Expanded(pairs.Count));
    }

    private static bool IsUsable(IReadOnlyList<double> returns) => returns.Count > 0 && returns.All(double.IsFinite);
}
