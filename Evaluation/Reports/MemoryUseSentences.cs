namespace RLSeq.Evaluation;

/// <summary>
/// Whether memories are used. A memory is said to be used if the interval of what it loses with its state zeroed or shuffled lies above 0; how
/// far back, by the longest truncation whose interval does. A memory without a state is not spoken of.
/// </summary>
internal static class MemoryUseSentences
{
    public static IEnumerable<string> Findings(ComparisonBlock block)
    {
        foreach (ComparisonRow row in block.Rows.Where(row => row.StateBytes is not 0))
        {
            MemoryUseFigure[] whole = [.. row.MemoryUse.Where(use => use.Lost is not null && use.Intervention is MemoryIntervention.Zeroed or MemoryIntervention.Shuffled)];
            if (whole.Length == 0) continue;
            bool enough = whole.Min(use => use.Lost!.Value.Count) >= ComparisonSummary.EnoughSeeds;
            MemoryUseFigure worst = whole.Where(use => use.Costs).DefaultIfEmpty(whole[0]).MaxBy(use => use.Lost!.Value.Value)!;
            yield return worst.Costs
                ? $"{row.Memory} {(enough ? "uses" : "used")} its memory{(enough ? "" : " in these runs")}: with its state {Name(worst)} it earns {Less(worst.Lost!.Value)}{HowFarBack(row)}."
                : $"That {row.Memory} uses its memory is not shown: with its state {Name(worst)} it earns {Less(worst.Lost!.Value)}.";
        }
    }

    private static string HowFarBack(ComparisonRow row)
    {
        MemoryUseFigure? longest = row.MemoryUse.Where(use => use.Intervention == MemoryIntervention.Truncated && use.Costs).MaxBy(use => use.Steps);
        return longest is null ? "" : $", and what it saw more than {Steps(longest.Steps ?? 0)} ago counts: with the last {(longest.Steps == 1 ? "observation" : $"{longest.Steps} observations")} alone it earns {Less(longest.Lost!.Value)}";
    }

    private static string Name(MemoryUseFigure use) => use.Intervention == MemoryIntervention.Zeroed ? "zeroed" : "shuffled between episodes";

    /// <summary>"0.43 less (95 % interval 0.40 to 0.46)"; the interval may hold 0.</summary>
    private static string Less(Estimate lost)
    {
        string words = Figures.IntervalInWords(lost);
        int comma = words.IndexOf(',', StringComparison.Ordinal);
        return $"{words[..comma]} less ({words[(comma + 2)..]})";
    }

    private static string Steps(int count) => count == 1 ? "1 step" : $"{count} steps";
}
