using RLSeq.MessagePack.Tests.Support;

namespace RLSeq.MessagePack.Tests;

// The expected bytes are derived by hand from the MessagePack specification and IEEE 754.
public class ScalarTests
{
    [Fact]
    public void Nil_and_booleans_are_one_byte()
    {
        Assert.Equal("c0c2c3", Codec.WriteHex((ref writer) =>
        {
            writer.WriteNil();
            writer.Write(false);
            writer.Write(true);
        }));
        Assert.Equal(Nil.Default, Codec.ReadHex("c0", (ref reader) => reader.ReadNil()));
        Assert.False(Codec.ReadHex("c2", (ref reader) => reader.ReadBoolean()));
        Assert.True(Codec.ReadHex("c3", (ref reader) => reader.ReadBoolean()));
    }

    [Fact]
    public void TryReadNil_moves_only_over_nil()
    {
        MessagePackReader reader = new(new byte[] { 0xc0, 0x07 });
        Assert.True(reader.IsNil);
        Assert.True(reader.TryReadNil());
        Assert.False(reader.IsNil);
        Assert.False(reader.TryReadNil());
        Assert.Equal(7, reader.ReadInt32());
        Assert.True(reader.End);
    }

    [Theory]
    [InlineData(0f, "ca00000000")]
    [InlineData(-0f, "ca80000000")]
    [InlineData(1f, "ca3f800000")]
    [InlineData(-2.5f, "cac0200000")]
    [InlineData(float.MaxValue, "ca7f7fffff")]
    [InlineData(float.Epsilon, "ca00000001")]
    [InlineData(float.PositiveInfinity, "ca7f800000")]
    [InlineData(float.NegativeInfinity, "caff800000")]
    [InlineData(float.NaN, "caffc00000")]
    public void A_32_bit_float_keeps_its_bits(float value, string hex)
    {
        Assert.Equal(hex, Codec.WriteHex((ref writer) => writer.Write(value)));
        Assert.Equal(BitConverter.SingleToInt32Bits(value), Codec.ReadHex(hex, (ref reader) => BitConverter.SingleToInt32Bits(reader.ReadSingle())));
        Assert.Equal((double)value, Codec.ReadHex(hex, (ref reader) => reader.ReadDouble()));
    }

    [Theory]
    [InlineData(0d, "cb0000000000000000")]
    [InlineData(1d, "cb3ff0000000000000")]
    [InlineData(-2.5d, "cbc004000000000000")]
    [InlineData(double.MaxValue, "cb7fefffffffffffff")]
    [InlineData(double.Epsilon, "cb0000000000000001")]
    [InlineData(double.NegativeInfinity, "cbfff0000000000000")]
    [InlineData(double.NaN, "cbfff8000000000000")]
    public void A_64_bit_float_keeps_its_bits(double value, string hex)
    {
        Assert.Equal(hex, Codec.WriteHex((ref writer) => writer.Write(value)));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), Codec.ReadHex(hex, (ref reader) => BitConverter.DoubleToInt64Bits(reader.ReadDouble())));
        Assert.Equal((float)value, Codec.ReadHex(hex, (ref reader) => reader.ReadSingle()));
    }

    [Fact]
    public void Integers_of_64_bits_read_as_floats()
    {
        Assert.Equal(18446744073709551616d, Codec.ReadHex("cfffffffffffffffff", (ref reader) => reader.ReadDouble()));
        Assert.Equal(-9223372036854775808d, Codec.ReadHex("d38000000000000000", (ref reader) => reader.ReadDouble()));
        Assert.Equal(18446744073709551616f, Codec.ReadHex("cfffffffffffffffff", (ref reader) => reader.ReadSingle()));
    }

    [Fact]
    public void Every_code_has_the_type_of_the_specification()
    {
        for (int code = 0; code < 256; code++)
        {
            MessagePackType expected = code switch
            {
                < 0x80 => MessagePackType.Integer,
                < 0x90 => MessagePackType.Map,
                < 0xa0 => MessagePackType.Array,
                < 0xc0 => MessagePackType.String,
                0xc0 => MessagePackType.Nil,
                0xc1 => MessagePackType.Unknown,
                0xc2 or 0xc3 => MessagePackType.Boolean,
                0xc4 or 0xc5 or 0xc6 => MessagePackType.Binary,
                0xc7 or 0xc8 or 0xc9 => MessagePackType.Extension,
                0xca or 0xcb => MessagePackType.Float,
                >= 0xcc and <= 0xd3 => MessagePackType.Integer,
                >= 0xd4 and <= 0xd8 => MessagePackType.Extension,
                0xd9 or 0xda or 0xdb => MessagePackType.String,
                0xdc or 0xdd => MessagePackType.Array,
                0xde or 0xdf => MessagePackType.Map,
                _ => MessagePackType.Integer,
            };
            MessagePackReader reader = new(new[] { (byte)code });
            Assert.Equal(expected, reader.NextMessagePackType);
            Assert.Equal(code, reader.NextCode);
        }
    }

    [Fact]
    public void A_value_of_another_kind_is_refused_with_its_place_and_name()
    {
        static string Message<T>(ReadFunction<T> read) => Codec.RefusedHex("07d9016107", (ref reader) =>
        {
            reader.ReadInt32();
            return read(ref reader);
        }).Message;

        const string Found = "at byte 1; found str 8 (0xd9)";
        Assert.Equal($"Expected nil {Found}.", Message((ref reader) => reader.ReadNil()));
        Assert.Equal($"Expected true or false {Found}.", Message((ref reader) => reader.ReadBoolean()));
        Assert.Equal($"Expected an integer {Found}.", Message((ref reader) => reader.ReadInt32()));
        Assert.Equal($"Expected an integer {Found}.", Message((ref reader) => reader.ReadUInt64()));
        Assert.Equal($"Expected a number {Found}.", Message((ref reader) => reader.ReadSingle()));
        Assert.Equal($"Expected a number {Found}.", Message((ref reader) => reader.ReadDouble()));
        Assert.Equal($"Expected an array {Found}.", Message((ref reader) => reader.ReadArrayHeader()));
        Assert.Equal($"Expected a map {Found}.", Message((ref reader) => reader.ReadMapHeader()));
        Assert.Equal($"Expected an extension {Found}.", Message((ref reader) => reader.ReadExtensionFormatHeader()));
        Assert.Equal("Expected a string at byte 0; found float 32 (0xca).", Codec.RefusedHex("ca00000000", (ref reader) => reader.ReadString()).Message);
        Assert.Equal("Expected bytes at byte 0; found float 32 (0xca).", Codec.RefusedHex("ca00000000", (ref reader) => reader.ReadBytes() is null).Message);
    }
}
