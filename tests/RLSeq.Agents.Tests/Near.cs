using System.Runtime.InteropServices;

namespace RLSeq.Agents.Tests;

/// <summary>Comparison of floats: |a − b| ≤ tolerance · max(1, |b|). Nothing is put into words until it fails, as the laws compare millions.</summary>
internal static class Near
{
    public static void Equal(double expected, double actual, double tolerance, string where)
    {
        if (!IsNear(expected, actual, tolerance)) Assert.Fail($"At {where}: expected {expected}, found {actual}.");
    }

    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string where)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            if (!IsNear(expected[i], actual[i], tolerance)) Assert.Fail($"At {where}, element {i}: expected {expected[i]}, found {actual[i]}.");
    }

    /// <summary>Bit for bit.</summary>
    public static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string where)
    {
        Assert.Equal(expected.Length, actual.Length);
        int same = MemoryMarshal.Cast<float, int>(expected).CommonPrefixLength(MemoryMarshal.Cast<float, int>(actual));
        if (same < expected.Length) Assert.Fail($"At {where}, element {same}: expected {expected[same]:R}, found {actual[same]:R}.");
    }

    /// <summary>False where a number is NaN.</summary>
    private static bool IsNear(double expected, double actual, double tolerance) =>
        Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected));
}
