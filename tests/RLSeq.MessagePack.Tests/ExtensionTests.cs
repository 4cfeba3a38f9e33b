using System.Buffers;
using RLSeq.MessagePack.Tests.Support;

namespace RLSeq.MessagePack.Tests;

// The expected headers are derived by hand from the tables of the MessagePack specification.
public class ExtensionTests
{
    [Theory]
    [InlineData(0, "c70005")]
    [InlineData(1, "d405")]
    [InlineData(2, "d505")]
    [InlineData(3, "c70305")]
    [InlineData(4, "d605")]
    [InlineData(5, "c70505")]
    [InlineData(8, "d705")]
    [InlineData(15, "c70f05")]
    [InlineData(16, "d805")]
    [InlineData(17, "c71105")]
    [InlineData(255, "c7ff05")]
    [InlineData(256, "c8010005")]
    [InlineData(65535, "c8ffff05")]
    [InlineData(65536, "c90001000005")]
    public void An_extension_has_the_shortest_header(int length, string header)
    {
        byte[] data = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 3))];
        byte[] expected = [.. Convert.FromHexString(header), .. data];
        Assert.Equal(expected, Codec.Write((ref writer) => writer.WriteExtensionFormat(new ExtensionResult(5, data))));
        Assert.Equal(expected, Codec.Write((ref writer) =>
        {
            writer.WriteExtensionFormatHeader(new ExtensionHeader(5, length));
            writer.WriteRaw(data);
        }));
        Assert.Equal(data, Codec.Read(expected, (ref reader) => reader.ReadExtensionFormat().Data.ToArray()));
        Assert.Equal(new ExtensionHeader(5, length), Codec.Read(expected, (ref reader) => reader.ReadExtensionFormat().Header));
        Assert.Equal(new ExtensionHeader(5, length), Codec.Read(expected, (ref reader) =>
        {
            ExtensionHeader found = reader.ReadExtensionFormatHeader();
            reader.ReadRaw(found.Length);
            return found;
        }));
    }

    [Fact]
    public void The_type_is_signed()
    {
        Assert.Equal("d48000", Codec.WriteHex((ref writer) => writer.WriteExtensionFormat(new ExtensionResult(-128, new byte[1]))));
        Assert.Equal(-128, Codec.ReadHex("d48000", (ref reader) => reader.ReadExtensionFormat().TypeCode));
    }

    [Fact]
    public void A_negative_length_is_the_callers_mistake() => Assert.Throws<OverflowException>(() => new ExtensionHeader(1, -1));
}
