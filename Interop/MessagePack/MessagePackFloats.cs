using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MessagePack;

/// <summary>
/// Arrays of floats as one bin of little-endian 32-bit floats: 4 bytes each and one copy, where an array of values has 5 and a
/// branch for each. In Python: <c>numpy.frombuffer(value, "&lt;f4")</c>.
/// </summary>
/// <remarks>Ours, not MessagePack-CSharp's; it is built on the parts of the reader and writer that both have.</remarks>
public static class MessagePackFloats
{
    /// <summary>Writes floats.</summary>
    /// <param name="writer">Where to write.</param>
    /// <param name="values">The floats, at most 2^29 - 1; every bit is kept, those of NaN included.</param>
    /// <exception cref="OverflowException">There are more floats than a bin can hold.</exception>
    public static void WriteFloats(ref MessagePackWriter writer, scoped ReadOnlySpan<float> values)
    {
        writer.WriteBinHeader(checked(values.Length * sizeof(float)));
        if (BitConverter.IsLittleEndian) writer.WriteRaw(MemoryMarshal.AsBytes(values));
        else WriteSwapped(ref writer, values);
    }

    /// <summary>Reads floats into a new array, which is no larger than the data.</summary>
    /// <param name="reader">Stands before the value.</param>
    /// <exception cref="MessagePackSerializationException">The next value is not bytes, nor a whole number of floats, or is cut off.</exception>
    public static float[] ReadFloats(ref MessagePackReader reader)
    {
        ReadOnlySequence<byte> bytes = ReadBin(ref reader);
        if (bytes.Length % sizeof(float) != 0)
            throw new MessagePackSerializationException($"Expected 32-bit floats; found {bytes.Length} bytes, which is not a multiple of 4.");
        float[] values = new float[bytes.Length / sizeof(float)];
        Copy(bytes, values);
        return values;
    }

    /// <summary>Reads floats into a span, which must be of their number.</summary>
    /// <param name="reader">Stands before the value.</param>
    /// <param name="values">Receives the floats.</param>
    /// <exception cref="MessagePackSerializationException">The next value is not bytes, of another number of floats, or cut off.</exception>
    public static void ReadFloats(ref MessagePackReader reader, scoped Span<float> values)
    {
        ReadOnlySequence<byte> bytes = ReadBin(ref reader);
        if (bytes.Length != (long)values.Length * sizeof(float))
        {
            throw new MessagePackSerializationException(
                $"Expected {values.Length} floats of 32 bits, {(long)values.Length * sizeof(float)} bytes; found {bytes.Length} bytes.");
        }
        Copy(bytes, values);
    }

    private static ReadOnlySequence<byte> ReadBin(ref MessagePackReader reader) => reader.ReadBytes()
        ?? throw new MessagePackSerializationException($"Expected floats (bytes) before byte {reader.Consumed}; found nil.");

    private static void Copy(in ReadOnlySequence<byte> bytes, scoped Span<float> values)
    {
        bytes.CopyTo(MemoryMarshal.AsBytes(values));
        if (!BitConverter.IsLittleEndian) Swap(MemoryMarshal.Cast<float, int>(values));
    }

    private static void WriteSwapped(ref MessagePackWriter writer, scoped ReadOnlySpan<float> values)
    {
        foreach (int bits in MemoryMarshal.Cast<float, int>(values))
        {
            BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(sizeof(int)), bits);
            writer.Advance(sizeof(int));
        }
    }

    private static void Swap(Span<int> words)
    {
        foreach (ref int word in words) word = BinaryPrimitives.ReverseEndianness(word);
    }
}
