using System.Text;

namespace RLSeq.Cli.Output;

/// <summary>A table of sentences for a terminal: every column has its width, within which words wrap.</summary>
internal static class WrappedTable
{
    private const string Gap = "  ";

    /// <summary>Lays rows out.</summary>
    /// <param name="widths">The columns' widths in letters.</param>
    /// <param name="rows">The rows, the header among them; each has a cell per column.</param>
    public static string Write(int[] widths, IEnumerable<string[]> rows)
    {
        var lines = new List<string>();
        foreach (string[] row in rows)
        {
            List<string>[] cells = [.. row.Select((cell, column) => Wrap(cell, widths[column]))];
            for (int line = 0; line < cells.Max(cell => cell.Count); line++)
                lines.Add(string.Join(Gap, cells.Select((cell, column) => (line < cell.Count ? cell[line] : "").PadRight(widths[column]))).TrimEnd());
        }
        return string.Join('\n', lines);
    }

    /// <summary>Breaks at spaces, and within what is longer than a line. A text must not be able to steer the terminal.</summary>
    private static List<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (string word in string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width) Flush();
            if (line.Length > 0) line.Append(' ');
            line.Append(word);
            while (line.Length > width)
            {
                lines.Add(line.ToString(0, width));
                line.Remove(0, width);
            }
        }
        Flush();
        return lines;

        void Flush()
        {
            lines.Add(line.ToString());
            line.Clear();
        }
    }
}
