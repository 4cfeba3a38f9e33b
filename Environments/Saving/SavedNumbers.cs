using MessagePack;

namespace RLSeq.Environments;

/// <summary>Reads numbers of saved states with a check of their range, so that a damaged state never indexes outside an array or leaves a space.</summary>
internal static class SavedNumbers
{
    /// <summary>Reads an integer from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public static int Read(ref MessagePackReader reader, int low, int high, string what)
    {
        int value = reader.ReadInt32();
        return value >= low && value <= high ? value : throw new MessagePackSerializationException($"The saved state of {what} holds {value}; expected: {low} to {high}.");
    }

    /// <summary>Reads a number from <paramref name="low"/> to <paramref name="high"/>, both included; never NaN.</summary>
    public static double ReadReal(ref MessagePackReader reader, double low, double high, string what)
    {
        double value = reader.ReadDouble();
        return value >= low && value <= high ? value : throw new MessagePackSerializationException($"The saved state of {what} holds {value}; expected: {low} to {high}.");
    }

    /// <summary>Writes an array of small numbers.</summary>
    public static void WriteAll(ref MessagePackWriter writer, ReadOnlySpan<byte> values)
    {
        writer.WriteArrayHeader(values.Length);
        foreach (byte value in values) writer.Write(value);
    }

    /// <summary>Reads what <see cref="WriteAll"/> wrote: exactly as many numbers, each below a bound.</summary>
    public static void ReadAll(ref MessagePackReader reader, Span<byte> values, int bound, string what)
    {
        SavedData.ExpectArray(ref reader, values.Length, what);
        foreach (ref byte value in values) value = (byte)Read(ref reader, 0, bound - 1, what);
    }
}
