using System.Numerics;
using System.Runtime.InteropServices;

namespace RLSeq.Environments;

/// <summary>A quick search for NaN and infinity.</summary>
internal static class Finite
{
    /// <summary>Whether all values are finite: zero times a finite number is zero, zero times any other is NaN.</summary>
    public static bool All(ReadOnlySpan<float> values)
    {
        float sum = 0;
        if (values.Length >= Vector<float>.Count)
        {
            ReadOnlySpan<Vector<float>> blocks = MemoryMarshal.Cast<float, Vector<float>>(values);
            Vector<float> sums = Vector<float>.Zero;
            foreach (Vector<float> block in blocks) sums += block * Vector<float>.Zero;
            sum = Vector.Dot(sums, Vector<float>.One);
            values = values[(blocks.Length * Vector<float>.Count)..];
        }
        foreach (float value in values) sum += value * 0;
        return sum == 0;
    }
}
