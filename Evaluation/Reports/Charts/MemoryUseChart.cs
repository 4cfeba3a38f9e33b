using System.Xml.Linq;

namespace RLSeq.Evaluation.Charts;

/// <summary>The return with the state intact and tampered with: a row per intervention, in it a mark with its interval per memory.</summary>
internal static class MemoryUseChart
{
    /// <summary>Null where no memory was tampered with.</summary>
    public static XElement? Draw(ChartSize size, ComparisonBlock block, Func<string, Series> seriesOf, string id)
    {
        ComparisonRow[] rows = [.. block.Rows.Where(row => row.MemoryUse.Count > 0)];
        if (rows.Length == 0) return null;

        (MemoryIntervention Intervention, int? Steps)[] interventions =
        [
            .. rows.SelectMany(row => row.MemoryUse).Select(use => (use.Intervention, use.Steps)).Distinct().OrderBy(use => use.Intervention).ThenBy(use => use.Steps),
        ];
        int height = 60 + (interventions.Length * (14 + (9 * rows.Length)));
        double?[] anchors = [block.Environment.RandomReturn];
        var chart = new Chart(
            size with { Height = height },
            Axis.Linear("mean return, 95 % interval", rows.SelectMany(row => row.MemoryUse).SelectMany(use => new[] { use.Return.Low, use.Return.High }).Concat(anchors.OfType<double>()), size.XTicks),
            Axis.Categories("", [.. interventions.Select(use => Name(use.Intervention, use.Steps))]));
        if (block.Environment.RandomReturn is { } random && double.IsFinite(random)) chart.Divide(random);

        for (int i = 0; i < interventions.Length; i++)
        {
            for (int m = 0; m < rows.Length; m++)
            {
                MemoryUseFigure? use = rows[m].MemoryUse.FirstOrDefault(use => (use.Intervention, use.Steps) == interventions[i]);
                if (use is null) continue;
                Series series = seriesOf(rows[m].Memory);
                double y = Axis.Category(i, interventions.Length) + (0.7 * (((rows.Length - 1) / 2.0) - m) / rows.Length);
                chart.Whisker(use.Return.Low, y, use.Return.High, y, series);
                chart.Marker(use.Return.Value, y, series, use.Intervention == MemoryIntervention.Intact, $"{rows[m].Memory}, {Name(use.Intervention, use.Steps)}: return {Figures.Interval(use.Return)}");
            }
        }
        string description = string.Join(' ', rows.Select(row => $"{row.Memory}: {string.Join(", ", row.MemoryUse.Select(use => $"{Name(use.Intervention, use.Steps)} {Figures.Return(use.Return.Value)}"))}."));
        return chart.ToSvg(id, $"Return with the memory tampered with on {block.Environment.Name}", description);
    }

    internal static string Name(MemoryIntervention intervention, int? steps) => intervention switch
    {
        MemoryIntervention.Intact => "intact",
        MemoryIntervention.Zeroed => "zeroed",
        MemoryIntervention.Shuffled => "shuffled",
        _ => $"last {steps ?? 0}",
    };
}
