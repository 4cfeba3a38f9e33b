using System.Buffers;
using MessagePack;

namespace RLSeq.Environments;

/// <summary>Reads saved states with a check of what is expected.</summary>
internal static class SavedData
{
    /// <summary>Reads the header of an array that must have a given length.</summary>
    public static void ExpectArray(ref MessagePackReader reader, int length, string what)
    {
        int found = reader.ReadArrayHeader();
        if (found != length) throw new MessagePackSerializationException($"The saved state of {what} has {found} values; expected: {length}.");
    }

    /// <summary>Reads a number that must be neither NaN nor infinite.</summary>
    public static double ReadFinite(ref MessagePackReader reader, string what)
    {
        double value = reader.ReadDouble();
        return double.IsFinite(value) ? value : throw new MessagePackSerializationException($"The saved state of {what} holds {value}; expected: a finite number.");
    }

    /// <summary>Refuses a number of steps that no episode reaches.</summary>
    public static void ExpectSteps(int steps, int most, string what)
    {
        if (steps > most) throw new MessagePackSerializationException($"The saved state of {what} has {steps} steps; expected: at most {most}.");
    }

    /// <summary>Reads an integer that must lie between two bounds, both included.</summary>
    public static int ReadInt(ref MessagePackReader reader, int least, int most, string what)
    {
        int value = reader.ReadInt32();
        return value >= least && value <= most ? value : throw new MessagePackSerializationException($"The saved state of {what} holds {value}; expected: {least} to {most}.");
    }

    /// <summary>Reads bytes into an array that they must fill, each below a bound.</summary>
    public static void ReadBytes(ref MessagePackReader reader, byte[] values, int bound, string what)
    {
        ReadOnlySequence<byte> bytes = reader.ReadBytes() ?? default;
        if (bytes.Length != values.Length) throw new MessagePackSerializationException($"The saved state of {what} has {bytes.Length} bytes; expected: {values.Length}.");
        bytes.CopyTo(values);
        foreach (byte value in values)
            if (value >= bound) throw new MessagePackSerializationException($"The saved state of {what} has a byte {value}; expected: below {bound}.");
    }
}
