using System.Globalization;
using System.Xml.Linq;
using RLSeq.Evaluation.Charts;
using RLSeq.Evaluation.Html;
using static RLSeq.Evaluation.Html.Elements;

namespace RLSeq.Evaluation;

/// <summary>A study as one HTML file that needs nothing else, in the manner of a comparison's report: the verdicts first, then claim by claim.</summary>
internal static class StudyHtml
{
    /// <summary>What the report's style does not have: verdicts as words in a colour, and first columns whose sentences wrap.</summary>
    private const string Css = """

        .verdict { font-weight: 700; } .supported { color: var(--c2); } .refuted { color: var(--c1); } .inconclusive, .skipped { color: var(--soft); }
        .study tbody th, .study td:last-child { white-space: normal; min-width: 12rem; text-align: left; } .study thead th:last-child { text-align: left; }
        .figures tbody th { white-space: normal; min-width: 10rem; }
        @media (max-width: 40rem) { .study tbody th { min-width: 9rem; } .scroll { margin-top: .5rem; } th:first-child { position: static; } }
        .scroll + .scroll, div + .scroll { margin-top: .8rem; }

        """;

    public static string Page(StudyResult study)
    {
        XElement html = new("html",
            new XAttribute("lang", "en"),
            new XElement("head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", "Claims about memories"),
                new XElement("style", ReportStyle.Css + Css)),
            new XElement("body", new XElement("main", Header(study), Verdicts(study), study.Claims.Select(claim => Claim(study, claim)), Rules(), Machine(study))));
        return "<!DOCTYPE html>\n" + html.ToString(SaveOptions.DisableFormatting) + "\n";
    }

    private static XElement Header(StudyResult study) => new("header", Heading(1, "Claims about memories"), Paragraph("context", StudyMarkdown.Context(study)));

    private static XElement Verdicts(StudyResult study)
    {
        XElement table = Table("Verdicts", StudyTables.VerdictHeader, StudyTables.Verdicts(study).Select(row => ((XElement?)null, row)), lastColumnWraps: true);
        foreach ((XElement row, ClaimResult claim) in table.Descendants("tbody").Elements("tr").Zip(study.Claims)) row.Elements("td").First().SetAttributeValue("class", $"verdict left {StudyTables.Name(claim.Verdict)}");
        return new XElement("section", Heading(2, "Verdicts"), Of("div", "study", table));
    }

    private static XElement Claim(StudyResult study, ClaimResult claim) => new("section",
        new XAttribute("id", string.Create(CultureInfo.InvariantCulture, $"claim-{claim.Claim.Number}")),
        Heading(2, $"{claim.Claim.Number}. {claim.Claim.Sentence}"),
        Of("ul", claim.Failures.Count > 0 ? "summary cautions" : "summary",
            new XElement("li", Of("span", $"verdict {StudyTables.Name(claim.Verdict)}", Prose(StudyTables.Sentence(claim)))),
            claim.Failures.Select(failure => new XElement("li", new XElement("b", "Caution: "), Prose($"{failure.Run} failed: {failure.Error}")))),
        Paragraph(null, claim.Claim.Experiment),
        Of("div", "figures", StudySections.Of(study, claim).Select(section => Table(section.Header[0], section.Header, section.Rows.Select(row => ((XElement?)null, row))))),
        Paragraph("caption", $"Intervals of conditions: {StudyFigures.Percent(claim.Claim.Confidence(study.Plan.Scale))}. It cannot show: {claim.Claim.CannotShow}"));

    private static XElement Rules() => new("section", Heading(2, "How verdicts follow"), Paragraph(null, RulesText.Verdicts), Paragraph(null, RulesText.Estimates));

    private static XElement Machine(StudyResult study) => new("section",
        Heading(2, "Machine"),
        new XElement("dl", ReportText.Machine(study.Machine).Select(item => new[] { Of("dt", null, item.Name), Of("dd", null, Xml.Clean(item.Value)) })),
        Heading(2, "Run it again"),
        Of("pre", "command", Xml.Clean(study.Plan.CommandLine)));
}
