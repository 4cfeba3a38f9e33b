namespace RLSeq.Evaluation;

/// <summary>
/// One memory over all environments of a comparison. Every run's mean return is put on the scale where random actions score 0 and the
/// reference 1, and the statistics are those of Agarwal et al. 2021 with stratified bootstrap intervals.
/// </summary>
/// <param name="Memory">The memory's name.</param>
/// <param name="InterquartileMean">The interquartile mean of the normalised scores.</param>
/// <param name="OptimalityGap">How far the scores stay below the reference; lower is better.</param>
/// <param name="BestBeatsThis">The probability that a run of the memory with the highest interquartile mean scores more than one of this, or null for that memory itself.</param>
public sealed record BenchmarkScore(string Memory, Estimate InterquartileMean, Estimate OptimalityGap, Estimate? BestBeatsThis)
{
    /// <summary>The scores of all memories that have a usable run in every environment; empty with fewer than two environments, or where one has no scale.</summary>
    internal static IReadOnlyList<BenchmarkScore> From(ComparisonResult result, BootstrapOptions options)
    {
        if (result.Environments.Count < 2 || !result.Environments.All(environment => environment.HasScale)) return [];

        var scored = new List<(string Memory, double[][] Scores, Estimate Iqm)>();
        foreach (string memory in result.Results.Select(r => r.Memory).Distinct(StringComparer.Ordinal))
        {
            double[][] scores = [.. result.Environments.Select(environment => ScoresOf(result, environment, memory))];
            if (scores.All(task => task.Length > 0)) scored.Add((memory, scores, StratifiedBootstrap.InterquartileMean(scores, options)));
        }
        if (scored.Count == 0) return [];

        var best = scored.MaxBy(s => s.Iqm.Value);
        return [.. scored.Select(s => new BenchmarkScore(
            s.Memory,
            s.Iqm,
            StratifiedBootstrap.OptimalityGap(s.Scores, 1, options),
            s.Memory == best.Memory ? null : ProbabilityOfImprovement.Of(best.Scores, s.Scores, options)))];
    }

    private static double[] ScoresOf(ComparisonResult result, EnvironmentInfo environment, string memory) =>
    [
        .. result.Results
            .Where(r => r.Environment == environment.Name && r.Memory == memory)
            .SelectMany(r => r.Runs)
            .Where(run => run.IsUsable)
            .Select(run => environment.Normalize(Statistic.Mean(run.EpisodeReturns.ToArray()))),
    ];
}
