using RLSeq.MessagePack.Tests.Support;

namespace RLSeq.MessagePack.Tests;

public class FloatArrayTests
{
    // struct.pack("<3f", 1, -2.5, math.nan) in Python: 0000803f 000020c0 0000c07f; .NET's NaN has the sign bit set.
    private const string Hex = "c40c0000803f000020c00000c0ff";
    private static readonly float[] Values = [1f, -2.5f, float.NaN];

    [Fact]
    public void Floats_are_one_bin_of_little_endian_floats() =>
        Assert.Equal(Hex, Codec.WriteHex((ref writer) => MessagePackFloats.WriteFloats(ref writer, Values)));

    [Fact]
    public void Floats_are_read_into_a_new_array_or_a_span()
    {
        Assert.Equal(Values, Codec.ReadHex(Hex, (ref reader) => MessagePackFloats.ReadFloats(ref reader)));
        Assert.Equal(Values, Codec.ReadHex(Hex, (ref reader) =>
        {
            float[] values = new float[3];
            MessagePackFloats.ReadFloats(ref reader, values);
            return values;
        }));
        Assert.Empty(Codec.ReadHex("c400", (ref reader) => MessagePackFloats.ReadFloats(ref reader)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(16_384)]
    [InlineData(100_000)]
    public void Arrays_of_every_size_return(int count)
    {
        float[] values = new float[count];
        Random random = new(count);
        for (int i = 0; i < count; i++) values[i] = random.NextSingle();
        byte[] data = Codec.Write((ref writer) => MessagePackFloats.WriteFloats(ref writer, values));
        int header = (count * 4) switch { <= 255 => 2, <= 65535 => 3, _ => 5 };
        Assert.Equal(header + (count * 4), data.Length);
        Assert.Equal(values, Codec.Read(data, (ref reader) => MessagePackFloats.ReadFloats(ref reader)));
    }

    [Theory]
    [InlineData("c0", "found nil")]
    [InlineData("c403000000", "3 bytes, which is not a multiple of 4")]
    [InlineData("93010203", "Expected bytes")]
    [InlineData("c6fffffffc00000000", "ends too early")]
    public void What_is_no_array_of_floats_is_refused(string hex, string message) =>
        Assert.Contains(message, Codec.RefusedHex(hex, (ref reader) => MessagePackFloats.ReadFloats(ref reader)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_span_must_have_the_number_of_floats(int length) =>
        Assert.Contains("found 12 bytes", Codec.RefusedHex(Hex, (ref reader) =>
        {
            MessagePackFloats.ReadFloats(ref reader, new float[length]);
            return 0;
        }).Message, StringComparison.Ordinal);
}
