using System.Buffers;
using System.Text;

namespace MessagePack;

public ref partial struct MessagePackReader
{
    /// <summary>Reads a string, or null for nil; bytes that are not UTF-8 become U+FFFD.</summary>
    /// <exception cref="MessagePackSerializationException">The next value is neither, or the data ends within it.</exception>
    public string? ReadString()
    {
        if (TryReadStringSpan(out ReadOnlySpan<byte> utf8)) return Encoding.UTF8.GetString(utf8);
        return ReadStringSequence() is { } pieces ? Encoding.UTF8.GetString(pieces.ToArray()) : null;
    }

    /// <summary>Reads a string as a view of its UTF-8 bytes in the input, or null for nil.</summary>
    /// <exception cref="MessagePackSerializationException">The next value is neither, or the data ends within it.</exception>
    public ReadOnlySequence<byte>? ReadStringSequence()
    {
        if (TryReadNil()) return null;
        return ReadRaw(ReadStringHeader());
    }

    /// <summary>Reads a string as a view of its UTF-8 bytes, where they lie in one piece.</summary>
    /// <param name="span">The bytes, or empty.</param>
    /// <returns>False, with nothing read, when the value is nil or lies in several pieces; <see cref="ReadStringSequence"/> reads both.</returns>
    /// <exception cref="MessagePackSerializationException">The next value is neither string nor nil, or the data ends within it.</exception>
    public bool TryReadStringSpan(out ReadOnlySpan<byte> span)
    {
        span = default;
        if (IsNil) return false;
        MessagePackReader start = this;
        long length = ReadStringHeader();
        if (length > _span.Length - _index)
        {
            this = start;
            return false;
        }
        span = _span.Slice(_index, (int)length);
        Advance(length);
        return true;
    }

    /// <summary>
    /// Reads bytes as a view of the input, or null for nil. A string is accepted too, since the old specification had no bin.
    /// </summary>
    /// <exception cref="MessagePackSerializationException">The next value is none of these, or the data ends within it.</exception>
    public ReadOnlySequence<byte>? ReadBytes()
    {
        if (TryReadNil()) return null;
        return ReadRaw(NextMessagePackType == MessagePackType.String ? ReadStringHeader() : ReadBinHeader());
    }

    /// <summary>Reads a point in time, in UTC, from the timestamp extension; what is finer than 100 nanoseconds is cut off.</summary>
    /// <exception cref="MessagePackSerializationException">The next value is not a timestamp, or lies outside the years 1 to 9999.</exception>
    public DateTime ReadDateTime() => ReadDateTime(ReadExtensionFormatHeader());

    /// <summary>Reads the rest of a timestamp of which the header was read.</summary>
    /// <param name="header">The header.</param>
    /// <exception cref="MessagePackSerializationException">It is not a timestamp, or lies outside the years 1 to 9999.</exception>
    public DateTime ReadDateTime(ExtensionHeader header)
    {
        if (header.TypeCode != ReservedMessagePackExtensionTypeCode.DateTime)
            throw new MessagePackSerializationException($"Expected a timestamp (extension -1) before byte {Consumed}; found extension {header.TypeCode}.");
        (long seconds, uint nanoseconds) = (0L, 0u);
        switch (header.Length)
        {
            case 4:
                seconds = TakeUInt32();
                break;
            case 8:
                ulong both = TakeUInt64();
                (seconds, nanoseconds) = ((long)(both & 0x3_ffff_ffff), (uint)(both >> 34));
                break;
            case 12:
                nanoseconds = TakeUInt32();
                seconds = unchecked((long)TakeUInt64());
                break;
            default:
                throw new MessagePackSerializationException($"A timestamp has 4, 8 or 12 bytes; found {header.Length} before byte {Consumed}.");
        }
        if (!Timestamp.TryToDateTime(seconds, nanoseconds, out DateTime value))
        {
            throw new MessagePackSerializationException(
                $"The timestamp before byte {Consumed} is {seconds} s and {nanoseconds} ns after 1970; it must lie in the years 1 to 9999 with less than 1000000000 ns.");
        }
        return value;
    }

    /// <summary>Reads the type and length of an extension; its bytes follow and all remain.</summary>
    /// <exception cref="MessagePackSerializationException">No extension comes next, or the data ends within it.</exception>
    public ExtensionHeader ReadExtensionFormatHeader()
    {
        byte code = NextCode;
        Advance(1);
        uint length = 0;
        switch (code)
        {
            case MessagePackCode.FixExt1: length = 1; break;
            case MessagePackCode.FixExt2: length = 2; break;
            case MessagePackCode.FixExt4: length = 4; break;
            case MessagePackCode.FixExt8: length = 8; break;
            case MessagePackCode.FixExt16: length = 16; break;
            case MessagePackCode.Ext8: length = TakeByte(); break;
            case MessagePackCode.Ext16: length = TakeUInt16(); break;
            case MessagePackCode.Ext32: length = TakeUInt32(); break;
            default: ThrowUnexpected(code, "an extension"); break;
        }
        sbyte type = unchecked((sbyte)TakeByte());
        return new ExtensionHeader(type, (uint)CheckedLength(length));
    }

    /// <summary>Reads an extension; its data is a view of the input.</summary>
    /// <exception cref="MessagePackSerializationException">No extension comes next, or the data ends within it.</exception>
    public ExtensionResult ReadExtensionFormat()
    {
        ExtensionHeader header = ReadExtensionFormatHeader();
        return new ExtensionResult(header.TypeCode, ReadRaw(header.Length));
    }

    private long ReadStringHeader()
    {
        byte code = NextCode;
        Advance(1);
        uint length = 0;
        switch (code)
        {
            case >= MessagePackCode.MinFixStr and <= MessagePackCode.MaxFixStr: length = (uint)(code & 31); break;
            case MessagePackCode.Str8: length = TakeByte(); break;
            case MessagePackCode.Str16: length = TakeUInt16(); break;
            case MessagePackCode.Str32: length = TakeUInt32(); break;
            default: ThrowUnexpected(code, "a string"); break;
        }
        return CheckedLength(length);
    }

    private long ReadBinHeader()
    {
        byte code = NextCode;
        Advance(1);
        uint length = 0;
        switch (code)
        {
            case MessagePackCode.Bin8: length = TakeByte(); break;
            case MessagePackCode.Bin16: length = TakeUInt16(); break;
            case MessagePackCode.Bin32: length = TakeUInt32(); break;
            default: ThrowUnexpected(code, "bytes"); break;
        }
        return CheckedLength(length);
    }

    private readonly long CheckedLength(uint length)
    {
        if (length > Remaining) ThrowTruncated(length);
        return length;
    }
}
