using RLSeq.MessagePack.Tests.Support;

namespace RLSeq.MessagePack.Tests;

// The expected bytes are derived by hand from the tables of the MessagePack specification.
public class IntegerTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(1, "01")]
    [InlineData(127, "7f")]
    [InlineData(128, "cc80")]
    [InlineData(255, "ccff")]
    [InlineData(256, "cd0100")]
    [InlineData(32767, "cd7fff")]
    [InlineData(32768, "cd8000")]
    [InlineData(65535, "cdffff")]
    [InlineData(65536, "ce00010000")]
    [InlineData(2147483647, "ce7fffffff")]
    [InlineData(2147483648, "ce80000000")]
    [InlineData(4294967295, "ceffffffff")]
    [InlineData(4294967296, "cf0000000100000000")]
    [InlineData(long.MaxValue, "cf7fffffffffffffff")]
    [InlineData(-1, "ff")]
    [InlineData(-32, "e0")]
    [InlineData(-33, "d0df")]
    [InlineData(-128, "d080")]
    [InlineData(-129, "d1ff7f")]
    [InlineData(-32768, "d18000")]
    [InlineData(-32769, "d2ffff7fff")]
    [InlineData(-2147483648, "d280000000")]
    [InlineData(-2147483649, "d3ffffffff7fffffff")]
    [InlineData(long.MinValue, "d38000000000000000")]
    public void An_integer_takes_the_shortest_form_from_whatever_type_holds_it(long value, string hex)
    {
        Assert.Equal(hex, Codec.WriteHex((ref writer) => writer.Write(value)));
        if (value is >= int.MinValue and <= int.MaxValue) Assert.Equal(hex, Codec.WriteHex((ref writer) => writer.Write((int)value)));
        if (value is >= short.MinValue and <= short.MaxValue) Assert.Equal(hex, Codec.WriteHex((ref writer) => writer.Write((short)value)));
        if (value is >= sbyte.MinValue and <= sbyte.MaxValue) Assert.Equal(hex, Codec.WriteHex((ref writer) => writer.Write((sbyte)value)));
        if (value >= 0) Assert.Equal(hex, Codec.WriteHex((ref writer) => writer.Write((ulong)value)));
        if (value is >= 0 and <= uint.MaxValue) Assert.Equal(hex, Codec.WriteHex((ref writer) => writer.Write((uint)value)));
        if (value is >= 0 and <= ushort.MaxValue) Assert.Equal(hex, Codec.WriteHex((ref writer) => writer.Write((ushort)value)));
        if (value is >= 0 and <= ushort.MaxValue) Assert.Equal(hex, Codec.WriteHex((ref writer) => writer.Write((char)value)));
        if (value is >= 0 and <= byte.MaxValue) Assert.Equal(hex, Codec.WriteHex((ref writer) => writer.Write((byte)value)));
    }

    [Fact]
    public void The_largest_unsigned_integer_has_64_bits_set()
    {
        Assert.Equal("cfffffffffffffffff", Codec.WriteHex((ref writer) => writer.Write(ulong.MaxValue)));
        Assert.Equal(ulong.MaxValue, Codec.ReadHex("cfffffffffffffffff", (ref reader) => reader.ReadUInt64()));
    }

    [Fact]
    public void A_forced_form_keeps_its_width()
    {
        Assert.Equal("cc01", Codec.WriteHex((ref writer) => writer.WriteUInt8(1)));
        Assert.Equal("cd0001", Codec.WriteHex((ref writer) => writer.WriteUInt16(1)));
        Assert.Equal("ce00000001", Codec.WriteHex((ref writer) => writer.WriteUInt32(1)));
        Assert.Equal("cf0000000000000001", Codec.WriteHex((ref writer) => writer.WriteUInt64(1)));
        Assert.Equal("d0ff", Codec.WriteHex((ref writer) => writer.WriteInt8(-1)));
        Assert.Equal("d1ffff", Codec.WriteHex((ref writer) => writer.WriteInt16(-1)));
        Assert.Equal("d2ffffffff", Codec.WriteHex((ref writer) => writer.WriteInt32(-1)));
        Assert.Equal("d3ffffffffffffffff", Codec.WriteHex((ref writer) => writer.WriteInt64(-1)));
    }

    [Theory]
    [InlineData("05", 5)]
    [InlineData("cc05", 5)]
    [InlineData("cd0005", 5)]
    [InlineData("ce00000005", 5)]
    [InlineData("cf0000000000000005", 5)]
    [InlineData("d005", 5)]
    [InlineData("d10005", 5)]
    [InlineData("d200000005", 5)]
    [InlineData("d30000000000000005", 5)]
    [InlineData("fb", -5)]
    [InlineData("d0fb", -5)]
    [InlineData("d1fffb", -5)]
    [InlineData("d2fffffffb", -5)]
    [InlineData("d3fffffffffffffffb", -5)]
    public void Every_encoding_reads_as_every_type_that_holds_the_value(string hex, int value)
    {
        Assert.Equal(value, Codec.ReadHex(hex, (ref reader) => reader.ReadSByte()));
        Assert.Equal(value, Codec.ReadHex(hex, (ref reader) => reader.ReadInt16()));
        Assert.Equal(value, Codec.ReadHex(hex, (ref reader) => reader.ReadInt32()));
        Assert.Equal(value, Codec.ReadHex(hex, (ref reader) => reader.ReadInt64()));
        Assert.Equal(value, Codec.ReadHex(hex, (ref reader) => reader.ReadSingle()));
        Assert.Equal(value, Codec.ReadHex(hex, (ref reader) => reader.ReadDouble()));
        if (value >= 0)
        {
            Assert.Equal(value, Codec.ReadHex(hex, (ref reader) => reader.ReadByte()));
            Assert.Equal(value, Codec.ReadHex(hex, (ref reader) => reader.ReadUInt16()));
            Assert.Equal((uint)value, Codec.ReadHex(hex, (ref reader) => reader.ReadUInt32()));
            Assert.Equal((ulong)value, Codec.ReadHex(hex, (ref reader) => reader.ReadUInt64()));
            Assert.Equal((char)value, Codec.ReadHex(hex, (ref reader) => reader.ReadChar()));
        }
        else
        {
            AssertOverflow(hex, (ref reader) => reader.ReadByte());
            AssertOverflow(hex, (ref reader) => reader.ReadUInt16());
            AssertOverflow(hex, (ref reader) => reader.ReadUInt32());
            AssertOverflow(hex, (ref reader) => reader.ReadUInt64());
            AssertOverflow(hex, (ref reader) => reader.ReadChar());
        }
    }

    [Fact]
    public void Each_type_reads_its_extremes_and_refuses_the_next_number()
    {
        Assert.Equal(sbyte.MinValue, Codec.ReadHex("d080", (ref reader) => reader.ReadSByte()));
        Assert.Equal(sbyte.MaxValue, Codec.ReadHex("7f", (ref reader) => reader.ReadSByte()));
        AssertOverflow("d1ff7f", (ref reader) => reader.ReadSByte());
        AssertOverflow("cc80", (ref reader) => reader.ReadSByte());
        Assert.Equal(byte.MaxValue, Codec.ReadHex("ccff", (ref reader) => reader.ReadByte()));
        AssertOverflow("cd0100", (ref reader) => reader.ReadByte());
        Assert.Equal(short.MinValue, Codec.ReadHex("d18000", (ref reader) => reader.ReadInt16()));
        Assert.Equal(short.MaxValue, Codec.ReadHex("cd7fff", (ref reader) => reader.ReadInt16()));
        AssertOverflow("d2ffff7fff", (ref reader) => reader.ReadInt16());
        AssertOverflow("cd8000", (ref reader) => reader.ReadInt16());
        Assert.Equal(ushort.MaxValue, Codec.ReadHex("cdffff", (ref reader) => reader.ReadUInt16()));
        AssertOverflow("ce00010000", (ref reader) => reader.ReadUInt16());
        Assert.Equal(int.MinValue, Codec.ReadHex("d280000000", (ref reader) => reader.ReadInt32()));
        Assert.Equal(int.MaxValue, Codec.ReadHex("ce7fffffff", (ref reader) => reader.ReadInt32()));
        AssertOverflow("d3ffffffff7fffffff", (ref reader) => reader.ReadInt32());
        AssertOverflow("ce80000000", (ref reader) => reader.ReadInt32());
        Assert.Equal(uint.MaxValue, Codec.ReadHex("ceffffffff", (ref reader) => reader.ReadUInt32()));
        AssertOverflow("cf0000000100000000", (ref reader) => reader.ReadUInt32());
        Assert.Equal(long.MinValue, Codec.ReadHex("d38000000000000000", (ref reader) => reader.ReadInt64()));
        Assert.Equal(long.MaxValue, Codec.ReadHex("cf7fffffffffffffff", (ref reader) => reader.ReadInt64()));
        AssertOverflow("cf8000000000000000", (ref reader) => reader.ReadInt64());
        AssertOverflow("d3ffffffffffffffff", (ref reader) => reader.ReadUInt64());
    }

    [Fact]
    public void An_overflow_names_the_number_and_the_type() =>
        Assert.Contains("18446744073709551615 before byte 9 does not fit Int32", Codec.RefusedHex("cfffffffffffffffff", (ref reader) => reader.ReadInt32()).Message, StringComparison.Ordinal);

    private static void AssertOverflow<T>(string hex, ReadFunction<T> read) =>
        Assert.IsType<OverflowException>(Codec.RefusedHex(hex, read).InnerException);
}
