namespace RLSeq.Evaluation;

/// <summary>
/// What a comparison shows, in sentences. Each follows from the figures by a fixed rule: one memory earns more than another only by the verdict
/// of <see cref="DifferenceAt"/>; from an interval that holds 0 nothing is concluded; and below five seeds the sentence speaks of these runs
/// alone. The rules of the clock stand in <see cref="DeadlineSentences"/>, those of memory use in <see cref="MemoryUseSentences"/>.
/// </summary>
public static class ComparisonSummary
{
    /// <summary>The sentences about each environment in turn, then those about all of them, then the cautions.</summary>
    /// <param name="table">The figures.</param>
    public static IReadOnlyList<SummarySentence> Of(ComparisonTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var sentences = new List<SummarySentence>();
        foreach (ComparisonBlock block in table.Blocks)
        {
            string environment = block.Environment.Name;
            sentences.AddRange(ReturnSentences.Findings(block).Select(text => new SummarySentence(text, false, environment)));
            sentences.AddRange(DeadlineSentences.Findings(block).Select(text => new SummarySentence(text, false, environment)));
            sentences.AddRange(LatencySentences.Findings(block).Select(text => new SummarySentence(text, false, environment)));
            sentences.AddRange(MemoryUseSentences.Findings(block).Select(text => new SummarySentence(text, false, environment)));
        }

        if (table.Benchmark.Count > 0) sentences.Add(new SummarySentence(OverAll(table.Benchmark, table.Blocks.Count, FewestSeeds(table) >= EnoughSeeds), false, null));
        if (table.Blocks.Count == 0) sentences.Add(new SummarySentence("The comparison holds no results.", true, null));

        foreach (ComparisonBlock block in table.Blocks)
        {
            IEnumerable<string> cautions = ReturnSentences.Cautions(block).Concat(DeadlineSentences.Cautions(block)).Concat(LatencySentences.Cautions(block));
            sentences.AddRange(cautions.Select(text => new SummarySentence(text, true, block.Environment.Name)));
        }
        if (FewSeeds(table) is { } few) sentences.Add(new SummarySentence(few, true, null));
        return sentences;
    }

    private static string OverAll(IReadOnlyList<BenchmarkScore> scores, int environments, bool enough)
    {
        BenchmarkScore best = scores.MaxBy(score => score.InterquartileMean.Value)!;
        string text = $"Over {environments} environments, with random actions at 0 and the reference at 1, {best.Memory} has the highest interquartile mean ({Figures.IntervalInWords(best.InterquartileMean)}).";
        string[] beaten = [.. scores.Where(score => score.BestBeatsThis is { Low: > 0.5 }).Select(score => score.Memory)];
        string[] open = [.. scores.Where(score => score.BestBeatsThis is { Low: <= 0.5 }).Select(score => score.Memory)];
        string likely = enough ? "are more likely than not to score" : "more often than not scored, in this comparison,";
        if (beaten.Length > 0) text += $" Its runs {likely} above those of {Join(beaten)}: the interval of that probability lies above one half.";
        if (open.Length > 0) text += $" Whether its runs are likely to score above those of {Join(open)} is open.";
        return text;
    }

    /// <summary>The warning that a few seeds need, with how often the rule of the sentences errs (see <see cref="ReturnEstimate"/>).</summary>
    private static string? FewSeeds(ComparisonTable table)
    {
        if (FewestSeeds(table) is not { } least || least >= EnoughSeeds) return null;
        if (least == 1)
            return "There is only one seed behind some of the returns. Their intervals cover the evaluation episodes of one trained policy and say nothing about other seeds: no conclusion about the memories follows. Run at least 5 seeds, better 10.";
        int once = least switch { 2 => 3, 3 => 10, _ => 14 };
        return $"With {least} seeds the intervals are too narrow in what they say about other seeds: where seeds vary more than episodes, two memories that do not differ at all have intervals that do not overlap in 1 of {once} comparisons. Run at least 5 seeds, better 10, before relying on a difference.";
    }

    /// <summary>The seeds of the memory that has the fewest, without those that have none; null where nobody has any.</summary>
    private static int? FewestSeeds(ComparisonTable table) => table.Blocks.SelectMany(block => block.Rows).Where(row => row.Seeds > 0).Min(row => (int?)row.Seeds);

    /// <summary>From here on the interval of a difference says something of other seeds (see <see cref="SmallSample"/>); below it what is said is said of these runs.</summary>
    internal const int EnoughSeeds = 5;

    /// <summary>"a", "a and b", "a, b and c".</summary>
    internal static string Join(IReadOnlyList<string> parts) =>
        parts.Count < 2 ? string.Concat(parts) : string.Join(", ", parts.SkipLast(1)) + " and " + parts[^1];
}
