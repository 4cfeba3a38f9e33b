using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// By how much one memory earns more than another, seed by seed. A seed decides the episodes that both train on, and evaluation plays the
/// same episodes with every policy, so what a seed makes hard it makes hard for both: the difference of a pair varies less than either
/// return, and its interval is narrower than two separate ones suggest. Pairs are resampled as pairs, inside each task.
/// </summary>
/// <remarks>Pairing is never wrong: where the two of a pair have nothing in common, the interval is as wide as an unpaired one.</remarks>
public static class PairedDifference
{
    /// <summary>The mean over tasks of each task's mean difference, first minus second.</summary>
    /// <param name="first"><c>scores[task][seed]</c> of one memory, finite; to be averaged over tasks they must share a scale.</param>
    /// <param name="second"><c>scores[task][seed]</c> of the other: the same tasks and seeds in the same order.</param>
    /// <param name="options">Replicates, confidence, seed.</param>
    /// <returns>The estimate, positive where the first earns more; its count is the number of pairs.</returns>
    /// <exception cref="ArgumentException">The tasks or seeds differ in number, there are none, or a score is not finite.</exception>
    public static Estimate Mean(IReadOnlyList<double[]> first, IReadOnlyList<double[]> second, BootstrapOptions? options = null) =>
        StratifiedBootstrap.Mean(Pairs(first, second, "task", "seed", (x, y) => x - y), options);

    /// <summary>The mean over tasks of the share of seeds with which the first earns more than the second, ties as half.</summary>
    /// <remarks>Unlike <see cref="ProbabilityOfImprovement"/>, which compares every run of one with every run of the other.</remarks>
    /// <inheritdoc cref="Mean"/>
    public static Estimate Probability(IReadOnlyList<double[]> first, IReadOnlyList<double[]> second, BootstrapOptions? options = null) =>
        StratifiedBootstrap.Mean(Pairs(first, second, "task", "seed", (x, y) => x > y ? 1 : x == y ? 0.5 : 0), options);

    /// <summary>
    /// The mean difference on one task, from runs that were evaluated on the same episodes: a two-level bootstrap as in
    /// <see cref="ReturnEstimate"/>, of pairs of runs and then of pairs of episodes inside each.
    /// </summary>
    /// <param name="first"><c>returns[seed][episode]</c> of one memory, finite.</param>
    /// <param name="second"><c>returns[seed][episode]</c> of the other: the same seeds and episodes in the same order.</param>
    /// <param name="options">Replicates, confidence, seed.</param>
    /// <returns>The estimate, positive where the first earns more; its count is the number of pairs of runs.</returns>
    /// <exception cref="ArgumentException">The seeds or episodes differ in number, there are none, or a return is not finite.</exception>
    public static Estimate OfReturns(IReadOnlyList<double[]> first, IReadOnlyList<double[]> second, BootstrapOptions? options = null) =>
        ReturnEstimate.Mean(Pairs(first, second, "seed", "episode", (x, y) => x - y), options);

    /// <summary>The difference between two memories of a comparison on one environment, over the seeds with which both have usable returns.</summary>
    /// <param name="first">One memory's runs.</param>
    /// <param name="second">The other's, on the same environment.</param>
    /// <param name="options">Replicates, confidence, seed.</param>
    /// <returns>The estimate, or null where no seed has usable returns of both over equally many episodes.</returns>
    /// <exception cref="ArgumentException">The two are not of one environment.</exception>
    public static Estimate? Between(MemoryResult first, MemoryResult second, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Environment != second.Environment)
            throw new ArgumentException($"A difference of returns is one of the same environment, but the first memory is of {first.Environment} and the second of {second.Environment}.", nameof(second));
        var pairs = (from x in first.Runs
                     join y in second.Runs on x.Seed equals y.Seed
                     where x.IsUsable && y.IsUsable && x.EpisodeReturns.Count == y.EpisodeReturns.Count
                     select (X: x.EpisodeReturns.ToArray(), Y: y.EpisodeReturns.ToArray())).ToList();
        return pairs.Count == 0 ? null : OfReturns([.. pairs.Select(pair => pair.X)], [.. pairs.Select(pair => pair.Y)], options);
    }

    private static double[][] Pairs(IReadOnlyList<double[]> first, IReadOnlyList<double[]> second, string group, string item, Func<double, double, double> compare)
    {
        ScoreGuard.Finite(first, group, item, nameof(first));
        ScoreGuard.Finite(second, group, item, nameof(second));
        if (first.Count != second.Count)
            throw new ArgumentException($"Pairs need the same {group}s on both sides, but the first has {first.Count} {group}s and the second {second.Count}. Leave out what only one has.", nameof(second));
        var pairs = new double[first.Count][];
        for (int g = 0; g < pairs.Length; g++)
        {
            (double[] x, double[] y) = (first[g], second[g]);
            if (x.Length != y.Length)
                throw new ArgumentException($"Pairs need the same {item}s on both sides, but of {group} {g} the first has {x.Length} {item}s and the second {y.Length}. Leave out what only one has.", nameof(second));
            pairs[g] = [.. x.Zip(y, compare)];
        }
        return pairs;
    }
}
