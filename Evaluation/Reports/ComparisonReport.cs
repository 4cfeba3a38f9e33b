using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Everything that a comparison leaves in its folder.</summary>
public static class ComparisonReport
{
    /// <summary>The name of the report to open in a browser.</summary>
    public const string HtmlName = "report.html";

    /// <summary>The name of the report in Markdown.</summary>
    public const string MarkdownName = "report.md";

    /// <summary>The name of the table as comma-separated values.</summary>
    public const string CsvName = "results.csv";

    /// <summary>The name of the returns and misses of every seed at every deadline as comma-separated values.</summary>
    public const string DeadlinesName = "deadlines.csv";

    /// <summary>The name of the returns of every seed with its memory tampered with as comma-separated values.</summary>
    public const string MemoryUseName = "memory_use.csv";

    /// <summary>
    /// Writes <c>comparison.json</c>, <c>report.html</c>, <c>report.md</c> and <c>results.csv</c>, and where their data were measured
    /// <c>deadlines.csv</c> and <c>memory_use.csv</c>, each whole or not at all.
    /// </summary>
    /// <param name="directory">The folder, made if it does not exist.</param>
    /// <param name="result">The comparison.</param>
    /// <returns>The figures, for the terminal.</returns>
    public static ComparisonTable Write(string directory, ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Directory.CreateDirectory(directory);
        result.Save(Path.Combine(directory, ComparisonResult.FileName));
        ComparisonTable table = ComparisonTable.From(result);
        AtomicFile.Write(Path.Combine(directory, HtmlName), HtmlReport.ToHtml(result, table));
        AtomicFile.Write(Path.Combine(directory, MarkdownName), MarkdownReport.ToMarkdown(result, table));
        AtomicFile.Write(Path.Combine(directory, CsvName), table.ToCsv());
        if (result.Results.Any(memory => memory.Deadlines.Count > 0)) AtomicFile.Write(Path.Combine(directory, DeadlinesName), LongTables.Deadlines(result));
        if (result.Results.Any(memory => memory.MemoryUse.Count > 0)) AtomicFile.Write(Path.Combine(directory, MemoryUseName), LongTables.MemoryUse(result));
        return table;
    }
}
