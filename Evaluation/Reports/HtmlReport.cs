using System.Xml.Linq;
using RLSeq.Evaluation.Charts;
using RLSeq.Evaluation.Html;
using RLSeq.Training;
using static RLSeq.Evaluation.Html.Elements;

namespace RLSeq.Evaluation;

/// <summary>
/// A comparison as one HTML file that needs nothing else: no script, no font, no image, nothing from a network. It reads on a phone, in
/// the dark and on paper, and is well-formed XML.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the report, beside the target first and then renamed.</summary>
    /// <param name="path">The file to write; its folder must exist.</param>
    /// <param name="result">The comparison.</param>
    public static void Write(string path, ComparisonResult result) => AtomicFile.Write(path, ToHtml(result, ComparisonTable.From(result)));

    /// <summary>The report's text, from figures that are computed already.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="table">Its figures.</param>
    public static string ToHtml(ComparisonResult result, ComparisonTable table)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(table);
        Series[] series = [.. result.Results.Select(memory => memory.Memory).Distinct(StringComparer.Ordinal).Select((name, index) => new Series(name, index))];
        var page = new Page(result, table, name => series.First(s => s.Name == name), series);
        XElement html = new("html",
            new XAttribute("lang", "en"),
            Head(result.Title),
            new XElement("body", new XElement("main",
                page.Header(),
                page.Summary(),
                page.Tables(),
                page.Learning(),
                page.ReturnAgainstLatency(),
                page.Latencies(),
                page.Seeds(),
                page.Configuration(),
                page.Machine(),
                Page.HowToRead())));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static XElement Head(string title) => new("head",
        new XElement("meta", new XAttribute("charset", "utf-8")),
        new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
        new XElement("title", Xml.Clean(title)),
        new XElement("style", ReportStyle.Css));

    /// <summary>The parts of the page, in the order in which they stand.</summary>
    private sealed record Page(ComparisonResult Result, ComparisonTable Table, Func<string, Series> SeriesOf, Series[] AllSeries)
    {
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
                findings.Length > 0 ? Of("ul", "summary", findings.Select(sentence => new XElement("li", Prose(Prefixed(sentence))))) : null,
                cautions.Length > 0 ? Of("ul", "summary cautions", cautions.Select(text => new XElement("li", new XElement("b", "Caution: "), Prose(text)))) : null);
        }

        public XElement Tables() => new("section",
            Heading(2, "Comparison"),
            Table.Blocks.SelectMany(block => Titled(block,
                Elements.Table($"Comparison on {block.Environment.Name}", Cells.Header, block.Rows.Select(row => ((XElement?)Key(SeriesOf(row.Memory)), Cells.Of(row)))),
                Paragraph("caption", ReportText.LatencyConditions(block)))),
            Table.Benchmark.Count == 0 ? null : new XElement("div",
                Heading(3, "All environments"),
                Elements.Table("All environments", Cells.BenchmarkHeader, Table.Benchmark.Select(score => ((XElement?)Key(SeriesOf(score.Memory)), Cells.Of(score)))),
                Paragraph("caption", "Scores: random actions 0, reference 1. IQM: interquartile mean over all seeds of all environments. Optimality gap: how far scores stay below 1, lower is better. The last column is the probability that a run of the best memory scores more than one of this.")));

        public XElement? Learning() => Charts(
            "Learning curves",
            "learning",
            "Thick line: mean over seeds. Thin lines: single seeds. Band: lowest to highest seed.",
            (block, size, id) => LearningCurves.Draw(size, block.Environment, [.. block.Rows.Select(row => (SeriesOf(row.Memory), RunsOf(block, row)))], id));

        public XElement? ReturnAgainstLatency() => Charts(
            "Return against latency",
            "front",
            "Up and to the left is better. Vertical whiskers: 95 % interval of the return; horizontal: from p50 to p99. Filled markers and the dotted line: the Pareto front.",
            (block, size, id) => ReturnLatencyChart.Draw(size, block, SeriesOf, id));

        public XElement? Latencies() => Charts(
            "Latency distribution",
            "latency",
            "How slow an action is that the given share of all actions does not exceed. Every further nine has the same room.",
            (block, size, id) => LatencyCurves.Draw(size, block, SeriesOf, id));

        public XElement Seeds() => new("section",
            Heading(2, "Every seed"),
            Elements.Table("Every seed", ReportText.SeedHeader, ReportText.SeedRows(Result).Select(cells => ((XElement?)Key(SeriesOf(cells[0])), cells)), lastColumnWraps: true));

        public XElement? Configuration() => Result.Configuration.Length == 0 ? null : new XElement("details",
            new XElement("summary", "Full configuration"),
            new XElement("pre", Xml.Clean(Result.Configuration)));

        public XElement Machine() => new("section",
            Heading(2, "Machine"),
            new XElement("dl", ReportText.Machine(Result.Machine).Select(item => new[] { Of("dt", null, item.Name), Of("dd", null, Xml.Clean(item.Value)) })),
            Heading(2, "Run it again"),
            Of("pre", "command", Xml.Clean(Result.CommandLine)));

        public static XElement HowToRead() => new("section",
            Heading(2, "How to read this"),
            Paragraph(null, ReportText.ReadReturns),
            Paragraph(null, ReportText.ReadLatency),
            Paragraph(null, ReportText.ReadFront));

        private XElement? Charts(string heading, string id, string caption, Func<ComparisonBlock, ChartSize, string, XElement?> draw)
        {
            object[] figures =
            [
                .. Table.Blocks.SelectMany((block, i) =>
                    Figure((size, name) => draw(block, size, name), $"{id}-{i}", block.Rows.Select(row => SeriesOf(row.Memory)), caption) is { } figure
                        ? Titled(block, figure)
                        : []),
            ];
            return figures.Length == 0 ? null : new XElement("section", Heading(2, heading), figures);
        }

        private object[] Titled(ComparisonBlock block, params object[] content) =>
            ManyEnvironments ? [Heading(3, block.Environment.Name), .. content] : content;

        private string Prefixed(SummarySentence sentence) =>
            ManyEnvironments && sentence.Environment is { } environment ? $"{environment}: {sentence.Text}" : sentence.Text;

        private RunResult[] RunsOf(ComparisonBlock block, ComparisonRow row) =>
            [.. Result.Results.Where(r => r.Environment == block.Environment.Name && r.Memory == row.Memory).SelectMany(r => r.Runs)];
    }
}
