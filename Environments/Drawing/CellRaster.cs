namespace RLSeq.Environments.Drawing;

/// <summary>Draws boards: shapes in the middle of square cells.</summary>
internal static class CellRaster
{
    /// <summary>Fills a cell.</summary>
    public static void FillCell(this Raster raster, int x, int y, int cell, Color color) => raster.FillRectangle(x * cell, y * cell, cell, cell, color);

    /// <summary>Fills a cell and draws its border.</summary>
    public static void FillCell(this Raster raster, int x, int y, int cell, Color color, Color border)
    {
        raster.FillCell(x, y, cell, color);
        raster.DrawRectangle(x * cell, y * cell, cell, cell, 1, border);
    }

    /// <summary>Draws a disc in the middle of a cell; its radius is a share of the cell.</summary>
    public static void DrawDisc(this Raster raster, int x, int y, int cell, double radius, Color color) =>
        raster.FillDisc((x + 0.5) * cell, (y + 0.5) * cell, radius * cell, color);

    /// <summary>Draws a number in the middle of a cell; its digits are half as high as the cell.</summary>
    public static void DrawNumber(this Raster raster, int x, int y, int cell, int number, Color color)
    {
        double dot = 0.5 * cell / RasterDigits.Height;
        int dots = RasterDigits.Width;
        for (int rest = number / 10; rest > 0; rest /= 10) dots += RasterDigits.Width + 1;
        raster.DrawNumber(((x + 0.5) * cell) - (dots * dot / 2), (y + 0.25) * cell, dot, number, color);
    }

    /// <summary>Draws an arrowhead in the middle of a cell that points along (dx, dy), one of which is 0 and the other 1 or -1.</summary>
    public static void DrawArrow(this Raster raster, int x, int y, int cell, int dx, int dy, Color color)
    {
        double middleX = (x + 0.5) * cell, middleY = (y + 0.5) * cell, half = 0.35 * cell;
        raster.FillPolygon(
            stackalloc double[]
            {
                middleX + (half * dx), middleY + (half * dy),
                middleX - (half * dx) - (half * dy), middleY - (half * dy) + (half * dx),
                middleX - (half * dx) + (half * dy), middleY - (half * dy) - (half * dx),
            },
            color);
    }

    /// <summary>Draws a key in the middle of a cell.</summary>
    public static void DrawKey(this Raster raster, int x, int y, int cell, Color color)
    {
        double left = x * cell, top = y * cell;
        raster.FillDisc(left + (0.5 * cell), top + (0.28 * cell), 0.2 * cell, color);
        raster.FillRectangle(left + (0.43 * cell), top + (0.3 * cell), 0.14 * cell, 0.6 * cell, color);
        raster.FillRectangle(left + (0.5 * cell), top + (0.62 * cell), 0.25 * cell, 0.1 * cell, color);
        raster.FillRectangle(left + (0.5 * cell), top + (0.8 * cell), 0.25 * cell, 0.1 * cell, color);
    }
}
