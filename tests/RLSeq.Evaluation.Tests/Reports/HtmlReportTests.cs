using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace RLSeq.Evaluation.Tests;

public class HtmlReportTests
{
    private const string Hostile = "</script><img src=http://evil.example/x onerror=alert(1)>\"'&\u0000]]>";

    [Fact]
    public void The_page_has_its_sections_in_order()
    {
        XDocument page = Parse(MadeUp.Usual());
        string[] headings = [.. page.Descendants().Where(e => e.Name.LocalName is "h1" or "h2" || (e.Name.LocalName == "summary")).Select(e => e.Value)];
        Assert.Equal(
            ["Which memory for a T-maze?", "Summary", "Comparison", "Return against latency", "Latency", "Learning", "Every seed", "Full configuration", "Machine", "Run it again", "How to read this"],
            headings);
        Assert.Contains(page.Descendants("meta"), meta => (string?)meta.Attribute("name") == "viewport");
        Assert.Equal("en", (string?)page.Root!.Attribute("lang"));
    }

    [Fact]
    public void Every_memory_stands_in_the_table_with_its_numbers()
    {
        ComparisonResult result = MadeUp.Usual();
        ComparisonTable table = ComparisonTable.From(result, 500);
        XElement comparison = XDocument.Parse(HtmlReport.ToHtml(result, table)).Descendants("table").First();
        string[][] rows = [.. comparison.Element("tbody")!.Elements("tr").Select(tr => tr.Elements().Select(cell => cell.Value).ToArray())];
        Assert.Equal(["none", "lstm", "transformer"], rows.Select(row => row[0]));
        Assert.Equal([Figures.Interval(table.Blocks[0].Rows[1].Return!.Value), "3", "5.8 µs", "9.3 µs", "17.4 µs", "35.1 k", "1 KiB"], rows[1][1..8]);
        Assert.Equal(["12.4 µs", "19.8 µs", "37.2 µs", "51.3 k", "64 KiB"], rows[2][3..8]);
    }

    [Fact]
    public void The_summary_is_that_of_the_figures()
    {
        ComparisonResult result = MadeUp.Usual();
        ComparisonTable table = ComparisonTable.From(result, 500);
        string page = XDocument.Parse(HtmlReport.ToHtml(result, table)).Root!.Value.Replace('\u00A0', ' ');
        Assert.All(ComparisonSummary.Of(table), sentence => Assert.Contains(sentence.Text, page));
        Assert.Contains("Caution: With 3 seeds", page);
    }

    [Fact]
    public void The_page_stands_alone()
    {
        string html = Html(MadeUp.Usual());
        Assert.DoesNotMatch(new Regex(@"https?:|//[a-z]|url\(|@import|<script|<link|<img|<iframe|srcset|\son\w+=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)), html);
        XDocument page = XDocument.Parse(html);
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName == "src" || (attribute.Name.LocalName == "href" && !attribute.Value.StartsWith('#')));
    }

    [Fact]
    public void Every_chart_is_drawn_for_wide_and_narrow_pages_and_described()
    {
        XElement[] charts = [.. Parse(MadeUp.Usual()).Descendants("svg").Where(svg => (string?)svg.Attribute("role") == "img")];
        Assert.Equal(8, charts.Length);
        Assert.Equal(4, charts.Count(chart => ((string)chart.Attribute("class")!).Contains("wide")));
        Assert.All(charts, chart =>
        {
            string[] ids = ((string)chart.Attribute("aria-labelledby")!).Split(' ');
            Assert.Equal((ids[0], ids[1]), ((string)chart.Element("title")!.Attribute("id")!, (string)chart.Element("desc")!.Attribute("id")!));
            Assert.Contains("transformer", chart.Element("desc")!.Value);
        });
        string[] all = [.. charts.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void The_style_adapts_to_dark_narrow_and_print_and_holds_nothing_that_xml_escapes()
    {
        string css = Parse(MadeUp.Usual()).Descendants("style").Single().Value;
        Assert.Contains("prefers-color-scheme: dark", css);
        Assert.Contains("@media print", css);
        Assert.Contains("@media (max-width", css);
        Assert.Equal(-1, css.AsSpan().IndexOfAny("<>&"));
        Assert.Equal(css.Count(c => c == '{'), css.Count(c => c == '}'));
    }

    [Fact]
    public void Only_elements_that_html_knows_as_void_or_svg_end_themselves()
    {
        string html = Html(MadeUp.Comparison([MadeUp.TMaze], [MadeUp.Exact("lstm", 1) with { Memory = "" }]) with { CommandLine = "", Title = "" });
        IEnumerable<string> closed = Regex.Matches(html, "<(?<name>[a-z0-9]+)[^>]*/>", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => match.Groups["name"].Value).Distinct();
        Assert.Subset(new HashSet<string> { "meta", "path", "line" }, closed.ToHashSet());
    }

    [Fact]
    public void Hostile_text_stays_text_everywhere()
    {
        EnvironmentInfo environment = MadeUp.TMaze with { Name = Hostile, Description = Hostile };
        MemoryResult memory = MadeUp.Memory(Hostile, Hostile, 2, 0.5, 5);
        memory = memory with
        {
            Runs = [.. memory.Runs, MadeUp.FailedRun(Hostile, Hostile, 2, Hostile)],
            Latency = memory.Latency! with { Conditions = Hostile },
        };
        ComparisonResult result = MadeUp.Comparison([environment], [memory]) with
        {
            Title = Hostile,
            CommandLine = Hostile,
            Configuration = Hostile,
            Notes = [Hostile],
            Machine = MadeUp.Machine with { Cpu = Hostile, Device = Hostile, LibTorch = Hostile },
        };

        string html = Html(result);
        Assert.DoesNotContain("<img", html);
        Assert.DoesNotContain("</script", html);
        XDocument page = XDocument.Parse(html);
        Assert.Equal(Hostile.Replace('\u0000', '\uFFFD'), page.Descendants("h1").Single().Value);
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "img" or "script");

        ComparisonTable table = ComparisonTable.From(result, 500);
        Assert.DoesNotContain("<img", MarkdownReport.ToMarkdown(result with { CommandLine = "" }, table));
    }

    [Fact]
    public void An_empty_comparison_and_one_where_everything_failed_make_a_page()
    {
        Assert.Contains("holds no results", Html(MadeUp.Comparison([], [])));
        MemoryResult broken = MadeUp.Exact("gru") with { Runs = [MadeUp.FailedRun("t-maze", "gru", 7, "The loss became NaN.")] };
        string html = Html(MadeUp.Comparison([MadeUp.TMaze], [broken]));
        Assert.Contains("No run finished", html);
        Assert.Contains("failed: The loss became NaN.", html);
        Assert.DoesNotContain("<figure", html);
    }

    [Fact]
    public void Numbers_that_are_not_finite_never_reach_a_drawing()
    {
        RunResult run = MadeUp.Run("t-maze", "lstm", 0, 1);
        RunResult diverged = run with { EpisodeReturns = [double.NaN], StepsPerSecond = double.NaN };
        RunResult gaps = run with { Seed = 1, LearningCurve = [new(0, 0, double.NaN), new(10, 1, 0.5), new(20, 2, double.PositiveInfinity), new(30, 3, 0.7)] };
        MemoryResult result = MadeUp.Memory("t-maze", "lstm", 1, 1, 5) with { Runs = [diverged, gaps] };
        result = result with { Latency = result.Latency! with { MaxUs = double.NaN } };
        XDocument page = Parse(MadeUp.Comparison([MadeUp.TMaze with { RandomReturn = double.NaN }], [result]));
        Assert.DoesNotContain(page.Descendants("svg").DescendantsAndSelf().Attributes(), attribute => attribute.Value.Contains("NaN") || attribute.Value.Contains("Infinity"));
    }

    [Fact]
    public void Several_environments_are_kept_apart()
    {
        ComparisonResult result = MadeUp.Comparison(
            [MadeUp.TMaze, MadeUp.TMaze with { Name = "recall" }],
            [MadeUp.Memory("t-maze", "lstm", 2, 0.9, 5), MadeUp.Memory("recall", "lstm", 2, 0.1, 5)]);
        XDocument page = Parse(result);
        Assert.Equal(5, page.Descendants("h3").Count(h => h.Value == "recall"));
        Assert.Equal(8 * 2, page.Descendants("svg").Count(svg => (string?)svg.Attribute("role") == "img"));
        Assert.Contains(page.Descendants("h3"), h => h.Value == "All environments");
    }

    [Fact]
    public void A_folder_gets_the_data_and_three_reports()
    {
        string folder = Path.Combine(Path.GetTempPath(), $"rlseq-report-{Guid.NewGuid():N}", "deep");
        try
        {
            ComparisonTable table = ComparisonReport.Write(folder, MadeUp.Usual(2));
            Assert.Equal(["comparison.json", "report.html", "report.md", "results.csv"], Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));
            Assert.Equal(table.ToCsv(), File.ReadAllText(Path.Combine(folder, "results.csv")));
            string markdown = File.ReadAllText(Path.Combine(folder, "report.md"));
            Assert.Contains("| lstm | " + Figures.Interval(table.Blocks[0].Rows[1].Return!.Value), markdown);
            Assert.Contains("**Caution:** With 2 seeds", markdown);
            Assert.Contains("    rlseq compare --env t-maze", markdown);
            Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(Path.Combine(folder, "report.html")), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
        }
    }

    private static string Html(ComparisonResult result) => HtmlReport.ToHtml(result, ComparisonTable.From(result, 500));

    private static XDocument Parse(ComparisonResult result) => XDocument.Parse(Html(result));
}
