using MessagePack;

namespace RLSeq.Environments;

/// <summary>Writes and reads a random generator: its four numbers.</summary>
internal static class SavedRandom
{
    public static void Write(ref MessagePackWriter writer, RandomSource random)
    {
        (ulong s0, ulong s1, ulong s2, ulong s3) = random.State;
        writer.WriteArrayHeader(4);
        writer.Write(s0);
        writer.Write(s1);
        writer.Write(s2);
        writer.Write(s3);
    }

    public static RandomSource Read(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 4, "a random generator");
        (ulong, ulong, ulong, ulong) state = (reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64());

        // All zero is what an environment holds before its first reset; no generator gets there by drawing.
        return state == default ? default : new RandomSource(state);
    }
}
