namespace RLSeq.Environments.Drawing;

/// <summary>Draws whole numbers, in digits of 3x5 dots.</summary>
public static class RasterDigits
{
    /// <summary>The width of a digit in dots; the gap after it is one more.</summary>
    public const int Width = 3;

    /// <summary>The height of a digit in dots.</summary>
    public const int Height = 5;

    // Five rows of three dots, from the top, the left one first.
    private static ReadOnlySpan<ushort> Digits =>
    [
        0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111, 0b101_101_111_001_001,
        0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_010_010_010, 0b111_101_111_101_111, 0b111_101_111_001_111,
    ];

    /// <summary>Draws a number.</summary>
    /// <param name="raster">The image.</param>
    /// <param name="left">The left edge of its first digit.</param>
    /// <param name="top">The upper edge.</param>
    /// <param name="dot">The size of a dot in pixels.</param>
    /// <param name="number">The number; of a negative one the digits alone are drawn.</param>
    /// <param name="color">The colour.</param>
    public static void DrawNumber(this Raster raster, double left, double top, double dot, int number, Color color)
    {
        long rest = Math.Abs((long)number), unit = 1;
        while (rest / unit >= 10) unit *= 10;
        for (; unit > 0; rest %= unit, unit /= 10, left += (Width + 1) * dot)
        {
            int dots = Digits[(int)(rest / unit)];
            for (int i = 0; i < Width * Height; i++)
                if ((dots >> ((Width * Height) - 1 - i) & 1) != 0) raster.FillRectangle(left + (i % Width * dot), top + (i / Width * dot), dot, dot, color);
        }
    }
}
