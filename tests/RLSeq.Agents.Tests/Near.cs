namespace RLSeq.Agents.Tests;

/// <summary>Comparison of floats: |a − b| ≤ tolerance · max(1, |b|).</summary>
internal static class Near
{
    public static void Equal(double expected, double actual, double tolerance, string where) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected)), $"At {where}: expected {expected}, found {actual}.");

    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string where)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++) Equal(expected[i], actual[i], tolerance, $"{where}, element {i}");
    }

    /// <summary>Bit for bit.</summary>
    public static void Same(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string where)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]), $"At {where}, element {i}: expected {expected[i]:R}, found {actual[i]:R}.");
    }
}
