namespace MessagePack;

public ref partial struct MessagePackWriter
{
    /// <summary>Writes an integer in 1 or 2 bytes.</summary>
    /// <param name="value">The value.</param>
    public void Write(byte value)
    {
        if (value <= MessagePackCode.MaxFixInt) WriteCode(value);
        else WriteUInt8(value);
    }

    /// <summary>Writes an integer in 1 to 3 bytes.</summary>
    /// <param name="value">The value.</param>
    public void Write(ushort value)
    {
        if (value <= byte.MaxValue) Write((byte)value);
        else WriteUInt16(value);
    }

    /// <summary>Writes an integer in 1 to 5 bytes.</summary>
    /// <param name="value">The value.</param>
    public void Write(uint value)
    {
        if (value <= ushort.MaxValue) Write((ushort)value);
        else WriteUInt32(value);
    }

    /// <summary>Writes an integer in 1 to 9 bytes.</summary>
    /// <param name="value">The value.</param>
    public void Write(ulong value)
    {
        if (value <= uint.MaxValue) Write((uint)value);
        else WriteUInt64(value);
    }

    /// <summary>Writes an integer in 1 or 2 bytes; one that is not negative in an unsigned form.</summary>
    /// <param name="value">The value.</param>
    public void Write(sbyte value) => Write((long)value);

    /// <summary>Writes an integer in 1 to 3 bytes; one that is not negative in an unsigned form.</summary>
    /// <param name="value">The value.</param>
    public void Write(short value) => Write((long)value);

    /// <summary>Writes an integer in 1 to 5 bytes; one that is not negative in an unsigned form.</summary>
    /// <param name="value">The value.</param>
    public void Write(int value) => Write((long)value);

    /// <summary>Writes an integer in 1 to 9 bytes; one that is not negative in an unsigned form.</summary>
    /// <param name="value">The value.</param>
    public void Write(long value)
    {
        if (value >= 0) Write((ulong)value);
        else if (value >= -32) WriteCode(unchecked((byte)value));
        else if (value >= sbyte.MinValue) WriteInt8((sbyte)value);
        else if (value >= short.MinValue) WriteInt16((short)value);
        else if (value >= int.MinValue) WriteInt32((int)value);
        else WriteInt64(value);
    }

    /// <summary>Writes a UTF-16 code unit as an integer.</summary>
    /// <param name="value">The value.</param>
    public void Write(char value) => Write((ushort)value);

    /// <summary>Writes a 32-bit float.</summary>
    /// <param name="value">The value.</param>
    public void Write(float value) =>
        WriteWithCode(MessagePackCode.Float32, unchecked((uint)BitConverter.SingleToInt32Bits(value)));

    /// <summary>Writes a 64-bit float.</summary>
    /// <param name="value">The value.</param>
    public void Write(double value) =>
        WriteWithCode(MessagePackCode.Float64, unchecked((ulong)BitConverter.DoubleToInt64Bits(value)));

    /// <summary>Writes an integer as uint 8, in 2 bytes whatever its value.</summary>
    /// <param name="value">The value.</param>
    public void WriteUInt8(byte value) => WriteWithCode(MessagePackCode.UInt8, value);

    /// <summary>Writes an integer as uint 16, in 3 bytes whatever its value.</summary>
    /// <param name="value">The value.</param>
    public void WriteUInt16(ushort value) => WriteWithCode(MessagePackCode.UInt16, value);

    /// <summary>Writes an integer as uint 32, in 5 bytes whatever its value: where it is patched later, for example.</summary>
    /// <param name="value">The value.</param>
    public void WriteUInt32(uint value) => WriteWithCode(MessagePackCode.UInt32, value);

    /// <summary>Writes an integer as uint 64, in 9 bytes whatever its value.</summary>
    /// <param name="value">The value.</param>
    public void WriteUInt64(ulong value) => WriteWithCode(MessagePackCode.UInt64, value);

    /// <summary>Writes an integer as int 8, in 2 bytes whatever its value.</summary>
    /// <param name="value">The value.</param>
    public void WriteInt8(sbyte value) => WriteWithCode(MessagePackCode.Int8, unchecked((byte)value));

    /// <summary>Writes an integer as int 16, in 3 bytes whatever its value.</summary>
    /// <param name="value">The value.</param>
    public void WriteInt16(short value) => WriteWithCode(MessagePackCode.Int16, unchecked((ushort)value));

    /// <summary>Writes an integer as int 32, in 5 bytes whatever its value.</summary>
    /// <param name="value">The value.</param>
    public void WriteInt32(int value) => WriteWithCode(MessagePackCode.Int32, unchecked((uint)value));

    /// <summary>Writes an integer as int 64, in 9 bytes whatever its value.</summary>
    /// <param name="value">The value.</param>
    public void WriteInt64(long value) => WriteWithCode(MessagePackCode.Int64, unchecked((ulong)value));
}
