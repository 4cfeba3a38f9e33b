namespace RLSeq.Environments.Drawing;

/// <summary>A colour of a pixel.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct Color(byte Red, byte Green, byte Blue)
{
    /// <summary>No light.</summary>
    public static Color Black => new(0, 0, 0);

    /// <summary>All light.</summary>
    public static Color White => new(255, 255, 255);

    /// <summary>A grey.</summary>
    /// <param name="level">0 is black, 255 white.</param>
    public static Color Gray(byte level) => new(level, level, level);
}
