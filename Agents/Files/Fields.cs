using MessagePack;

namespace RLSeq.Agents;

/// <summary>Reading the fixed fields of a policy file.</summary>
internal static class Fields
{
    /// <summary>The largest Transformer has half as many weights.</summary>
    private const int MostEntries = 8192;

    /// <summary>Throws unless a map or array has the number of fields that the format fixes.</summary>
    public static void Count(int count, int expected, string what)
    {
        if (count != expected) throw new PolicyFormatException($"{what} in it has {count} fields; expected {expected}");
    }

    /// <summary>The number of entries of a map whose names are free. Few, since names may be chosen so that a dictionary compares every two of them.</summary>
    public static int Entries(ref MessagePackReader reader)
    {
        int count = reader.ReadMapHeader();
        CheckEntries(count);
        return count;
    }

    /// <summary>Begins such a map; what could not be read is not written.</summary>
    public static void WriteEntries(ref MessagePackWriter writer, int count)
    {
        CheckEntries(count);
        writer.WriteMapHeader(count);
    }

    private static void CheckEntries(int count)
    {
        if (count > MostEntries) throw new PolicyFormatException($"it has a map of {count} names; at most {MostEntries} are allowed");
    }

    /// <summary>Reads the name of the next field, which the format fixes.</summary>
    public static void Expect(ref MessagePackReader reader, string name)
    {
        string found = Text(ref reader);
        if (!string.Equals(found, name, StringComparison.Ordinal)) throw new PolicyFormatException($"it has the field '{Shown.Text(found)}' where '{name}' was expected");
    }

    /// <summary>Reads text that is not nil.</summary>
    public static string Text(ref MessagePackReader reader) => reader.ReadString() ?? throw new PolicyFormatException("it has nil where text was expected");

    /// <summary>Adds an entry whose name must be new.</summary>
    public static void Add<T>(Dictionary<string, T> entries, string name, T value)
    {
        if (!entries.TryAdd(name, value)) throw new PolicyFormatException($"it has '{Shown.Text(name)}' twice");
    }
}
