namespace RLSeq.Environments.Suite;

/// <summary>Draws square boards.</summary>
internal static class GridText
{
    /// <summary>Draws one letter per cell, row by row, with a space between them.</summary>
    public static void Render(TextWriter output, byte[] cells, int size, Func<byte, char> letter)
    {
        for (int row = 0; row < size; row++)
            output.WriteLine(string.Join(' ', Enumerable.Range(row * size, size).Select(i => letter(cells[i]))));
    }
}
