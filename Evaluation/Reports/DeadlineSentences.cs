using System.Globalization;

namespace RLSeq.Evaluation;

/// <summary>
/// The sentences about the clock: all of them of the curves of the main setup, and the rates and shortest deadlines of every other slow-down too.
/// <list type="number">
/// <item>Order: the memory with the highest mean return keeps earning more than another <i>down to</i> the shortest deadline at which, as at every
/// longer one and where the world waits, the verdict of <see cref="DifferenceAt"/> is for it.</item>
/// <item>Turn: deadlines at which the verdict is for the other are named.</item>
/// <item>Rates: at 60 Hz and at 1 kHz a memory keeps 95 % of its return if the whole interval of its shortest such deadline lies at or below that
/// period, and loses more if it lies above and deadlines both as short and as long were played; else it is open.</item>
/// <item>Below five seeds all of them speak of these runs.</item>
/// </list>
/// </summary>
internal static class DeadlineSentences
{
    /// <summary>Deadlines are whole multiples of 100 ns, which the period of a rate, such as 60 Hz, need not be.</summary>
    private const double RoundingUs = 0.1;

    public static IEnumerable<string> Findings(ComparisonBlock block)
    {
        if (DeadlineSetup.Main(block) is not { } setup) yield break;
        MemoryDifference[] differences = [.. block.Differences.Where(difference => difference.Waits is not null && difference.Deadlines.Count > 0)];
        foreach (IGrouping<bool, MemoryDifference> group in differences.GroupBy(difference => difference.Waits!.Value.Seeds >= ComparisonSummary.EnoughSeeds))
        {
            if (Order([.. group], group.Key) is { } order) yield return order;
            if (Doubt([.. group]) is { } doubt) yield return doubt;
            if (Turn([.. group], group.Key) is { } turn) yield return turn;
        }

        foreach (DeadlineSetup one in DeadlineSetup.In(block))
        {
            DeadlineSummary[] curves = [.. block.Rows.Select(one.CurveOf).OfType<DeadlineSummary>().Where(curve => curve.Keeps95 is not null)];
            if (curves.Length == 0) continue;
            string where = one.SlowDown == 1 ? "" : $"Where every action takes {Figures.Factor(one.SlowDown)} times as long, ";
            foreach (string rate in Rates(curves, curves.Length == block.Rows.Count)) yield return Sentence($"{where}at {rate}");
            yield return Sentence($"{where}the shortest deadline that keeps 95 % of the return is {Shortest(curves)}");
        }
    }

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}.";

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
        string[] parts =
        [
            .. differences.Where(difference => difference.Waits!.Value.Verdict > 0 && Held(difference).Length > 0)
                .GroupBy(HoldsDownTo)
                .Select(group => $"than {ComparisonSummary.Join([.. group.Select(difference => difference.Second)])} down to {group.Key}"),
        ];
        if (parts.Length == 0) return null;
        return $"Under a deadline {differences[0].First} {(enough ? "keeps earning" : "kept earning in these runs")} more {ComparisonSummary.Join(parts)}.";
    }

    /// <summary>What is certain where the world waits and open at the longest deadline already.</summary>
    private static string? Doubt(MemoryDifference[] differences)
    {
        MemoryDifference[] open = [.. differences.Where(difference => difference.Waits!.Value.Verdict > 0 && difference.Deadlines.MaxBy(at => at.DeadlineUs).Verdict == 0)];
        if (open.Length == 0) return null;
        return $"Whether {differences[0].First} still earns more than {ComparisonSummary.Join([.. open.Select(difference => difference.Second)])} is open at the longest deadline already ({Figures.Latency(open[0].Deadlines.Max(at => at.DeadlineUs!.Value))}).";
    }

    private static string HoldsDownTo(MemoryDifference difference)
    {
        DifferenceAt[] held = Held(difference);
        string shortest = Figures.Latency(held[^1].DeadlineUs!.Value);
        return held.Length == difference.Deadlines.Count ? $"{shortest}, the shortest" : shortest;
    }

    /// <summary>The deadlines at which the first earns more, from the longest down to the one before the first doubt.</summary>
    private static DifferenceAt[] Held(MemoryDifference difference) => [.. difference.Deadlines.OrderByDescending(at => at.DeadlineUs).TakeWhile(at => at.Verdict > 0)];

    private static string? Turn(MemoryDifference[] differences, bool enough)
    {
        IGrouping<string, MemoryDifference>[] groups = [.. differences.Where(difference => difference.Deadlines.Any(at => at.Verdict < 0)).GroupBy(Span)];
        if (groups.Length == 0) return null;
        string[] parts =
        [
            .. groups.Select((group, i) =>
            {
                string verb = !enough ? "earned more in these runs" : group.Count() == 1 ? "earns more" : "earn more";
                return $"{ComparisonSummary.Join([.. group.Select(difference => difference.Second)])} {(i == 0 ? $"{verb} than {differences[0].First} " : "")}{group.Key}";
            }),
        ];
        return $"With too little time the order turns: {ComparisonSummary.Join(parts)}.";
    }

    /// <summary>"from 10 µs to 50 µs": the deadlines at which the second earns more.</summary>
    private static string Span(MemoryDifference difference)
    {
        double[] turned = [.. difference.Deadlines.Where(at => at.Verdict < 0).Select(at => at.DeadlineUs!.Value).Order()];
        if (turned.Length == 1) return $"at {Figures.Latency(turned[0])}";
        int between = difference.Deadlines.Count(at => at.DeadlineUs >= turned[0] && at.DeadlineUs <= turned[^1]);
        string span = $"from {Figures.Latency(turned[0])} to {Figures.Latency(turned[^1])}";
        return between == turned.Length ? span : $"at {turned.Length} of the {between} deadlines {span}";
    }

    private static IEnumerable<string> Rates(DeadlineSummary[] curves, bool areAll)
    {
        string? before = null;
        var named = new List<string>();
        foreach ((string name, double us) in ClockTables.Rates.Take(2))
        {
            string text = AtRate(curves, us, areAll);
            if (before is not null && text != before)
            {
                yield return $"{ComparisonSummary.Join(named)} {before}";
                named.Clear();
            }
            before = text;
            named.Add(name);
        }
        yield return $"{ComparisonSummary.Join(named)} {before}";
    }

    private static string AtRate(DeadlineSummary[] curves, double rateUs, bool areAll)
    {
        double us = rateUs + RoundingUs;
        bool enough = curves.Min(curve => curve.Seeds) >= ComparisonSummary.EnoughSeeds;
        string[] keep = [.. curves.Where(curve => curve.Keeps95!.Value.DecidingHighUs <= us).Select(curve => curve.Memory)];
        string[] lose = [.. curves.Where(curve => WasPlayed(curve) && curve.Keeps95!.Value.DecidingLowUs > us).Select(curve => curve.Memory)];
        string[] open = [.. curves.Select(curve => curve.Memory).Except(keep).Except(lose)];
        string these = enough ? "" : " in these runs";
        if (keep.Length == curves.Length && curves.Length > 2 && areAll) return $"all memories {(enough ? "keep" : "kept")} 95 % of their return{these}";
        var parts = new List<string>();
        if (keep.Length > 0) parts.Add($"{ComparisonSummary.Join(keep)} {Verb(keep, enough, "keeps", "keep", "kept")} 95 % of {(keep.Length == 1 ? "its" : "their")} return{these}");
        if (lose.Length > 0) parts.Add($"{ComparisonSummary.Join(lose)} {Verb(lose, enough, "loses", "lose", "lost")} more than 5 %{these}");
        if (open.Length > 0) parts.Add($"whether {ComparisonSummary.Join(open)} {Verb(open, enough, "keeps", "keep", "kept")} 95 % is open");
        return string.Join("; ", parts);

        // Outside the curve's deadlines the figure stands for its shortest or less, or for more than its longest: nothing was seen to be lost there.
        bool WasPlayed(DeadlineSummary curve) => curve.Points[0].DeadlineUs <= us && rateUs <= curve.Points[^1].DeadlineUs + RoundingUs;
    }

    private static string Verb(string[] subjects, bool present, string singular, string plural, string past) => !present ? past : subjects.Length == 1 ? singular : plural;

    /// <summary>"10 µs or less for lstm and gru; 1.2 ms for gtrxl (95 % interval 1 ms to 1.6 ms)".</summary>
    private static string Shortest(DeadlineSummary[] curves) =>
        string.Join("; ", curves.OrderBy(curve => curve.Keeps95!.Value.Us).GroupBy(Shortest).Select(group => string.Format(CultureInfo.InvariantCulture, group.Key, ComparisonSummary.Join([.. group.Select(curve => curve.Memory)]))));

    /// <summary>One curve's, with a place for the names of all memories that have the same.</summary>
    private static string Shortest(DeadlineSummary curve)
    {
        KeepingDeadline keeps = curve.Keeps95!.Value;
        if (keeps is { Everywhere: true } && keeps.HighUs <= keeps.ShortestUs) return $"{Figures.Latency(keeps.ShortestUs)} or less for {{0}}";
        string longest = Figures.Latency(curve.Points[^1].DeadlineUs);
        if (keeps.Nowhere && double.IsPositiveInfinity(keeps.LowUs)) return $"longer than {longest} for {{0}}";
        string low = keeps.LowUs <= keeps.ShortestUs ? $"{Figures.Latency(keeps.ShortestUs)} or less" : Figures.Latency(keeps.LowUs);
        string high = double.IsPositiveInfinity(keeps.HighUs) ? $"more than {longest}" : Figures.Latency(keeps.HighUs);
        return $"{(keeps.Nowhere ? $"longer than {longest}" : Figures.Latency(keeps.Us))} for {{0}} (95 % interval {low} to {high})";
    }
}
