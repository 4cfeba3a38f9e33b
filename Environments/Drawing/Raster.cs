namespace RLSeq.Environments.Drawing;

/// <summary>
/// Draws filled shapes into the bytes of an image, <c>[height, width, 3]</c>. Coordinates are in pixels, x to the right and y
/// downwards; pixel (i, j) covers the square from (i, j) to (i + 1, j + 1), and a shape fills the pixels whose centres lie in it. What
/// lies outside of the image is cut off. Nothing is allocated, and the pixels are the same on every machine.
/// </summary>
/// <remarks>There is no smoothing of edges: an agent that learns from the image gets few, clear colours.</remarks>
public readonly ref struct Raster
{
    private readonly Span<byte> _pixels;

    /// <summary>Draws into an image that exists.</summary>
    /// <param name="pixels">The image, <c>[height, width, 3]</c>; kept, not copied.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public Raster(Span<byte> pixels, int width, int height)
    {
        if (width < 1 || height < 1 || pixels.Length != 3L * width * height)
            throw new ArgumentException($"An image of {width} x {height} pixels needs {3L * width * height} bytes; given: {pixels.Length}.", nameof(pixels));
        _pixels = pixels;
        (Width, Height) = (width, height);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Fills the whole image.</summary>
    /// <param name="color">The colour.</param>
    public void Clear(Color color) => FillRectangle(0, 0, Width, Height, color);

    /// <summary>Fills a rectangle.</summary>
    /// <param name="left">Its left edge.</param>
    /// <param name="top">Its upper edge.</param>
    /// <param name="width">Its width; nothing is drawn where it is not above 0.</param>
    /// <param name="height">Its height; nothing is drawn where it is not above 0.</param>
    /// <param name="color">The colour.</param>
    public void FillRectangle(double left, double top, double width, double height, Color color)
    {
        int first = FirstCentre(top, Height), last = FirstCentre(top + height, Height), begin = FirstCentre(left, Width), end = FirstCentre(left + width, Width);
        if (last <= first || end <= begin) return;
        FillRow(first, left, left + width, color);
        ReadOnlySpan<byte> row = _pixels.Slice(3 * ((first * Width) + begin), 3 * (end - begin));
        for (int y = first + 1; y < last; y++) row.CopyTo(_pixels.Slice(3 * ((y * Width) + begin)));
    }

    /// <summary>Draws the border of a rectangle, inside of it.</summary>
    /// <param name="left">Its left edge.</param>
    /// <param name="top">Its upper edge.</param>
    /// <param name="width">Its width.</param>
    /// <param name="height">Its height.</param>
    /// <param name="thickness">The thickness of the border.</param>
    /// <param name="color">The colour.</param>
    public void DrawRectangle(double left, double top, double width, double height, double thickness, Color color)
    {
        FillRectangle(left, top, width, thickness, color);
        FillRectangle(left, top + height - thickness, width, thickness, color);
        FillRectangle(left, top, thickness, height, color);
        FillRectangle(left + width - thickness, top, thickness, height, color);
    }

    /// <summary>Fills a disc.</summary>
    /// <param name="x">Its centre.</param>
    /// <param name="y">Its centre.</param>
    /// <param name="radius">Its radius; nothing is drawn where it is not above 0.</param>
    /// <param name="color">The colour.</param>
    public void FillDisc(double x, double y, double radius, Color color)
    {
        if (!(radius > 0)) return;
        int last = FirstCentre(y + radius, Height);
        for (int row = FirstCentre(y - radius, Height); row < last; row++)
        {
            double up = row + 0.5 - y, half = Math.Sqrt(Math.Max(0, (radius * radius) - (up * up)));
            FillRow(row, x - half, x + half, color);
        }
    }

    /// <summary>Draws a line with round ends: all points that are at most half of the thickness away from it.</summary>
    /// <param name="x0">Where it begins.</param>
    /// <param name="y0">Where it begins.</param>
    /// <param name="x1">Where it ends.</param>
    /// <param name="y1">Where it ends.</param>
    /// <param name="thickness">Its thickness; nothing is drawn where it is not above 0.</param>
    /// <param name="color">The colour.</param>
    public void DrawLine(double x0, double y0, double x1, double y1, double thickness, Color color)
    {
        if (!(thickness > 0)) return;
        double radius = thickness / 2, dx = x1 - x0, dy = y1 - y0, length = Math.Sqrt((dx * dx) + (dy * dy));
        FillDisc(x0, y0, radius, color);
        if (!(length > 0)) return;
        FillDisc(x1, y1, radius, color);
        double sideX = -dy / length * radius, sideY = dx / length * radius;
        FillPolygon(stackalloc double[] { x0 + sideX, y0 + sideY, x1 + sideX, y1 + sideY, x1 - sideX, y1 - sideY, x0 - sideX, y0 - sideY }, color);
    }

    /// <summary>Fills a polygon; where it crosses itself, what lies inside an even number of times stays empty.</summary>
    /// <param name="corners">x and y of each corner in turn.</param>
    /// <param name="color">The colour.</param>
    /// <exception cref="ArgumentException">There are fewer than 3 corners, more than 64, or an odd number of coordinates.</exception>
    public void FillPolygon(ReadOnlySpan<double> corners, Color color)
    {
        const int MostCorners = 64;
        if (corners.Length is < 6 or > 2 * MostCorners || corners.Length % 2 != 0)
            throw new ArgumentException($"A polygon needs x and y of 3 to {MostCorners} corners; given: {corners.Length} coordinates.", nameof(corners));
        (double top, double bottom) = (corners[1], corners[1]);
        for (int i = 3; i < corners.Length; i += 2) (top, bottom) = (Math.Min(top, corners[i]), Math.Max(bottom, corners[i]));
        Span<double> crossings = stackalloc double[MostCorners];
        int last = FirstCentre(bottom, Height);
        for (int row = FirstCentre(top, Height); row < last; row++)
        {
            int count = Crossings(corners, row + 0.5, crossings);
            for (int i = 0; i + 1 < count; i += 2) FillRow(row, crossings[i], crossings[i + 1], color);
        }
    }

    /// <summary>Where the edges of a polygon cross a horizontal line, in order.</summary>
    private static int Crossings(ReadOnlySpan<double> corners, double y, Span<double> crossings)
    {
        int count = 0;
        (double x0, double y0) = (corners[^2], corners[^1]);
        for (int i = 0; i < corners.Length; i += 2)
        {
            (double x1, double y1) = (corners[i], corners[i + 1]);
            if (y0 <= y != y1 <= y) // a corner on the line belongs to one of its two edges
            {
                double x = x0 + ((y - y0) / (y1 - y0) * (x1 - x0));
                int place = count++;
                for (; place > 0 && crossings[place - 1] > x; place--) crossings[place] = crossings[place - 1];
                crossings[place] = x;
            }
            (x0, y0) = (x1, y1);
        }
        return count;
    }

    private void FillRow(int row, double left, double right, Color color)
    {
        int first = FirstCentre(left, Width), last = FirstCentre(right, Width);
        if (last <= first) return;
        Span<byte> pixels = _pixels.Slice(3 * ((row * Width) + first), 3 * (last - first));
        (pixels[0], pixels[1], pixels[2]) = (color.Red, color.Green, color.Blue);

        // What is filled is copied behind itself, twice as much each time.
        for (int filled = 3; filled < pixels.Length; filled *= 2)
            pixels[..Math.Min(filled, pixels.Length - filled)].CopyTo(pixels[filled..]);
    }

    /// <summary>The first pixel whose centre lies at or beyond an edge, kept within the image; NaN gives the first one.</summary>
    private static int FirstCentre(double edge, int count) => edge > 0.5 ? edge < count ? (int)Math.Ceiling(edge - 0.5) : count : 0;
}
