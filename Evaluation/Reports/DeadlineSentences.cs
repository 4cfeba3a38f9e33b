namespace RLSeq.Evaluation;

/// <summary>
/// The sentences about the clock, of the curves of the main setup.
/// <list type="number">
/// <item>Order: the memory with the highest mean return keeps earning more than another <i>down to</i> the shortest deadline at which, as at every
/// longer one and where the world waits, the verdict of <see cref="DifferenceAt"/> is for it.</item>
/// <item>Turn: deadlines at which the verdict is for the other are named.</item>
/// <item>Rates: at 60 Hz and at 1 kHz a memory keeps 95 % of its return if the whole interval of its shortest such deadline lies at or below that
/// period, and loses more if it lies above; else it is open.</item>
/// <item>Below five seeds all of them speak of these runs.</item>
/// </list>
/// </summary>
internal static class DeadlineSentences
{
    public static IEnumerable<string> Findings(ComparisonBlock block)
    {
        if (DeadlineSetup.Main(block) is not { } setup) yield break;
        MemoryDifference[] differences = [.. block.Differences.Where(difference => difference.Waits is not null && difference.Deadlines.Count > 0)];
        foreach (IGrouping<bool, MemoryDifference> group in differences.GroupBy(difference => difference.Waits!.Value.Seeds >= ComparisonSummary.EnoughSeeds))
        {
            if (Order([.. group], group.Key) is { } order) yield return order;
            if (Turn([.. group], group.Key) is { } turn) yield return turn;
        }

        DeadlineSummary[] curves = [.. block.Rows.Select(setup.CurveOf).OfType<DeadlineSummary>().Where(curve => curve.Keeps95 is not null)];
        if (curves.Length == 0) yield break;
        foreach (string sentence in Rates(curves)) yield return sentence;
        yield return $"The shortest deadline that keeps 95 % of the return is {ComparisonSummary.Join([.. curves.OrderBy(curve => curve.Keeps95!.Value.Us).Select(Shortest)])}.";
    }

    public static IEnumerable<string> Cautions(ComparisonBlock block)
    {
        if (DeadlineSetup.Main(block) is not { } setup) yield break;
        DeadlineSummary[] curves = [.. block.Rows.Select(setup.CurveOf).OfType<DeadlineSummary>()];
        string[] missing = [.. block.Rows.Where(row => row.Return is not null && setup.CurveOf(row) is null).Select(row => row.Memory)];
        if (missing.Length > 0) yield return $"No return against deadline was measured for {ComparisonSummary.Join(missing)}.";
        string[] nothing = [.. curves.Where(curve => curve.Keeps95 is null && curve.Points.Count > 1).Select(curve => curve.Memory)];
        if (nothing.Length > 0) yield return $"{ComparisonSummary.Join(nothing)} {(nothing.Length == 1 ? "has" : "have")} no return to lose by a deadline, so that no share of it can be kept.";
        if (curves.Select(curve => curve.Zero).Distinct().Count() > 1 || (curves.Length > 1 && curves[0].Zero == DeadlineZero.Lowest))
            yield return "What counts as nothing under a deadline differs between the memories: their areas and their shortest deadlines cannot be compared.";
    }

    private static string? Order(MemoryDifference[] differences, bool enough)
    {
        string[] parts = [.. differences.Where(difference => difference.Waits!.Value.Verdict > 0).Select(HoldsDownTo)];
        if (parts.Length == 0) return null;
        return $"Under a deadline {differences[0].First} {(enough ? "keeps earning" : "kept earning in these runs")} more {ComparisonSummary.Join(parts)}.";
    }

    /// <summary>"than lstm down to 0.2 ms".</summary>
    private static string HoldsDownTo(MemoryDifference difference)
    {
        DifferenceAt[] held = [.. difference.Deadlines.OrderByDescending(at => at.DeadlineUs).TakeWhile(at => at.Verdict > 0)];
        if (held.Length == difference.Deadlines.Count) return $"than {difference.Second} at all deadlines, down to {Figures.Latency(held[^1].DeadlineUs!.Value)}";
        if (held.Length > 0) return $"than {difference.Second} down to {Figures.Latency(held[^1].DeadlineUs!.Value)}";
        return $"than {difference.Second} at none for certain, not even the longest ({Figures.Latency(difference.Deadlines[^1].DeadlineUs!.Value)})";
    }

    private static string? Turn(MemoryDifference[] differences, bool enough)
    {
        string[] parts = [.. differences.Where(difference => difference.Deadlines.Any(at => at.Verdict < 0)).Select(difference => $"{difference.Second} {Span(difference)}")];
        if (parts.Length == 0) return null;
        string verb = enough ? (parts.Length == 1 ? "earns more" : "earn more") : "earned more in these runs";
        return $"With too little time the order turns: {ComparisonSummary.Join(parts)} {verb} than {differences[0].First}.";
    }

    /// <summary>"(at 10 µs to 50 µs)": the deadlines at which the second earns more.</summary>
    private static string Span(MemoryDifference difference)
    {
        double[] turned = [.. difference.Deadlines.Where(at => at.Verdict < 0).Select(at => at.DeadlineUs!.Value)];
        if (turned.Length == 1) return $"(at {Figures.Latency(turned[0])})";
        int between = difference.Deadlines.Count(at => at.DeadlineUs >= turned[0] && at.DeadlineUs <= turned[^1]);
        string some = between == turned.Length ? "" : $"{turned.Length} of the {between} deadlines ";
        return some.Length == 0 ? $"(from {Figures.Latency(turned[0])} to {Figures.Latency(turned[^1])})" : $"({some}from {Figures.Latency(turned[0])} to {Figures.Latency(turned[^1])})";
    }

    private static IEnumerable<string> Rates(DeadlineSummary[] curves)
    {
        string? before = null;
        var named = new List<string>();
        foreach ((string name, double us) in ClockTables.Rates.Take(2))
        {
            string text = AtRate(curves, us);
            if (before is not null && text != before)
            {
                yield return $"At {ComparisonSummary.Join(named)} {before}.";
                named.Clear();
            }
            (before, _) = (text, 0);
            named.Add(name);
        }
        yield return $"At {ComparisonSummary.Join(named)} {before}.";
    }

    private static string AtRate(DeadlineSummary[] curves, double us)
    {
        bool enough = curves.Min(curve => curve.Seeds) >= ComparisonSummary.EnoughSeeds;
        string[] keep = [.. curves.Where(curve => curve.Keeps95!.Value.HighUs <= us).Select(curve => curve.Memory)];
        string[] lose = [.. curves.Where(curve => curve.Keeps95!.Value.LowUs > us).Select(curve => curve.Memory)];
        string[] open = [.. curves.Select(curve => curve.Memory).Except(keep).Except(lose)];
        var parts = new List<string>();
        string these = enough ? "" : " in these runs";
        if (keep.Length > 0) parts.Add($"{ComparisonSummary.Join(keep)} {Verb(keep, enough, "keeps", "keep", "kept")} 95 % of {(keep.Length == 1 ? "its" : "their")} return{these}");
        if (lose.Length > 0) parts.Add($"{ComparisonSummary.Join(lose)} {Verb(lose, enough, "loses", "lose", "lost")} more than 5 %{these}");
        if (open.Length > 0) parts.Add($"whether {ComparisonSummary.Join(open)} {Verb(open, enough, "keeps", "keep", "kept")} 95 % is open");
        return string.Join("; ", parts);
    }

    private static string Verb(string[] subjects, bool present, string singular, string plural, string past) => !present ? past : subjects.Length == 1 ? singular : plural;

    private static string Shortest(DeadlineSummary curve)
    {
        KeepingDeadline keeps = curve.Keeps95!.Value;
        if (keeps is { Everywhere: true } && keeps.HighUs <= keeps.ShortestUs) return $"{Figures.Latency(keeps.ShortestUs)} or less for {curve.Memory}";
        string longest = Figures.Latency(curve.Points[^1].DeadlineUs);
        if (keeps.Nowhere && double.IsPositiveInfinity(keeps.LowUs)) return $"longer than {longest} for {curve.Memory}";
        string low = keeps.LowUs <= keeps.ShortestUs ? $"{Figures.Latency(keeps.ShortestUs)} or less" : Figures.Latency(keeps.LowUs);
        string high = double.IsPositiveInfinity(keeps.HighUs) ? $"more than {longest}" : Figures.Latency(keeps.HighUs);
        return $"{(keeps.Nowhere ? $"longer than {longest}" : Figures.Latency(keeps.Us))} for {curve.Memory} (95 % interval {low} to {high})";
    }
}
