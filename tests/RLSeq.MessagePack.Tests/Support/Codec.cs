using System.Buffers;

namespace RLSeq.MessagePack.Tests.Support;

internal delegate void WriteAction(ref MessagePackWriter writer);

internal delegate T ReadFunction<out T>(ref MessagePackReader reader);

/// <summary>Writes to hexadecimal digits and reads from them, in one piece and in pieces.</summary>
internal static class Codec
{
    public static byte[] Write(WriteAction write)
    {
        ArrayBufferWriter<byte> output = new();
        MessagePackWriter writer = new(output);
        write(ref writer);
        writer.Flush();

        // A buffer that never gives a byte more than was asked for must come to the same.
        MiserlyBuffer miserly = new();
        MessagePackWriter again = new(miserly);
        write(ref again);
        again.Flush();
        Assert.Equal(output.WrittenSpan, miserly.Written);
        return output.WrittenSpan.ToArray();
    }

    public static string WriteHex(WriteAction write) => Convert.ToHexStringLower(Write(write));

    /// <summary>Reads the only value of the data, in one piece and a byte at a time, which must agree, and gives it.</summary>
    public static T Read<T>(byte[] data, ReadFunction<T> read)
    {
        MessagePackReader whole = new(data);
        T value = read(ref whole);
        Assert.True(whole.End, $"Read {whole.Consumed} of {data.Length} bytes.");
        Assert.Equal(data.Length, whole.Consumed);

        MessagePackReader pieces = new(Pieces.Of(data, 1));
        T again = read(ref pieces);
        Assert.True(pieces.End);
        Assert.Equal(data.Length, pieces.Consumed);
        Assert.Equal(value, again);
        return value;
    }

    public static T ReadHex<T>(string hex, ReadFunction<T> read) => Read(Convert.FromHexString(hex), read);

    /// <summary>Reads bad data, in one piece and a byte at a time, and gives the exception.</summary>
    public static MessagePackSerializationException Refused<T>(byte[] data, ReadFunction<T> read)
    {
        Assert.Throws<MessagePackSerializationException>(() =>
        {
            MessagePackReader pieces = new(Pieces.Of(data, 1));
            read(ref pieces);
        });
        return Assert.Throws<MessagePackSerializationException>(() =>
        {
            MessagePackReader whole = new(data);
            read(ref whole);
        });
    }

    public static MessagePackSerializationException RefusedHex<T>(string hex, ReadFunction<T> read) => Refused(Convert.FromHexString(hex), read);

    private sealed class MiserlyBuffer : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> _written = new();
        private byte[] _offered = [];

        public ReadOnlySpan<byte> Written => _written.WrittenSpan;

        public void Advance(int count) => _written.Write(_offered.AsSpan(0, count));

        public Memory<byte> GetMemory(int sizeHint = 0) => _offered = new byte[Math.Max(sizeHint, 1)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
