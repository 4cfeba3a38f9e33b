namespace RLSeq.Environments.Drawing;

/// <summary>A small board of letters that drawings are put together on.</summary>
internal sealed class TextCanvas
{
    private readonly char[] _letters;

    public TextCanvas(int width, int height)
    {
        (Width, Height, _letters) = (width, height, new char[width * height]);
        _letters.AsSpan().Fill(' ');
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Puts a letter; outside of the canvas nothing happens.</summary>
    public void Put(int x, int y, char letter)
    {
        if (x >= 0 && x < Width && y >= 0 && y < Height) _letters[(y * Width) + x] = letter;
    }

    /// <summary>Puts letters along a line.</summary>
    public void Line(double x0, double y0, double x1, double y1, char letter)
    {
        int steps = 1 + (int)Math.Ceiling(2 * Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)));
        for (int i = 0; i <= steps; i++)
            Put((int)Math.Floor(x0 + ((x1 - x0) * i / steps)), (int)Math.Floor(y0 + ((y1 - y0) * i / steps)), letter);
    }

    /// <summary>Writes the lines, without blanks at their ends.</summary>
    public void Write(TextWriter output)
    {
        for (int y = 0; y < Height; y++) output.WriteLine(new string(_letters, y * Width, Width).TrimEnd());
    }
}
