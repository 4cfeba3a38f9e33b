using System.Text;

namespace RLSeq.Evaluation;

/// <summary>The comparison as Markdown tables.</summary>
internal static class MarkdownTable
{
    public static string Write(ComparisonTable table)
    {
        var text = new StringBuilder();
        foreach (ComparisonBlock block in table.Blocks)
        {
            if (text.Length > 0) text.Append('\n');
            if (table.Blocks.Count > 1) text.Append("### ").Append(Escape(block.Environment.Name)).Append("\n\n");
            Append(text, Cells.Header, block.Rows.Select(Cells.Of));
        }
        if (table.Benchmark.Count > 0)
        {
            text.Append("\n### All environments (random = 0, reference = 1)\n\n");
            Append(text, Cells.BenchmarkHeader, table.Benchmark.Select(Cells.Of));
        }
        return text.ToString();
    }

    public static void Append(StringBuilder text, string[] header, IEnumerable<string[]> rows)
    {
        AppendRow(text, header);
        AppendRow(text, [":--", .. Enumerable.Repeat("--:", header.Length - 1)], escape: false);
        foreach (string[] row in rows) AppendRow(text, row);
    }

    /// <summary>Text as it stands: whatever Markdown or HTML would read as markup is escaped, and a line stays one line.</summary>
    public static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (char.IsControl(c)) text.Append(' ');
            else if (c == '<') text.Append("&lt;");
            else if (c == '&') text.Append("&amp;");
            else if (c is '\\' or '|' or '`' or '*' or '_' or '>' or '#' or '~' || OpensLink(value, i)) text.Append('\\').Append(c);
            else text.Append(c);
        }
        return text.ToString();
    }

    /// <summary>Brackets are plain text, as in an interval, unless what follows makes a link of them.</summary>
    private static bool OpensLink(string value, int i) => value[i] == ']' && i + 1 < value.Length && value[i + 1] is '(' or '[' or ':';

    private static void AppendRow(StringBuilder text, string[] cells, bool escape = true) =>
        text.Append("| ").AppendJoin(" | ", escape ? cells.Select(Escape) : cells).Append(" |\n");
}
