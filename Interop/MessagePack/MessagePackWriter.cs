using System.Buffers;
using System.Buffers.Binary;

namespace MessagePack;

/// <summary>
/// Writes MessagePack to a buffer, each value in its shortest form. Written bytes reach the buffer at <see cref="Flush"/>. Nothing is
/// allocated. Names and behaviour are those of MessagePack-CSharp's writer, so that either can stand here.
/// </summary>
public ref partial struct MessagePackWriter
{
    private const int LargestRequest = 4096;

    private readonly IBufferWriter<byte> _output;
    private Span<byte> _buffer;
    private int _used;

    /// <summary>Makes a writer.</summary>
    /// <param name="writer">Where the bytes go.</param>
    public MessagePackWriter(IBufferWriter<byte> writer)
    {
        _output = writer ?? throw new ArgumentNullException(nameof(writer));
        _buffer = default;
        _used = 0;
    }

    /// <summary>Hands the bytes written so far to the buffer; needed once at the end, harmless more often.</summary>
    public void Flush()
    {
        if (_used > 0) _output.Advance(_used);
        _buffer = default;
        _used = 0;
    }

    /// <summary>Gives room to write bytes of MessagePack directly; <see cref="Advance"/> tells how many were written.</summary>
    /// <param name="length">The number of bytes needed at least.</param>
    public Span<byte> GetSpan(int length)
    {
        if (_buffer.Length - _used < length)
        {
            Flush();
            _buffer = _output.GetSpan(length);
        }
        return _buffer[_used..];
    }

    /// <summary>Counts bytes as written, after <see cref="GetSpan"/>.</summary>
    /// <param name="length">The number of bytes; no more than the span had.</param>
    public void Advance(int length)
    {
        if ((uint)length > (uint)(_buffer.Length - _used))
            throw new ArgumentOutOfRangeException(nameof(length), length, $"The span given had {_buffer.Length - _used} bytes.");
        _used += length;
    }

    /// <summary>Copies bytes that already are MessagePack.</summary>
    /// <param name="rawMessagePackBlock">One value, several, or a part of one.</param>
    public void WriteRaw(scoped ReadOnlySpan<byte> rawMessagePackBlock)
    {
        while (!rawMessagePackBlock.IsEmpty)
        {
            Span<byte> room = GetSpan(Math.Min(rawMessagePackBlock.Length, LargestRequest));
            int count = Math.Min(room.Length, rawMessagePackBlock.Length);
            rawMessagePackBlock[..count].CopyTo(room);
            _used += count;
            rawMessagePackBlock = rawMessagePackBlock[count..];
        }
    }

    /// <summary>Copies bytes that already are MessagePack.</summary>
    /// <param name="rawMessagePackBlock">One value, several, or a part of one.</param>
    public void WriteRaw(in ReadOnlySequence<byte> rawMessagePackBlock)
    {
        foreach (ReadOnlyMemory<byte> segment in rawMessagePackBlock) WriteRaw(segment.Span);
    }

    /// <summary>Writes nil.</summary>
    public void WriteNil() => WriteCode(MessagePackCode.Nil);

    /// <summary>Writes true or false.</summary>
    /// <param name="value">The value.</param>
    public void Write(bool value) => WriteCode(value ? MessagePackCode.True : MessagePackCode.False);

    /// <summary>Begins an array; its values follow.</summary>
    /// <param name="count">The number of values, not negative.</param>
    /// <exception cref="OverflowException"><paramref name="count"/> is negative.</exception>
    public void WriteArrayHeader(int count) => WriteArrayHeader(checked((uint)count));

    /// <summary>Begins an array; its values follow.</summary>
    /// <param name="count">The number of values.</param>
    public void WriteArrayHeader(uint count) => WriteCollection(count, MessagePackCode.MinFixArray, MessagePackCode.Array16);

    /// <summary>Begins a map; its keys and values follow, each value after its key.</summary>
    /// <param name="count">The number of pairs, not negative.</param>
    /// <exception cref="OverflowException"><paramref name="count"/> is negative.</exception>
    public void WriteMapHeader(int count) => WriteMapHeader(checked((uint)count));

    /// <summary>Begins a map; its keys and values follow, each value after its key.</summary>
    /// <param name="count">The number of pairs.</param>
    public void WriteMapHeader(uint count) => WriteCollection(count, MessagePackCode.MinFixMap, MessagePackCode.Map16);

    private void WriteCollection(uint count, byte shortest, byte code16)
    {
        if (count <= 15) WriteCode((byte)(shortest | count));
        else if (count <= ushort.MaxValue) WriteWithCode(code16, (ushort)count);
        else WriteWithCode((byte)(code16 + 1), count);
    }

    private void WriteCode(byte code)
    {
        GetSpan(1)[0] = code;
        _used++;
    }

    private void WriteWithCode(byte code, byte value)
    {
        Span<byte> room = GetSpan(2);
        room[1] = value;
        room[0] = code;
        _used += 2;
    }

    private void WriteWithCode(byte code, ushort value)
    {
        Span<byte> room = GetSpan(3);
        BinaryPrimitives.WriteUInt16BigEndian(room[1..], value);
        room[0] = code;
        _used += 3;
    }

    private void WriteWithCode(byte code, uint value)
    {
        Span<byte> room = GetSpan(5);
        BinaryPrimitives.WriteUInt32BigEndian(room[1..], value);
        room[0] = code;
        _used += 5;
    }

    private void WriteWithCode(byte code, ulong value)
    {
        Span<byte> room = GetSpan(9);
        BinaryPrimitives.WriteUInt64BigEndian(room[1..], value);
        room[0] = code;
        _used += 9;
    }
}
