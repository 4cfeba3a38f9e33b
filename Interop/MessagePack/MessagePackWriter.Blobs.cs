using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace MessagePack;

public ref partial struct MessagePackWriter
{
    /// <summary>Writes a string as UTF-8, or nil; a lone surrogate becomes U+FFFD.</summary>
    /// <param name="value">The text, or null.</param>
    public void Write(string? value)
    {
        if (value is null) WriteNil();
        else Write(value.AsSpan());
    }

    /// <summary>Writes a string as UTF-8; a lone surrogate becomes U+FFFD.</summary>
    /// <param name="value">The text.</param>
    public void Write(scoped ReadOnlySpan<char> value)
    {
        int count = Encoding.UTF8.GetByteCount(value);
        WriteStringHeader(count);
        Span<byte> room = GetSpan(count);
        _used += Encoding.UTF8.GetBytes(value, room);
    }

    /// <summary>Writes a string that is UTF-8 already; its validity is the caller's care.</summary>
    /// <param name="utf8stringBytes">The text.</param>
    public void WriteString(scoped ReadOnlySpan<byte> utf8stringBytes)
    {
        WriteStringHeader(utf8stringBytes.Length);
        WriteRaw(utf8stringBytes);
    }

    /// <summary>Writes a string that is UTF-8 already; its validity is the caller's care.</summary>
    /// <param name="utf8stringBytes">The text.</param>
    public void WriteString(in ReadOnlySequence<byte> utf8stringBytes)
    {
        WriteStringHeader(checked((int)utf8stringBytes.Length));
        WriteRaw(utf8stringBytes);
    }

    /// <summary>Begins a string; its bytes follow through <see cref="WriteRaw(ReadOnlySpan{byte})"/>.</summary>
    /// <param name="byteCount">The number of bytes of UTF-8, not negative.</param>
    /// <exception cref="OverflowException"><paramref name="byteCount"/> is negative.</exception>
    public void WriteStringHeader(int byteCount)
    {
        uint count = checked((uint)byteCount);
        if (count <= 31) WriteCode((byte)(MessagePackCode.MinFixStr | count));
        else WriteBlobHeader(MessagePackCode.Str8, count);
    }

    /// <summary>Writes bytes as bin, or nil.</summary>
    /// <param name="src">The bytes, or null.</param>
    public void Write(byte[]? src)
    {
        if (src is null) WriteNil();
        else Write(src.AsSpan());
    }

    /// <summary>Writes bytes as bin.</summary>
    /// <param name="src">The bytes.</param>
    public void Write(scoped ReadOnlySpan<byte> src)
    {
        WriteBinHeader(src.Length);
        WriteRaw(src);
    }

    /// <summary>Writes bytes as bin.</summary>
    /// <param name="src">The bytes.</param>
    public void Write(in ReadOnlySequence<byte> src)
    {
        WriteBinHeader(checked((int)src.Length));
        WriteRaw(src);
    }

    /// <summary>Begins bytes; they follow through <see cref="WriteRaw(ReadOnlySpan{byte})"/>.</summary>
    /// <param name="length">The number of bytes, not negative.</param>
    /// <exception cref="OverflowException"><paramref name="length"/> is negative.</exception>
    public void WriteBinHeader(int length) => WriteBlobHeader(MessagePackCode.Bin8, checked((uint)length));

    /// <summary>
    /// Writes a point in time as the timestamp extension, to 100 nanoseconds, in 6, 10 or 15 bytes. Local time is converted to UTC;
    /// a time of unspecified kind is taken as UTC.
    /// </summary>
    /// <param name="dateTime">The time.</param>
    public void Write(DateTime dateTime)
    {
        (long seconds, uint nanoseconds) = Timestamp.From(dateTime);
        bool fits34Bits = (seconds >> 34) == 0;
        if (fits34Bits && nanoseconds == 0 && seconds <= uint.MaxValue)
        {
            WriteExtensionFormatHeader(new ExtensionHeader(ReservedMessagePackExtensionTypeCode.DateTime, 4u));
            BinaryPrimitives.WriteUInt32BigEndian(GetSpan(4), (uint)seconds);
            _used += 4;
        }
        else if (fits34Bits)
        {
            WriteExtensionFormatHeader(new ExtensionHeader(ReservedMessagePackExtensionTypeCode.DateTime, 8u));
            BinaryPrimitives.WriteUInt64BigEndian(GetSpan(8), ((ulong)nanoseconds << 34) | (ulong)seconds);
            _used += 8;
        }
        else
        {
            WriteExtensionFormatHeader(new ExtensionHeader(ReservedMessagePackExtensionTypeCode.DateTime, 12u));
            Span<byte> room = GetSpan(12);
            BinaryPrimitives.WriteUInt32BigEndian(room, nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(room[4..], seconds);
            _used += 12;
        }
    }

    /// <summary>Begins an extension; its bytes follow through <see cref="WriteRaw(ReadOnlySpan{byte})"/>.</summary>
    /// <param name="extensionHeader">The type and the number of bytes.</param>
    public void WriteExtensionFormatHeader(ExtensionHeader extensionHeader)
    {
        byte type = unchecked((byte)extensionHeader.TypeCode);
        switch (extensionHeader.Length)
        {
            case 1: WriteWithCode(MessagePackCode.FixExt1, type); return;
            case 2: WriteWithCode(MessagePackCode.FixExt2, type); return;
            case 4: WriteWithCode(MessagePackCode.FixExt4, type); return;
            case 8: WriteWithCode(MessagePackCode.FixExt8, type); return;
            case 16: WriteWithCode(MessagePackCode.FixExt16, type); return;
        }
        WriteBlobHeader(MessagePackCode.Ext8, extensionHeader.Length);
        WriteCode(type);
    }

    /// <summary>Writes a whole extension.</summary>
    /// <param name="extensionData">The type and the data.</param>
    public void WriteExtensionFormat(ExtensionResult extensionData)
    {
        WriteExtensionFormatHeader(extensionData.Header);
        WriteRaw(extensionData.Data);
    }

    private void WriteBlobHeader(byte code8, uint length)
    {
        if (length <= byte.MaxValue) WriteWithCode(code8, (byte)length);
        else if (length <= ushort.MaxValue) WriteWithCode((byte)(code8 + 1), (ushort)length);
        else WriteWithCode((byte)(code8 + 2), length);
    }
}
