using System.Text;

namespace RLSeq.Cli.Output;

/// <summary>
/// Frames of text: one over the other in a terminal, whose cursor is hidden meanwhile, or one after the other where the output goes
/// elsewhere.
/// </summary>
internal sealed class WatchScreen : IDisposable
{
    private const string HideCursor = "\u001B[?25l", ShowCursor = "\u001B[?25h", Clear = "\u001B[2J", Home = "\u001B[H", ClearLine = "\u001B[K", ClearBelow = "\u001B[J";
    private const int UsualColumns = 80, UsualRows = 24;

    private readonly TextWriter _output;
    private readonly StringBuilder _frame = new();

    public WatchScreen(TextWriter output, bool inPlace)
    {
        (_output, InPlace) = (output, inPlace);
        if (inPlace) _output.Write(HideCursor + Clear);
    }

    /// <summary>Whether frames stand one over the other.</summary>
    public bool InPlace { get; }

    /// <summary>The letters of a line and the lines there are; a terminal may change them at any time.</summary>
    public (int Columns, int Rows) Size
    {
        get
        {
            if (!InPlace) return (UsualColumns, UsualRows);
            try
            {
                return (Console.WindowWidth > 0 ? Console.WindowWidth : UsualColumns, Console.WindowHeight > 1 ? Console.WindowHeight : UsualRows);
            }
            catch (IOException)
            {
                return (UsualColumns, UsualRows); // a terminal that does not say
            }
        }
    }

    /// <summary>Shows a frame.</summary>
    /// <param name="lines">Its lines; in a terminal what does not fit is cut off, but for lines that hold colours, which must fit.</param>
    public void Show(IReadOnlyList<string> lines)
    {
        _frame.Clear();
        (int columns, int rows) = Size;
        if (InPlace) _frame.Append(Home);
        for (int i = 0; i < lines.Count && (!InPlace || i < rows - 1); i++)
        {
            string line = lines[i];
            _frame.Append(InPlace && line.Length > columns && !line.Contains('\u001B', StringComparison.Ordinal) ? line.AsSpan(0, columns) : line);
            _frame.Append(InPlace ? ClearLine + "\n" : "\n");
        }
        _frame.Append(InPlace ? ClearBelow : "\n");
        _output.Write(_frame);
        _output.Flush();
    }

    /// <summary>Gives the cursor back, below the last frame.</summary>
    public void Dispose()
    {
        if (!InPlace) return;
        _output.Write(ShowCursor);
        _output.Flush();
    }
}
