using System.Buffers.Binary;

namespace MessagePack;

public ref partial struct MessagePackReader
{
    /// <summary>Reads an integer of any encoding.</summary>
    /// <exception cref="MessagePackSerializationException">The next value is not an integer, or does not fit.</exception>
    public sbyte ReadSByte() => (sbyte)ReadSigned(sbyte.MinValue, sbyte.MaxValue, nameof(SByte));

    /// <inheritdoc cref="ReadSByte"/>
    public short ReadInt16() => (short)ReadSigned(short.MinValue, short.MaxValue, nameof(Int16));

    /// <inheritdoc cref="ReadSByte"/>
    public int ReadInt32() => (int)ReadSigned(int.MinValue, int.MaxValue, nameof(Int32));

    /// <inheritdoc cref="ReadSByte"/>
    public long ReadInt64() => ReadSigned(long.MinValue, long.MaxValue, nameof(Int64));

    /// <inheritdoc cref="ReadSByte"/>
    public byte ReadByte() => (byte)ReadUnsigned(byte.MaxValue, nameof(Byte));

    /// <inheritdoc cref="ReadSByte"/>
    public ushort ReadUInt16() => (ushort)ReadUnsigned(ushort.MaxValue, nameof(UInt16));

    /// <inheritdoc cref="ReadSByte"/>
    public uint ReadUInt32() => (uint)ReadUnsigned(uint.MaxValue, nameof(UInt32));

    /// <inheritdoc cref="ReadSByte"/>
    public ulong ReadUInt64() => ReadUnsigned(ulong.MaxValue, nameof(UInt64));

    /// <summary>Reads a UTF-16 code unit, which is written as an integer.</summary>
    /// <exception cref="MessagePackSerializationException">The next value is not an integer of 0 to 65535.</exception>
    public char ReadChar() => (char)ReadUInt16();

    /// <summary>Reads a number of any encoding as a 32-bit float, rounding where it must.</summary>
    /// <exception cref="MessagePackSerializationException">The next value is not a number.</exception>
    public float ReadSingle() => NextCode == MessagePackCode.Float32 ? TakeSingle() : (float)ReadNumber();

    /// <summary>Reads a number of any encoding as a 64-bit float, rounding where it must.</summary>
    /// <exception cref="MessagePackSerializationException">The next value is not a number.</exception>
    public double ReadDouble() => ReadNumber();

    private double ReadNumber()
    {
        byte code = NextCode;
        if (code == MessagePackCode.Float32) return TakeSingle();
        if (code == MessagePackCode.UInt64) return ReadUInt64();
        if (MessagePackCode.ToMessagePackType(code) == MessagePackType.Integer) return ReadInt64();
        if (code != MessagePackCode.Float64) ThrowUnexpected("a number");
        Advance(1);
        return BitConverter.Int64BitsToDouble(unchecked((long)TakeUInt64()));
    }

    private float TakeSingle()
    {
        Advance(1);
        return BitConverter.Int32BitsToSingle(unchecked((int)TakeUInt32()));
    }

    private long ReadSigned(long lowest, long highest, string type)
    {
        bool beyondLong = ReadInteger(out long value);
        if (beyondLong) ThrowOverflow(unchecked((ulong)value), type);
        if (value < lowest || value > highest) ThrowOverflow(value, type);
        return value;
    }

    private ulong ReadUnsigned(ulong highest, string type)
    {
        bool beyondLong = ReadInteger(out long value);
        if (value < 0 && !beyondLong) ThrowOverflow(value, type);
        if (unchecked((ulong)value) > highest) ThrowOverflow(unchecked((ulong)value), type);
        return unchecked((ulong)value);
    }

    /// <summary>Reads an integer of any encoding; true when it is above 2^63 - 1 and its bits stand for an unsigned one.</summary>
    private bool ReadInteger(out long value)
    {
        byte code = NextCode;
        Advance(1);
        switch (code)
        {
            case <= MessagePackCode.MaxFixInt: value = code; return false;
            case >= MessagePackCode.MinNegativeFixInt: value = unchecked((sbyte)code); return false;
            case MessagePackCode.UInt8: value = TakeByte(); return false;
            case MessagePackCode.UInt16: value = TakeUInt16(); return false;
            case MessagePackCode.UInt32: value = TakeUInt32(); return false;
            case MessagePackCode.UInt64: value = unchecked((long)TakeUInt64()); return value < 0;
            case MessagePackCode.Int8: value = unchecked((sbyte)TakeByte()); return false;
            case MessagePackCode.Int16: value = unchecked((short)TakeUInt16()); return false;
            case MessagePackCode.Int32: value = unchecked((int)TakeUInt32()); return false;
            case MessagePackCode.Int64: value = unchecked((long)TakeUInt64()); return false;
            default: ThrowUnexpected(code, "an integer"); value = 0; return false;
        }
    }

    /// <summary>The bytes that follow the code of nil, a boolean, an integer or a float.</summary>
    private static int NumberBytes(byte code) => code switch
    {
        MessagePackCode.UInt8 or MessagePackCode.Int8 => 1,
        MessagePackCode.UInt16 or MessagePackCode.Int16 => 2,
        MessagePackCode.UInt32 or MessagePackCode.Int32 or MessagePackCode.Float32 => 4,
        MessagePackCode.UInt64 or MessagePackCode.Int64 or MessagePackCode.Float64 => 8,
        _ => 0,
    };

    private ushort TakeUInt16()
    {
        if (_span.Length - _index <= sizeof(ushort)) return (ushort)TakeAcrossSegments(sizeof(ushort));
        ushort value = BinaryPrimitives.ReadUInt16BigEndian(_span[_index..]);
        _index += sizeof(ushort);
        return value;
    }

    private uint TakeUInt32()
    {
        if (_span.Length - _index <= sizeof(uint)) return (uint)TakeAcrossSegments(sizeof(uint));
        uint value = BinaryPrimitives.ReadUInt32BigEndian(_span[_index..]);
        _index += sizeof(uint);
        return value;
    }

    private ulong TakeUInt64()
    {
        if (_span.Length - _index <= sizeof(ulong)) return TakeAcrossSegments(sizeof(ulong));
        ulong value = BinaryPrimitives.ReadUInt64BigEndian(_span[_index..]);
        _index += sizeof(ulong);
        return value;
    }

    /// <summary>A big-endian integer that touches the end of a segment, or of the input.</summary>
    private ulong TakeAcrossSegments(int bytes)
    {
        if (bytes > Remaining) ThrowTruncated(bytes);
        ulong value = 0;
        for (int i = 0; i < bytes; i++) value = (value << 8) | TakeByte();
        return value;
    }
}
