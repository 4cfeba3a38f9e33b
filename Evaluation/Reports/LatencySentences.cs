namespace RLSeq.Evaluation;

/// <summary>The sentences about latency: the fastest memory at the median against each other, and whether the tail tells the same.</summary>
internal static class LatencySentences
{
    /// <summary>Medians closer than this ratio are called equal: repeated measurements on one machine differ by as much.</summary>
    private const double Equal = 1.05;

    public static IEnumerable<string> Findings(ComparisonBlock block)
    {
        List<ComparisonRow> rows = [.. block.Rows.Where(row => row.Latency is not null).OrderBy(row => row.Latency!.P50Us)];
        if (rows.Count == 0 || !Comparable(block)) yield break;

        ComparisonRow fastest = rows[0];
        double floor = fastest.Latency!.P50Us;
        if (rows.Count == 1)
        {
            yield return $"{fastest.Memory} acts in {Figures.Latency(floor)} at the median and {Figures.Latency(fastest.Latency.P999Us)} at p99.9.";
            yield break;
        }

        yield return $"{fastest.Memory} acts fastest at the median ({Figures.Latency(floor)}): {ComparisonSummary.Join([.. rows.Skip(1).Select((row, i) => Slower(row, floor, i > 0))])}.";

        ComparisonRow steadiest = rows.MinBy(row => row.Latency!.P999Us)!;
        if (steadiest.Latency!.P999Us * Equal < fastest.Latency.P999Us)
            yield return $"In the tail the order changes: at p99.9 {steadiest.Memory} is the fastest ({Figures.Latency(steadiest.Latency.P999Us)}, against {Figures.Latency(fastest.Latency.P999Us)} of {fastest.Memory}).";
    }

    public static IEnumerable<string> Cautions(ComparisonBlock block)
    {
        string[] missing = [.. block.Rows.Where(row => row.Latency is null).Select(row => row.Memory)];
        if (missing.Length > 0) yield return $"No latency was measured for {ComparisonSummary.Join(missing)}.";

        if (!Comparable(block)) yield return "The latencies were measured under different conditions and cannot be compared.";

        foreach (ComparisonRow row in block.Rows)
        {
            if (row.Latency is { AllocatedBytesPerAction: > 0 } latency)
                yield return $"{row.Memory} allocates {Figures.Count(latency.AllocatedBytesPerAction)} bytes per action, so that its tail includes garbage collections.";
        }
    }

    private static bool Comparable(ComparisonBlock block) =>
        block.Rows.Select(row => row.Latency?.Conditions).OfType<string>().Distinct(StringComparer.Ordinal).Count() <= 1;

    /// <summary>"lstm takes 2.1 times as long (12.4 µs)", and for the later ones of a list "gru 3 times (17.4 µs)".</summary>
    private static string Slower(ComparisonRow row, double floor, bool brief)
    {
        string latency = Figures.Latency(row.Latency!.P50Us);
        double ratio = row.Latency.P50Us / floor;
        if (!(ratio >= Equal)) return $"{row.Memory} is as fast within 5 % ({latency})";
        return brief ? $"{row.Memory} {Figures.Ratio(ratio)} times ({latency})" : $"{row.Memory} takes {Figures.Ratio(ratio)} times as long ({latency})";
    }
}
