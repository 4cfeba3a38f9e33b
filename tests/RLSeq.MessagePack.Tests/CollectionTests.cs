using RLSeq.MessagePack.Tests.Support;

namespace RLSeq.MessagePack.Tests;

// The expected headers are derived by hand from the tables of the MessagePack specification.
public class CollectionTests
{
    [Theory]
    [InlineData(0, "90", "80")]
    [InlineData(1, "91", "81")]
    [InlineData(15, "9f", "8f")]
    [InlineData(16, "dc0010", "de0010")]
    [InlineData(65535, "dcffff", "deffff")]
    [InlineData(65536, "dd00010000", "df00010000")]
    public void Arrays_and_maps_have_the_shortest_header(int count, string arrayHeader, string mapHeader)
    {
        Assert.Equal(arrayHeader, Codec.WriteHex((ref writer) => writer.WriteArrayHeader(count)));
        Assert.Equal(mapHeader, Codec.WriteHex((ref writer) => writer.WriteMapHeader(count)));

        byte[] array = [.. Convert.FromHexString(arrayHeader), .. new byte[count]];
        Assert.Equal(count, Codec.Read(array, (ref reader) => SkipAll(ref reader, reader.ReadArrayHeader())));
        byte[] map = [.. Convert.FromHexString(mapHeader), .. new byte[count * 2]];
        Assert.Equal(2 * count, Codec.Read(map, (ref reader) => SkipAll(ref reader, 2 * reader.ReadMapHeader())));
    }

    [Fact]
    public void The_largest_headers_are_written_unsigned()
    {
        Assert.Equal("ddffffffff", Codec.WriteHex((ref writer) => writer.WriteArrayHeader(uint.MaxValue)));
        Assert.Equal("dfffffffff", Codec.WriteHex((ref writer) => writer.WriteMapHeader(uint.MaxValue)));
    }

    // {"compact": true, "schema": 0}, the example on msgpack.org, is 27 bytes of JSON and 18 bytes of MessagePack.
    [Fact]
    public void The_specifications_own_example_is_18_bytes()
    {
        const string Hex = "82a7636f6d70616374c3a6736368656d6100";
        (object?, object?)[] value = [("compact", true), ("schema", 0L)];
        Assert.Equal(Hex, Convert.ToHexStringLower(Document.Pack(value)));
        Assert.Equal(Document.Describe(value), Codec.ReadHex(Hex, (ref reader) => Document.Describe(Document.Read(ref reader))));
    }

    private static int SkipAll(ref MessagePackReader reader, int count)
    {
        for (int i = 0; i < count; i++) reader.Skip();
        return count;
    }
}
