namespace RLSeq.Evaluation;

/// <summary>
/// Whether memories are used. A memory is said to be used if the interval of what it loses with its state zeroed or shuffled lies above 0; how
/// far back, by the longest truncation whose interval does. A memory without a state is not spoken of.
/// </summary>
internal static class MemoryUseSentences
{
    public static IEnumerable<string> Findings(ComparisonBlock block)
    {
        var found = block.Rows.Where(row => row.StateBytes is not 0).Select(row => (Row: row, Worst: Worst(row))).Where(one => one.Worst is not null).Select(one => (one.Row, Worst: one.Worst!)).ToList();
        foreach (var group in found.Where(one => one.Worst.Costs).GroupBy(one => IsEnough(one.Worst)))
            foreach (string sentence in group.Count() == 1 ? [One(group.First().Row, group.First().Worst)] : Several([.. group], group.Key)) yield return sentence;
        foreach ((ComparisonRow row, MemoryUseFigure worst) in found.Where(one => !one.Worst.Costs))
            yield return $"That {row.Memory} uses its memory is not shown: with its state {Name(worst)} it earns {Less(worst.Lost!.Value)}.";
    }

    /// <summary>Of zeroing and shuffling what costs more; null where neither was tried.</summary>
    private static MemoryUseFigure? Worst(ComparisonRow row)
    {
        MemoryUseFigure[] whole = [.. row.MemoryUse.Where(use => use.Lost is not null && use.Intervention is MemoryIntervention.Zeroed or MemoryIntervention.Shuffled)];
        if (whole.Length == 0) return null;
        MemoryUseFigure worst = whole.Where(use => use.Costs).DefaultIfEmpty(whole[0]).MaxBy(use => use.Lost!.Value.Value)!;
        return worst with { Lost = worst.Lost!.Value with { Count = whole.Min(use => use.Lost!.Value.Count) } };
    }

    private static bool IsEnough(MemoryUseFigure use) => use.Lost!.Value.Count >= ComparisonSummary.EnoughSeeds;

    private static string One(ComparisonRow row, MemoryUseFigure worst)
    {
        bool enough = IsEnough(worst);
        return $"{row.Memory} {(enough ? "uses" : "used")} its memory{(enough ? "" : " in these runs")}: with its state {Name(worst)} it earns {Less(worst.Lost!.Value)}{HowFarBack(row)}.";
    }

    /// <summary>Several memories together, so that a summary stays short; the figures of the truncations stand in their table.</summary>
    private static IEnumerable<string> Several((ComparisonRow Row, MemoryUseFigure Worst)[] used, bool enough)
    {
        string these = enough ? "use their memory" : "used their memory in these runs";
        string costs = ComparisonSummary.Join([.. used.Select(one => $"{one.Row.Memory} earns {Less(one.Worst.Lost!.Value)}")]);
        yield return $"{ComparisonSummary.Join([.. used.Select(one => one.Row.Memory)])} {these}: with the state zeroed or shuffled between episodes, whichever costs more, {costs}.";
        string[] far =
        [
            .. used.Select(one => (one.Row.Memory, Longest: Longest(one.Row)?.Steps)).Where(one => one.Longest is not null).GroupBy(one => one.Longest!.Value).OrderBy(group => group.Key)
                .Select(group => $"more than {Steps(group.Key)} ago for {ComparisonSummary.Join([.. group.Select(one => one.Memory)])}"),
        ];
        if (far.Length > 0) yield return $"What was seen {string.Join("; ", far)} {(enough ? "counts" : "counted")}: with the newer observations alone less is earned.";
    }

    private static MemoryUseFigure? Longest(ComparisonRow row) => row.MemoryUse.Where(use => use.Intervention == MemoryIntervention.Truncated && use.Costs).MaxBy(use => use.Steps);

    private static string HowFarBack(ComparisonRow row)
    {
        MemoryUseFigure? longest = Longest(row);
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
