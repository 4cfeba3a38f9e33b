namespace RLSeq.Evaluation;

/// <summary>The sentences about return: the memory with the highest mean against each other, and against the anchors of the environment.</summary>
internal static class ReturnSentences
{
    public static IEnumerable<string> Findings(ComparisonBlock block)
    {
        List<ComparisonRow> rows = [.. block.Rows.Where(row => row.Return is not null).OrderByDescending(row => row.Return!.Value.Value)];
        if (rows.Count == 0)
        {
            yield return "No run finished, so there are no returns to compare.";
            yield break;
        }

        ComparisonRow best = rows[0];
        if (rows.Count == 1) yield return $"{best.Memory} earns {Figures.IntervalInWords(best.Return!.Value)}, over {Seeds(best.Seeds)}.";
        else foreach (string sentence in BestAgainstOthers(block, best, rows.GetRange(1, rows.Count - 1))) yield return sentence;

        if (AgainstReference(block.Environment, best) is { } reference) yield return reference;
        if (AgainstRandom(block.Environment, rows) is { } random) yield return random;
    }

    public static IEnumerable<string> Cautions(ComparisonBlock block)
    {
        foreach (ComparisonRow row in block.Rows)
        {
            int runs = row.Seeds + row.FailedRuns;
            if (runs == 0) yield return $"{row.Memory} was not run.";
            else if (row.FailedRuns > 0) yield return $"{row.FailedRuns} of {Seeds(runs)} of {row.Memory} failed and {(row.FailedRuns == 1 ? "is" : "are")} in no figure: what is left may look better than the memory is.";
        }

        int[] seeds = [.. block.Rows.Where(row => row.Seeds > 0).Select(row => row.Seeds).Distinct()];
        if (seeds.Length > 1) yield return "The memories were run with different numbers of seeds, so that their intervals are not equally reliable.";
    }

    private static IEnumerable<string> BestAgainstOthers(ComparisonBlock block, ComparisonRow best, IReadOnlyList<ComparisonRow> others)
    {
        Estimate top = best.Return!.Value;
        Dictionary<string, MemoryDifference> differences = block.Differences.ToDictionary(difference => difference.Second, StringComparer.Ordinal);
        List<ComparisonRow> same = [.. others.Where(row => Same(row.Return!.Value, top))];
        List<ComparisonRow> below = [.. others.Where(row => differences[row.Memory].Evaluated.Verdict > 0)];
        List<ComparisonRow> above = [.. others.Where(row => differences[row.Memory].Evaluated.Verdict < 0)];
        List<ComparisonRow> open = [.. others.Except(same).Except(below).Except(above)];

        // "Earns" is a statement about the memory and needs seeds; "earned, in these runs" is what fewer seeds can say.
        foreach (IGrouping<bool, ComparisonRow> group in below.GroupBy(row => differences[row.Memory].Evaluated.Seeds >= ComparisonSummary.EnoughSeeds))
        {
            yield return group.Key
                ? $"{Named(best)} earns more than {Listed([.. group], row => differences[row.Memory])}: the interval of {(group.Count() == 1 ? "the paired difference" : "each paired difference")} lies above 0."
                : $"{Named(best)} earned more in these runs than {Listed([.. group])}: the intervals do not overlap.";
        }
        // The means are over all seeds of each memory, the differences over those that both have: where runs failed, they may disagree.
        foreach (ComparisonRow row in above)
            yield return $"Over the {differences[row.Memory].Evaluated.Seeds} seeds that both have, {Named(row)} earns more than {Named(best)}, which has the higher mean over seeds of its own: the interval of the paired difference lies below 0.";
        foreach (IGrouping<bool, ComparisonRow> group in open.GroupBy(row => differences[row.Memory].Evaluated.Seeds >= ComparisonSummary.EnoughSeeds))
        {
            string why = !group.Key ? "the intervals overlap" : group.Count() == 1 ? "the interval of the paired difference holds 0" : "the intervals of the paired differences hold 0";
            yield return $"No difference between {Named(best)} and {Listed([.. group])} can be concluded: {why}.";
        }
        if (same.Count > 0)
            yield return $"{ComparisonSummary.Join([best.Memory, .. same.Select(row => row.Memory)])} earned exactly the same ({Figures.IntervalInWords(top)}).";
    }

    private static string? AgainstReference(EnvironmentInfo environment, ComparisonRow best)
    {
        if (environment.ReferenceReturn is not { } reference || !double.IsFinite(reference)) return null;
        Estimate top = best.Return!.Value;
        string anchor = Figures.Return(reference);
        // Rewards are floats: a perfect player's sum is off by their rounding, which is no achievement.
        double rounding = 1e-5 * Math.Max(1, Math.Abs(reference));
        if (top.Low > reference + rounding) return $"{best.Memory} {(best.Seeds >= ComparisonSummary.EnoughSeeds ? "earns more" : "earned more in these runs")} than the reference ({anchor}).";
        if (top.Low <= reference + rounding && top.High >= reference - rounding) return $"{best.Memory} reaches the reference ({anchor}): it lies in the interval.";
        if (!environment.HasScale) return $"{best.Memory} stays below the reference ({anchor}).";
        double share = 100 * environment.Normalize(top.Value);
        string way = share is >= 99.5 and < 100 ? "over 99" : Figures.Fixed(share, 0);   // nearly all of the way is not all of it
        return $"{best.Memory} gets {way} % of the way from random actions ({Figures.Return(environment.RandomReturn!.Value)}) to the reference ({anchor}).";
    }

    private static string? AgainstRandom(EnvironmentInfo environment, IReadOnlyList<ComparisonRow> rows)
    {
        if (environment.RandomReturn is not { } random || !double.IsFinite(random)) return null;
        string[] none = [.. rows.Where(row => row.Return!.Value.Low <= random).Select(row => row.Memory)];
        if (none.Length == 0) return null;
        return $"{ComparisonSummary.Join(none)} cannot be told from random actions or {(none.Length == 1 ? "is" : "are")} worse ({Figures.Return(random)}).";
    }

    private static bool Same(Estimate a, Estimate b) => a.Value == b.Value && a.Low == b.Low && a.High == b.High;

    /// <summary>A few memories with their intervals; of many the names alone, as their intervals stand in the table.</summary>
    private static string Listed(List<ComparisonRow> rows) =>
        ComparisonSummary.Join([.. rows.Select(row => rows.Count <= 3 ? Named(row) : row.Memory)]);

    /// <summary>A few memories with their intervals and the probability that a run of the best beats one of theirs; of many the names with the probability.</summary>
    private static string Listed(List<ComparisonRow> rows, Func<ComparisonRow, MemoryDifference> difference) => ComparisonSummary.Join(
    [
        .. rows.Select(row => rows.Count <= 3
            ? $"{row.Memory} ({Figures.IntervalInWords(row.Return!.Value)}; probability {Figures.Fixed(difference(row).Probability.Value, 2)})"
            : $"{row.Memory} (probability {Figures.Fixed(difference(row).Probability.Value, 2)})"),
    ]);

    private static string Named(ComparisonRow row) => $"{row.Memory} ({Figures.IntervalInWords(row.Return!.Value)})";

    private static string Seeds(int count) => count == 1 ? "1 seed" : $"{count} seeds";
}
