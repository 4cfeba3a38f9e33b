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
}
