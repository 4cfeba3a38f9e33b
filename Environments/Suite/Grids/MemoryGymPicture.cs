using System.Numerics;
using System.Runtime.InteropServices;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>What the images of Memory Gym's grids share: 84x84 pixels and the character.</summary>
internal static class MemoryGymPicture
{
    public const int Size = 84;
    private static readonly Color Body = new(250, 204, 153), Hand = Color.Gray(50);

    /// <summary>Draws the character: a disc of radius 6 with two hands that show where it looks.</summary>
    public static void DrawWalker(this Raster raster, double x, double y, (int X, int Y) direction)
    {
        const double Reach = 4;
        (int dx, int dy) = direction;
        raster.FillDisc(x, y, 6, Body);
        raster.FillDisc(x + (Reach * (dx - dy)), y + (Reach * (dy + dx)), 2.2, Hand);
        raster.FillDisc(x + (Reach * (dx + dy)), y + (Reach * (dy - dx)), 2.2, Hand);
    }

    /// <summary>Turns an image into an observation: every byte becomes a float of the same value.</summary>
    public static void Widen(ReadOnlySpan<byte> pixels, Span<float> observation)
    {
        ReadOnlySpan<Vector<byte>> bytes = MemoryMarshal.Cast<byte, Vector<byte>>(pixels);
        Span<Vector<float>> floats = MemoryMarshal.Cast<float, Vector<float>>(observation);
        for (int j = 0; j < bytes.Length; j++)
        {
            Vector.Widen(bytes[j], out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            floats[4 * j] = Vector.ConvertToSingle(Vector.AsVectorInt32(first));
            floats[(4 * j) + 1] = Vector.ConvertToSingle(Vector.AsVectorInt32(second));
            floats[(4 * j) + 2] = Vector.ConvertToSingle(Vector.AsVectorInt32(third));
            floats[(4 * j) + 3] = Vector.ConvertToSingle(Vector.AsVectorInt32(fourth));
        }
        for (int i = bytes.Length * Vector<byte>.Count; i < pixels.Length; i++) observation[i] = pixels[i];
    }
}
