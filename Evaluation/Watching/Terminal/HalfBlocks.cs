using System.Globalization;
using System.Text;

namespace RLSeq.Evaluation.Terminal;

/// <summary>
/// Pictures in a terminal with 24-bit colours: every letter is the upper half block, whose foreground is one pixel and whose background is
/// the one below.
/// </summary>
public static class HalfBlocks
{
    private const char Upper = '▀';

    /// <summary>Back to the terminal's own colours.</summary>
    public const string Reset = "\u001B[0m";

    /// <summary>Draws a picture, scaled down by averaging where it is too wide or too high; the ratio of its sides stays.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="columns">The letters that a line may have, at least 1.</param>
    /// <param name="rows">The lines that there may be, at least 1; each holds two rows of pixels.</param>
    /// <returns>The lines, each ending in <see cref="Reset"/>.</returns>
    public static IReadOnlyList<string> Draw(Picture picture, int columns, int rows)
    {
        Picture small = Shrink(picture, Math.Max(1, columns), 2 * Math.Max(1, rows));
        var lines = new List<string>((small.Height + 1) / 2);
        var line = new StringBuilder();
        for (int y = 0; y < small.Height; y += 2)
        {
            line.Clear();
            (int, int) before = (-1, -1);
            for (int x = 0; x < small.Width; x++)
            {
                int upper = Colour(small, x, y), lower = y + 1 < small.Height ? Colour(small, x, y + 1) : -1;
                if ((upper, lower) != before) Append(line, upper, lower);
                before = (upper, lower);
                line.Append(Upper);
            }
            lines.Add(line.Append(Reset).ToString());
        }
        return lines;
    }

    /// <summary>Scales a picture down until it fits; every pixel is the mean of those that it stands for.</summary>
    internal static Picture Shrink(Picture picture, int mostWidth, int mostHeight)
    {
        double scale = Math.Max(1, Math.Max((double)picture.Width / mostWidth, (double)picture.Height / mostHeight));
        if (scale == 1) return picture;
        int width = Math.Clamp((int)(picture.Width / scale), 1, mostWidth), height = Math.Clamp((int)(picture.Height / scale), 1, mostHeight);
        var pixels = new byte[width * height * 3];
        for (int y = 0; y < height; y++)
        {
            (int top, int bottom) = Stretch(y, height, picture.Height);
            for (int x = 0; x < width; x++)
            {
                (int left, int right) = Stretch(x, width, picture.Width);
                for (int c = 0; c < 3; c++) pixels[(((y * width) + x) * 3) + c] = Mean(picture, left, right, top, bottom, c);
            }
        }
        return new Picture(width, height, pixels);
    }

    private static (int From, int To) Stretch(int at, int count, int length) => ((int)((long)at * length / count), Math.Max((int)((long)(at + 1) * length / count), (int)((long)at * length / count) + 1));

    private static byte Mean(Picture picture, int left, int right, int top, int bottom, int channel)
    {
        long sum = 0;
        for (int y = top; y < bottom; y++)
            for (int x = left; x < right; x++) sum += picture.Pixels[(((y * picture.Width) + x) * 3) + channel];
        int count = (right - left) * (bottom - top);
        return (byte)((sum + (count / 2)) / count);
    }

    private static int Colour(Picture picture, int x, int y)
    {
        ReadOnlySpan<byte> pixel = picture.Pixels.AsSpan(((y * picture.Width) + x) * 3, 3);
        return (pixel[0] << 16) | (pixel[1] << 8) | pixel[2];
    }

    /// <summary>A last row without one below it leaves the background as it is.</summary>
    private static void Append(StringBuilder line, int upper, int lower)
    {
        line.Append(CultureInfo.InvariantCulture, $"\u001B[38;2;{upper >> 16};{(upper >> 8) & 255};{upper & 255}");
        line.Append(lower < 0 ? ";49m" : string.Create(CultureInfo.InvariantCulture, $";48;2;{lower >> 16};{(lower >> 8) & 255};{lower & 255}m"));
    }
}
