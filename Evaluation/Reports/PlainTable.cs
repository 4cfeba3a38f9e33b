using System.Text;

namespace RLSeq.Evaluation;

/// <summary>The comparison for a terminal: columns aligned, the first one to the left, within 100 columns.</summary>
internal static class PlainTable
{
    private const int Width = 100;
    private const string Gap = "  ";

    public static string Write(ComparisonTable table)
    {
        var text = new StringBuilder();
        foreach (ComparisonBlock block in table.Blocks)
        {
            if (text.Length > 0) text.Append('\n');
            text.Append(Shortened(Printable(block.Environment.Name), Width)).Append('\n');
            Append(text, Cells.Header, [.. block.Rows.Select(Cells.Of)]);
            if (ClockTables.Brief(block) is { } clock) Append(text.Append("under a deadline, the world not waiting\n"), clock.Header, [.. clock.Rows]);
        }
        if (table.Benchmark.Count > 0)
        {
            text.Append("\nall environments, random = 0, reference = 1\n");
            Append(text, Cells.BenchmarkHeader, [.. table.Benchmark.Select(Cells.Of)]);
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, string[] header, string[][] rows)
    {
        string[][] lines = [header, .. rows.Select(row => row.Select(Printable).ToArray())];
        int[] widths = [.. header.Select((_, column) => lines.Max(line => line[column].Length))];
        int spare = Width - widths.Sum() - (Gap.Length * (widths.Length - 1));
        if (spare < 0) widths[0] = Math.Max(8, widths[0] + spare);

        foreach (string[] line in lines)
        {
            text.Append(Shortened(line[0], widths[0]).PadRight(widths[0]));
            for (int column = 1; column < line.Length; column++) text.Append(Gap).Append(line[column].PadLeft(widths[column]));
            text.Append('\n');
        }
    }

    private static string Shortened(string name, int width) => name.Length <= width ? name : string.Concat(name.AsSpan(0, width - 1), "…");

    /// <summary>Without control characters: a name must not be able to steer the terminal.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
