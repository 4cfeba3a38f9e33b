namespace RLSeq.Evaluation;

/// <summary>A picture's pixels.</summary>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
/// <param name="Pixels">Red, green and blue of each pixel, row by row from the top left: <c>[Height, Width, 3]</c>.</param>
public sealed record Picture(int Width, int Height, byte[] Pixels);
