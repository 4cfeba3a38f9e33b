using System.Text.Json;
using System.Text.Json.Nodes;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Everything that a study leaves in its folder beside its rules and its runs.</summary>
public static class StudyReport
{
    /// <summary>The report to open in a browser.</summary>
    public const string HtmlName = "report.html";

    /// <summary>The report in Markdown.</summary>
    public const string MarkdownName = "report.md";

    /// <summary>Everything, for programs.</summary>
    public const string JsonName = "claims.json";

    /// <summary>The conditions, for spreadsheets.</summary>
    public const string CsvName = "claims.csv";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the four files, each whole or not at all.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="study">The study.</param>
    public static void Write(string folder, StudyResult study)
    {
        JsonObject json = StudyJson.Of(study);
        AtomicFile.Write(Path.Combine(folder, JsonName), json.ToJsonString(Indented) + "\n");
        AtomicFile.Write(Path.Combine(folder, CsvName), StudyCsv.Of(study));
        AtomicFile.Write(Path.Combine(folder, MarkdownName), StudyMarkdown.Of(study));
        AtomicFile.Write(Path.Combine(folder, HtmlName), StudyHtml.Page(study));
    }
}
