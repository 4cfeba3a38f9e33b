using System.Xml.Linq;
using RLSeq.Evaluation.Charts;

namespace RLSeq.Evaluation.Html;

/// <summary>
/// The few elements that the report is made of. Going through the XML writer escapes every text, and keeps the page well-formed. Elements that
/// HTML does not let end themselves always get content, if only an empty one.
/// </summary>
internal static class Elements
{
    public static XElement Heading(int level, string text) => new($"h{level}", Xml.Clean(text));

    public static XElement Paragraph(string? kind, string text) => Of("p", kind, Prose(text));

    /// <summary>Running text: no line may break between a number and its unit.</summary>
    public static string Prose(string text) => Xml.Clean(text).Replace(" %", "\u00A0%").Replace(" µs", "\u00A0µs").Replace(" ms", "\u00A0ms");

    public static XElement Of(string name, string? kind, params object?[] content) => new(
        name,
        kind is null ? null : new XAttribute("class", kind),
        content.Length == 0 ? string.Empty : content);

    /// <summary>A table whose first column names the rows; it scrolls sideways by itself on a narrow page.</summary>
    public static XElement Table(string label, IReadOnlyList<string> header, IEnumerable<(XElement? Key, string[] Cells)> rows, bool lastColumnWraps = false)
    {
        XElement body = Of("tbody", null);
        foreach ((XElement? key, string[] cells) in rows)
        {
            body.Add(new XElement("tr",
                new XElement("th", new XAttribute("scope", "row"), key, Xml.Clean(cells[0])),
                cells.Skip(1).Select((cell, i) => Of("td", lastColumnWraps && i == cells.Length - 2 ? "left wrap" : null, Xml.Clean(cell)))));
        }
        var table = new XElement("table",
            new XElement("thead", new XElement("tr", header.Select((text, i) => new XElement("th",
                new XAttribute("scope", "col"),
                lastColumnWraps && i == header.Count - 1 ? new XAttribute("class", "left") : null,
                Xml.Clean(text))))),
            body);
        return new XElement("div",
            new XAttribute("class", "scroll"),
            new XAttribute("role", "region"),
            new XAttribute("aria-label", Xml.Clean(label)),
            new XAttribute("tabindex", "0"),
            table);
    }

    /// <summary>A short piece of a memory's line with its marker, for legends and tables.</summary>
    public static XElement Key(Series series) => new("svg",
        new XAttribute("class", $"key {series.ColourClass}"),
        new XAttribute("viewBox", "0 0 30 14"),
        new XAttribute("aria-hidden", "true"),
        new XElement("path", new XAttribute("class", "mean"), new XAttribute("d", "M0,7H30"), series.Dash.Length > 0 ? new XAttribute("stroke-dasharray", series.Dash) : null),
        new XElement("path", new XAttribute("class", "marker"), new XAttribute("transform", "translate(15,7) scale(.8)"), new XAttribute("d", series.Marker)));

    /// <summary>Charts that share a legend, each drawn for wide and for narrow pages, with a caption; null if there is nothing to draw.</summary>
    /// <param name="draws">Draw one chart each, given the size and an id; null for one that has nothing to show.</param>
    /// <param name="id">Unique in the page.</param>
    /// <param name="legend">The curves.</param>
    /// <param name="circumstances">What all curves have in common, behind the legend; or null.</param>
    /// <param name="caption">How to read it, or null where that stands elsewhere.</param>
    public static XElement? Figure(IReadOnlyList<Func<ChartSize, string, XElement?>> draws, string id, IEnumerable<Series> legend, string? circumstances, string? caption)
    {
        var charts = new List<XElement>();
        for (int i = 0; i < draws.Count; i++)
        {
            foreach (ChartSize size in (ChartSize[])[ChartSize.Wide, ChartSize.Narrow])
                if (draws[i](size, $"{id}-{i}-{size.Name}") is { } chart) charts.Add(chart);
        }
        if (charts.Count == 0) return null;
        return new XElement("figure",
            Of("ul", "legend",
                legend.Select(series => new XElement("li", Key(series), Xml.Clean(series.Name))),
                circumstances is null ? null : new XElement("li", Prose(circumstances))),
            charts,
            caption is null ? null : new XElement("figcaption", new XAttribute("class", "caption"), Prose(caption)));
    }
}
