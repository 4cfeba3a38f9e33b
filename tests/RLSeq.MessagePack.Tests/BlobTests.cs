using System.Buffers;
using System.Text;
using RLSeq.MessagePack.Tests.Support;

namespace RLSeq.MessagePack.Tests;

// The expected headers are derived by hand from the tables of the MessagePack specification.
public class BlobTests
{
    [Theory]
    [InlineData(0, "a0")]
    [InlineData(1, "a1")]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65535, "daffff")]
    [InlineData(65536, "db00010000")]
    public void A_string_has_the_shortest_header(int length, string header)
    {
        string text = new('x', length);
        byte[] expected = [.. Convert.FromHexString(header), .. Enumerable.Repeat((byte)'x', length)];
        Assert.Equal(expected, Codec.Write((ref writer) => writer.Write(text)));
        Assert.Equal(expected, Codec.Write((ref writer) => writer.Write(text.AsSpan())));
        Assert.Equal(expected, Codec.Write((ref writer) => writer.WriteString(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(expected, Codec.Write((ref writer) => writer.WriteString(Pieces.Of(Encoding.UTF8.GetBytes(text), 1000))));
        Assert.Equal(text, Codec.Read(expected, (ref reader) => reader.ReadString()));
        Assert.Equal(text, Codec.Read(expected, (ref reader) => Encoding.UTF8.GetString(reader.ReadStringSequence()!.Value.ToArray())));
    }

    [Fact]
    public void Text_is_counted_in_bytes_of_UTF8()
    {
        // U+00E9 is c3 a9, U+4E16 is e4 b8 96, U+1F600 is f0 9f 98 80.
        Assert.Equal("a9c3a9e4b896f09f9880", Codec.WriteHex((ref writer) => writer.Write("\u00e9\u4e16\U0001f600")));
        Assert.Equal("\u00e9\u4e16\U0001f600", Codec.ReadHex("a9c3a9e4b896f09f9880", (ref reader) => reader.ReadString()));
        Assert.Equal("a3efbfbd", Codec.WriteHex((ref writer) => writer.Write("\ud800")));
        Assert.Equal("\ufffd", Codec.ReadHex("a1ff", (ref reader) => reader.ReadString()));
    }

    [Fact]
    public void Null_is_nil()
    {
        Assert.Equal("c0", Codec.WriteHex((ref writer) => writer.Write((string?)null)));
        Assert.Equal("c0", Codec.WriteHex((ref writer) => writer.Write((byte[]?)null)));
        Assert.Null(Codec.ReadHex("c0", (ref reader) => reader.ReadString()));
        Assert.Null(Codec.ReadHex("c0", (ref reader) => reader.ReadStringSequence()));
        Assert.Null(Codec.ReadHex("c0", (ref reader) => reader.ReadBytes()));
    }

    [Theory]
    [InlineData(0, "c400")]
    [InlineData(1, "c401")]
    [InlineData(255, "c4ff")]
    [InlineData(256, "c50100")]
    [InlineData(65535, "c5ffff")]
    [InlineData(65536, "c600010000")]
    public void Bytes_have_the_shortest_header(int length, string header)
    {
        byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        byte[] expected = [.. Convert.FromHexString(header), .. bytes];
        Assert.Equal(expected, Codec.Write((ref writer) => writer.Write(bytes)));
        Assert.Equal(expected, Codec.Write((ref writer) => writer.Write(bytes.AsSpan())));
        Assert.Equal(expected, Codec.Write((ref writer) => writer.Write(Pieces.Of(bytes, 1000))));
        Assert.Equal(bytes, Codec.Read(expected, (ref reader) => reader.ReadBytes()!.Value.ToArray()));
    }

    [Fact]
    public void Bytes_may_come_as_a_string_as_they_did_before_bin_existed() =>
        Assert.Equal([1, 2, 3], Codec.ReadHex("a3010203", (ref reader) => reader.ReadBytes()!.Value.ToArray()));

    [Fact]
    public void A_string_span_is_given_only_where_it_lies_in_one_piece()
    {
        byte[] data = [0xa3, (byte)'a', (byte)'b', (byte)'c', 0xc0];
        MessagePackReader whole = new(data);
        Assert.True(whole.TryReadStringSpan(out ReadOnlySpan<byte> span));
        Assert.Equal("abc"u8, span);
        Assert.False(whole.TryReadStringSpan(out span));
        Assert.True(span.IsEmpty);
        Assert.True(whole.TryReadNil());
        Assert.True(whole.End);

        MessagePackReader pieces = new(Pieces.Of(data, 2));
        Assert.False(pieces.TryReadStringSpan(out span));
        Assert.Equal(0, pieces.Consumed);
        Assert.Equal("abc", pieces.ReadString());
        Assert.Equal(4, pieces.Consumed);
    }

    [Fact]
    public void Raw_values_are_copied_and_viewed_as_they_are()
    {
        byte[] inner = Convert.FromHexString("93010203");
        byte[] expected = Convert.FromHexString("929301020393010203");
        Assert.Equal(expected, Codec.Write((ref writer) =>
        {
            writer.WriteArrayHeader(2);
            writer.WriteRaw(inner);
            writer.WriteRaw(Pieces.Of(inner, 3));
        }));
        Assert.Equal("93010203", Codec.Read(expected, (ref reader) =>
        {
            reader.ReadArrayHeader();
            reader.Skip();
            return Convert.ToHexStringLower(reader.ReadRaw().ToArray());
        }));
        Assert.Equal("9293", Codec.Read(expected, (ref reader) =>
        {
            string two = Convert.ToHexStringLower(reader.ReadRaw(2).ToArray());
            reader.ReadRaw(7);
            return two;
        }));
        Codec.RefusedHex("0102", (ref reader) => reader.ReadRaw(3).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MessagePackReader(expected).ReadRaw(-1));
    }

    [Fact]
    public void The_position_is_where_the_next_value_begins()
    {
        byte[] data = Convert.FromHexString("9301cd010203");
        foreach (ReadOnlySequence<byte> sequence in new[] { new ReadOnlySequence<byte>(data), Pieces.Of(data, 1), Pieces.Of(data, 4) })
        {
            MessagePackReader reader = new(sequence);
            reader.ReadArrayHeader();
            reader.ReadInt32();
            MessagePackReader peek = reader.CreatePeekReader();
            Assert.Equal(258, peek.ReadInt32());
            Assert.Equal(2, reader.Consumed);
            Assert.Equal("cd010203", Convert.ToHexStringLower(sequence.Slice(reader.Position).ToArray()));
            reader.Skip();
            Assert.Equal("03", Convert.ToHexStringLower(sequence.Slice(reader.Position).ToArray()));
            reader.Skip();
            Assert.True(sequence.Slice(reader.Position).IsEmpty);
            Assert.Equal(data.Length, reader.Sequence.Length);
        }
    }

    [Fact]
    public void A_negative_length_is_the_callers_mistake()
    {
        Assert.Throws<OverflowException>(() => Codec.Write((ref writer) => writer.WriteStringHeader(-1)));
        Assert.Throws<OverflowException>(() => Codec.Write((ref writer) => writer.WriteBinHeader(-1)));
        Assert.Throws<OverflowException>(() => Codec.Write((ref writer) => writer.WriteArrayHeader(-1)));
        Assert.Throws<OverflowException>(() => Codec.Write((ref writer) => writer.WriteMapHeader(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Codec.Write((ref writer) => writer.Advance(1_000_000)));
        Assert.Throws<ArgumentNullException>(() => new MessagePackWriter(null!).Flush());
    }
}
