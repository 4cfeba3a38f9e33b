using System.Xml.Linq;
using RLSeq.Evaluation.Charts;
using static RLSeq.Evaluation.Html.Elements;

namespace RLSeq.Evaluation.Html;

/// <summary>The parts of the page, in the order in which they stand.</summary>
/// <param name="Result">The comparison.</param>
/// <param name="Table">Its figures.</param>
/// <param name="SeriesOf">How a memory looks in all charts.</param>
internal sealed record ReportPage(ComparisonResult Result, ComparisonTable Table, Func<string, Series> SeriesOf)
{
    /// <summary>A page with more parts than this gets a table of contents.</summary>
    private const int Long = 7;

    private readonly HashSet<string> _said = [];

    private bool ManyEnvironments => Table.Blocks.Count > 1;

    public XElement Header() => new("header",
        Heading(1, Result.Title),
        Paragraph("context", ReportText.Context(Result)),
        Table.Blocks
            .Where(block => block.Environment.Description.Length > 0)
            .Select(block => Paragraph(null, ManyEnvironments ? $"{block.Environment.Name}: {block.Environment.Description}" : block.Environment.Description)));

    public XElement Summary()
    {
        IReadOnlyList<SummarySentence> sentences = ComparisonSummary.Of(Table);
        SummarySentence[] findings = [.. sentences.Where(sentence => !sentence.IsCaution)];
        string[] cautions = [.. sentences.Where(sentence => sentence.IsCaution).Select(Prefixed), .. Result.Notes];
        return new XElement("section",
            Heading(2, "Summary"),
            ManyEnvironments
                ? findings.GroupBy(sentence => sentence.Environment).Select(group => new object?[]
                {
                    Heading(3, group.Key ?? "All environments"),
                    Of("ul", "summary", group.Select(sentence => new XElement("li", Prose(sentence.Text)))),
                })
                : findings.Length > 0 ? Of("ul", "summary", findings.Select(sentence => new XElement("li", Prose(sentence.Text)))) : null,
            cautions.Length > 0 ? Of("ul", "summary cautions", cautions.Select(text => new XElement("li", new XElement("b", "Caution: "), Prose(text)))) : null);
    }

    /// <summary>Links to the parts of a long page; null on a short one.</summary>
    public static XElement? Contents(IReadOnlyList<XElement> sections)
    {
        (string Id, string Name)[] parts =
        [
            .. sections.Where(section => section.Attribute("id") is not null)
                .Select(section => ((string)section.Attribute("id")!, (section.Element("h2") ?? section.Element("summary"))!.Value)),
        ];
        return parts.Length <= Long ? null : new XElement("nav",
            new XAttribute("aria-label", "Contents"),
            Of("ul", null, parts.Append(("reading", "How to read this")).Select(part => new XElement("li", new XElement("a", new XAttribute("href", $"#{part.Item1}"), part.Item2)))));
    }

    public XElement Tables() => Section("comparison", "Comparison", [
        .. Table.Blocks.SelectMany(block => Titled(block,
            Elements.Table($"Comparison on {block.Environment.Name}", Cells.Header, block.Rows.Select(row => ((XElement?)Key(SeriesOf(row.Memory)), Cells.Of(row)))),
            Once(ReportText.LatencyConditions(block)) is { } conditions ? Paragraph("caption", conditions) : null,
            Shown("Differences", block, LearningTables.Differences(block)))),
        Table.Benchmark.Count == 0 ? null : new XElement("div",
            Heading(3, "All environments"),
            Elements.Table("All environments", Cells.BenchmarkHeader, Table.Benchmark.Select(score => ((XElement?)Key(SeriesOf(score.Memory)), Cells.Of(score)))),
            Paragraph("caption", ReportText.ReadBenchmark))])!;

    public XElement? ReturnAgainstDeadline() => Section("deadline", "Return against deadline", [.. Blocks((block, i) =>
        DeadlineSetup.In(block).Select((setup, k) => DeadlineFigure(block, setup, $"deadline-{i}-{k}"))
            .Append(Shown("Under the clock", block, ClockTables.Deadlines(block))))]);

    public XElement? ReturnAgainstLatency() => Section("front", "Return against latency", [.. Blocks((block, i) =>
        Fronts(block, i))]);

    public XElement? Latencies() => Section("latency", "Latency", [.. Blocks((block, i) => (object?[])
    [
        Drawn(block, "latency", i, ReportText.CaptionLatency, (size, id) => LatencyCurves.Draw(size, block, SeriesOf, id)),
        Drawn(block, "position", i, ReportText.CaptionPosition, (size, id) => PositionChart.Draw(size, block, SeriesOf, id)),
        Shown("Back to back and paced", block, ClockTables.Acting(block)),
    ])]);

    public XElement? Learning() => Section("learning", "Learning", [.. Blocks((block, i) => (object?[])
    [
        Drawn(block, "steps", i, ReportText.CaptionLearning, (size, id) => LearningCurves.Draw(size, block.Environment, RunsOf(block), id)),
        Drawn(block, "seconds", i, ReportText.CaptionSeconds, (size, id) => LearningCurves.Draw(size, block.Environment, RunsOf(block), id, bySeconds: true)),
        Shown("What learning takes", block, LearningTables.Cost(block)),
    ])]);

    public XElement? MemoryUse() => Section("use", "Is the memory used?", [.. Blocks((block, i) => (object?[])
    [
        Drawn(block, "use", i, ReportText.CaptionMemoryUse, (size, id) => MemoryUseChart.Draw(size, block, SeriesOf, id)),
        Shown("Is the memory used?", block, LearningTables.MemoryUse(block)),
    ])]);

    public XElement Seeds() => Section("seeds", "Every seed", [
        Elements.Table("Every seed", ReportText.SeedHeader, ReportText.SeedRows(Result).Select(cells => ((XElement?)Key(SeriesOf(cells[0])), cells)), lastColumnWraps: true)])!;

    public XElement? Configuration() => Result.Configuration.Length == 0 ? null : new XElement("details",
        new XAttribute("id", "configuration"),
        new XElement("summary", "Full configuration"),
        new XElement("pre", Xml.Clean(Result.Configuration)));

    public XElement Machine() => Section("machine", "Machine", [
        new XElement("dl", ReportText.Machine(Result.Machine).Select(item => new[] { Of("dt", null, item.Name), Of("dd", null, Xml.Clean(item.Value)) })),
        Heading(2, "Run it again"),
        Of("pre", "command", Xml.Clean(Result.CommandLine))])!;

    public static XElement HowToRead() => Section("reading", "How to read this", [.. ReportText.HowToRead.Select(text => Paragraph(null, text))])!;

    /// <summary>The curves of one setup: the return, and below it the misses.</summary>
    private XElement? DeadlineFigure(ComparisonBlock block, DeadlineSetup setup, string id)
    {
        (Series Series, DeadlineSummary Summary)[] curves = [.. block.Rows.Select(row => (SeriesOf(row.Memory), setup.CurveOf(row)!)).Where(curve => curve.Item2 is not null)];
        return Figure(
            [
                (size, name) => DeadlineChart.Returns(size, block.Environment, curves, name),
                (size, name) => DeadlineChart.Misses(size.Low, block.Environment, curves, name),
            ],
            id,
            curves.Select(curve => curve.Series),
            $"all at slow-down {setup.SlowDownInWords()}",
            Once($"{setup.InWords()} {ReportText.CaptionDeadline}"));
    }

    /// <summary>The front without a deadline, and at those of the well-known rates at which somebody is too slow, two at most.</summary>
    private IEnumerable<XElement?> Fronts(ComparisonBlock block, int index)
    {
        yield return Drawn(block, "front", index, ReportText.CaptionFront, (size, id) => ReturnLatencyChart.Draw(size, block, SeriesOf, id));
        if (DeadlineSetup.Main(block) is not { } setup) yield break;
        foreach ((string name, double us) in ClockTables.RatesThatHurt(block, setup).Take(2))
        {
            yield return Drawn(block, $"front-{name.Replace(' ', '-')}", index, $"{ReportText.CaptionFront} Here the return is that of a world which ticks at {name}: every {Figures.Latency(us)}.",
                (size, id) => ReturnLatencyChart.Draw(size, block, SeriesOf, id, row => setup.CurveOf(row) is { } curve ? ClockTables.At(curve, us)?.Return : null, $" at {name}"));
        }
    }

    private XElement? Drawn(ComparisonBlock block, string kind, int index, string caption, Func<ChartSize, string, XElement?> draw) =>
        Figure([draw], $"{kind}-{index}", block.Rows.Select(row => SeriesOf(row.Memory)), null, Once(caption));

    private XElement? Shown(string label, ComparisonBlock block, FigureTable? table) => table is null ? null : new XElement("div",
        new XAttribute("class", "shown"),
        Elements.Table($"{label}: {block.Environment.Name}", table.Header, table.Rows.Select(cells => ((XElement?)Key(SeriesOf(cells[0])), cells))),
        Once(table.Caption) is { } caption ? Paragraph("caption", caption) : null);

    /// <summary>A caption where it stands for the first time, null at later environments that would only repeat it.</summary>
    private string? Once(string caption) => _said.Add(caption) ? caption : null;

    /// <summary>The content of every environment that has any, each under its name where there are several.</summary>
    private IEnumerable<object?> Blocks(Func<ComparisonBlock, int, IEnumerable<object?>> content) => Table.Blocks.SelectMany((block, i) =>
    {
        object?[] parts = [.. content(block, i).Where(part => part is not null)];
        return parts.Length == 0 ? Enumerable.Empty<object?>() : Titled(block, parts);
    });

    /// <summary>Null where the section would be empty.</summary>
    private static XElement? Section(string id, string heading, IReadOnlyList<object?> content) =>
        content.Count == 0 ? null : new XElement("section", new XAttribute("id", id), Heading(2, heading), content);

    private object?[] Titled(ComparisonBlock block, params object?[] content) =>
        ManyEnvironments ? [Heading(3, block.Environment.Name), .. content] : content;

    private string Prefixed(SummarySentence sentence) =>
        ManyEnvironments && sentence.Environment is { } environment ? $"{environment}: {sentence.Text}" : sentence.Text;

    private (Series, IReadOnlyList<RunResult>)[] RunsOf(ComparisonBlock block) =>
    [
        .. block.Rows.Select(row => (SeriesOf(row.Memory), (IReadOnlyList<RunResult>)
            [.. Result.Results.Where(r => r.Environment == block.Environment.Name && r.Memory == row.Memory).SelectMany(r => r.Runs)])),
    ];
}
