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
        var page = new ReportPage(result, table, name => series.First(s => s.Name == name));
        XElement[] sections =
        [
            .. new[]
            {
                page.Tables(), page.ReturnAgainstDeadline(), page.ReturnAgainstLatency(), page.Latencies(), page.Learning(), page.MemoryUse(),
                page.Seeds(), page.Configuration(), page.Machine(),
            }.OfType<XElement>(),
        ];
        XElement html = new("html",
            new XAttribute("lang", "en"),
            Head(result.Title),
            new XElement("body", new XElement("main", page.Header(), page.Summary(), ReportPage.Contents(sections), sections, ReportPage.HowToRead())));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static XElement Head(string title) => new("head",
        new XElement("meta", new XAttribute("charset", "utf-8")),
        new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
        new XElement("title", Xml.Clean(title)),
        new XElement("style", ReportStyle.Css));
}
