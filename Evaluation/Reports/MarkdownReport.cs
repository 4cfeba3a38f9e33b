using System.Text;
using RLSeq.Evaluation.Html;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>A comparison as Markdown: the summary and the tables, for a repository or a pull request.</summary>
public static class MarkdownReport
{
    /// <summary>Writes the report, beside the target first and then renamed.</summary>
    /// <param name="path">The file to write; its folder must exist.</param>
    /// <param name="result">The comparison.</param>
    public static void Write(string path, ComparisonResult result) => AtomicFile.Write(path, ToMarkdown(result, ComparisonTable.From(result)));

    /// <summary>The report's text, from figures that are computed already.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="table">Its figures.</param>
    public static string ToMarkdown(ComparisonResult result, ComparisonTable table)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(table);
        bool many = table.Blocks.Count > 1;
        var text = new StringBuilder();
        text.Append("# ").Append(MarkdownTable.Escape(result.Title)).Append("\n\n");
        text.Append(MarkdownTable.Escape(ReportText.Context(result))).Append("\n\n## Summary\n\n");
        foreach (SummarySentence sentence in ComparisonSummary.Of(table))
        {
            text.Append("- ").Append(sentence.IsCaution ? "**Caution:** " : "");
            if (many && sentence.Environment is { } environment) text.Append(MarkdownTable.Escape(environment)).Append(": ");
            text.Append(MarkdownTable.Escape(sentence.Text)).Append('\n');
        }
        foreach (string note in result.Notes) text.Append("- **Caution:** ").Append(MarkdownTable.Escape(note)).Append('\n');

        text.Append("\n## Comparison\n\n").Append(table.ToMarkdown());
        foreach (ComparisonBlock block in table.Blocks)
            text.Append('\n').Append(many ? MarkdownTable.Escape(block.Environment.Name) + ". " : "").Append(MarkdownTable.Escape(ReportText.LatencyConditions(block))).Append('\n');

        AppendTables(text, table, "Differences of return", LearningTables.Differences);
        AppendTables(text, table, "Return against deadline", ClockTables.Deadlines);
        AppendTables(text, table, "Latency", ClockTables.Acting);
        AppendTables(text, table, "Learning", LearningTables.Cost);
        AppendTables(text, table, "Is the memory used?", LearningTables.MemoryUse);
        text.Append("\n## Every seed\n\n");
        MarkdownTable.Append(text, ReportText.SeedHeader, ReportText.SeedRows(result));
        text.Append("\n## Machine\n\n");
        foreach ((string name, string value) in ReportText.Machine(result.Machine)) text.Append("- ").Append(name).Append(": ").Append(MarkdownTable.Escape(value)).Append('\n');
        text.Append("\n## Run it again\n\n").Append(Indented(result.CommandLine));
        text.Append("\n## How to read this\n\n").AppendJoin("\n\n", ReportText.HowToRead.Select(MarkdownTable.Escape)).Append('\n');
        return text.ToString();
    }

    /// <summary>A section with a table per environment that has one; nothing where none has.</summary>
    private static void AppendTables(StringBuilder text, ComparisonTable table, string heading, Func<ComparisonBlock, FigureTable?> tableOf)
    {
        bool begun = false;
        foreach (ComparisonBlock block in table.Blocks)
        {
            if (tableOf(block) is not { } shown) continue;
            if (!begun) text.Append("\n## ").Append(heading).Append('\n');
            begun = true;
            if (table.Blocks.Count > 1) text.Append("\n### ").Append(MarkdownTable.Escape(block.Environment.Name)).Append('\n');
            text.Append('\n');
            MarkdownTable.Append(text, shown.Header, shown.Rows);
            text.Append('\n').Append(MarkdownTable.Escape(shown.Caption)).Append('\n');
        }
    }

    /// <summary>A code block by indentation, which no text can close.</summary>
    private static string Indented(string code) => string.Concat(code.ReplaceLineEndings("\n").Split('\n').Select(line => "    " + line + "\n"));
}
