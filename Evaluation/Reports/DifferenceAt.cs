namespace RLSeq.Evaluation;

/// <summary>The difference of two memories under one condition, and the verdict that it allows.</summary>
/// <param name="DeadlineUs">The deadline in microseconds, or null where the world waits.</param>
/// <param name="Difference">First minus second, in pairs of seeds and episodes, with an interval expanded for few seeds; null where nothing can be paired.</param>
/// <param name="Verdict">1 if the first earns more, -1 if the second does, 0 if the intervals leave it open.</param>
/// <param name="Seeds">The seeds behind the verdict, of the memory that has fewer.</param>
public readonly record struct DifferenceAt(double? DeadlineUs, Estimate? Difference, int Verdict, int Seeds)
{
    /// <summary>
    /// The verdict. From <see cref="ComparisonSummary.EnoughSeeds"/> common seeds on the interval of the paired difference decides: above 0, below
    /// 0, or neither. With fewer seeds such an interval hardly tells anything of other seeds; what is said of these runs alone is decided by
    /// whether the two intervals overlap.
    /// </summary>
    internal static DifferenceAt Of(
        double? deadlineUs,
        IEnumerable<(ulong Seed, IReadOnlyList<double> Returns)> first, Estimate firstReturn,
        IEnumerable<(ulong Seed, IReadOnlyList<double> Returns)> second, Estimate secondReturn,
        BootstrapOptions options)
    {
        Estimate? difference = PairedRuns.Difference(first, second, options);
        int seeds = Math.Min(firstReturn.Count, secondReturn.Count);
        int verdict = difference is { Count: >= ComparisonSummary.EnoughSeeds } paired
            ? paired.Low > 0 ? 1 : paired.High < 0 ? -1 : 0
            : firstReturn.Low > secondReturn.High ? 1 : secondReturn.Low > firstReturn.High ? -1 : 0;
        return new DifferenceAt(deadlineUs, difference, verdict, difference is { Count: var pairs and >= ComparisonSummary.EnoughSeeds } ? pairs : Math.Min(seeds, ComparisonSummary.EnoughSeeds - 1));
    }
}
