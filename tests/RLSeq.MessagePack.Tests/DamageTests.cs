using System.Buffers;
using RLSeq.MessagePack.Tests.Support;

namespace RLSeq.MessagePack.Tests;

public class DamageTests
{
    private static readonly byte[] Complex = Document.Pack(new object?[]
    {
        null, true, false, 5L, -5L, 200L, -100L, 40000L, -20000L, 3000000000L, -2000000000L, ulong.MaxValue, long.MinValue, 1.5f, 2.5,
        "short", new string('m', 40), new string('l', 300), new byte[3], new byte[300],
        DateTime.UnixEpoch, DateTime.UnixEpoch.AddTicks(1), DateTime.MinValue,
        new Extension(1, new byte[1]), new Extension(2, new byte[2]), new Extension(3, new byte[16]), new Extension(4, new byte[20]), new Extension(5, new byte[300]),
        Enumerable.Range(0, 20).Select(i => (object?)(long)i).ToArray(),
        Enumerable.Range(0, 20).Select(i => ((object?)$"key {i}", (object?)new object?[] { (long)i, (float)i })).ToArray(),
    });

    public static TheoryData<string> HostileHeaders => ["ddffffffff", "dfffffffff", "dbffffffff", "c6ffffffff", "c9ffffffff05", "dcffff", "deffff", "daffff", "c5ffff", "c8ffff05", "dd7fffffff00", "df7fffffff0000"];

    [Fact]
    public void Data_cut_at_any_byte_is_refused_as_ending_too_early()
    {
        for (int length = 0; length < Complex.Length; length++)
        {
            byte[] cut = Complex[..length];
            Assert.IsType<EndOfStreamException>(Codec.Refused(cut, (ref reader) => Document.Read(ref reader)).InnerException);
            Assert.IsType<EndOfStreamException>(Codec.Refused(cut, (ref reader) => SkipOne(ref reader)).InnerException);
            Assert.IsType<EndOfStreamException>(Codec.Refused(cut, (ref reader) => reader.ReadRaw().Length).InnerException);
        }
    }

    [Fact]
    public void The_whole_of_it_is_read_and_passed_over()
    {
        Assert.Equal(Complex.Length, Codec.Read(Complex, (ref reader) => SkipOne(ref reader)));
        string described = Codec.Read(Complex, (ref reader) => Document.Describe(Document.Read(ref reader)));
        MessagePackReader again = new(Complex);
        Assert.Equal(Complex, Document.Pack(Document.Read(ref again)));
        Assert.StartsWith("[null,true,false,5,-5,200,", described, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_input_has_no_value()
    {
        Assert.True(new MessagePackReader(ReadOnlyMemory<byte>.Empty).End);
        Assert.True(new MessagePackReader(ReadOnlySequence<byte>.Empty).End);
        Codec.Refused([], (ref reader) => reader.NextCode);
        Codec.Refused([], (ref reader) => reader.NextMessagePackType);
        Codec.Refused([], (ref reader) => reader.TryReadNil());
        Codec.Refused([], (ref reader) => reader.TryReadStringSpan(out _));
    }

    [Theory]
    [MemberData(nameof(HostileHeaders))]
    public void A_header_that_claims_more_than_there_is_costs_nothing(string hex)
    {
        byte[] data = Convert.FromHexString(hex);
        ReadAs(data);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ReadAs(data);
        // The exceptions themselves are a few kilobytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Nesting_of_a_million_levels_is_passed_over_without_a_stack()
    {
        const int Depth = 1_000_000;
        byte[] arrays = [.. Enumerable.Repeat((byte)0x91, Depth), 0xc0];
        Assert.Equal(arrays.Length, Codec.Read(arrays, (ref reader) => SkipOne(ref reader)));
        byte[] maps = [.. Enumerable.Repeat(new byte[] { 0x81, 0x05 }, Depth).SelectMany(pair => pair), 0xc0];
        Assert.Equal(maps.Length, Codec.Read(maps, (ref reader) => SkipOne(ref reader)));
        byte[] endless = [.. Enumerable.Repeat((byte)0x91, Depth)];
        Codec.Refused(endless, (ref reader) => SkipOne(ref reader));
    }

    [Fact]
    public void Nested_headers_together_cannot_claim_more_than_there_is()
    {
        // Each array 16 of 6 values is within what remains after it. But after the second the first still needs 5, and 10 bytes remain.
        byte[] data = Convert.FromHexString("dc0006dc0006dc000600000000000000");
        MessagePackSerializationException refused = Codec.Refused(data, (ref reader) => SkipOne(ref reader));
        Assert.StartsWith("The data ends too early: at byte 6 of 16 at least 11 more must follow, and 10 do", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_code_that_is_never_used_is_refused()
    {
        Assert.Equal("Expected any value at byte 2; found never used (0xc1).", Codec.RefusedHex("9200c1", (ref reader) => SkipOne(ref reader)).Message);
        Codec.RefusedHex("c1", (ref reader) => reader.ReadInt32());
    }

    [Fact]
    public void Random_damage_gives_a_value_or_the_exception_and_nothing_else()
    {
        Random random = new(20240607);
        int refused = 0;
        for (int trial = 0; trial < 20_000; trial++)
        {
            byte[] data = [.. Complex];
            for (int flips = random.Next(1, 6); flips > 0; flips--) data[random.Next(trial % 2 == 0 ? 200 : data.Length)] = (byte)random.Next(256);
            try
            {
                MessagePackReader reader = new(trial % 3 == 0 ? Pieces.Of(data, 7) : new ReadOnlySequence<byte>(data));
                Document.Read(ref reader);
            }
            catch (MessagePackSerializationException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1000, 19_000);
    }

    private static long SkipOne(ref MessagePackReader reader)
    {
        reader.Skip();
        return reader.Consumed;
    }

    private static void ReadAs(byte[] data)
    {
        Codec.Refused(data, (ref reader) => SkipOne(ref reader));
        Codec.Refused(data, (ref reader) => (long)(reader.NextMessagePackType switch
        {
            MessagePackType.Array => reader.ReadArrayHeader(),
            MessagePackType.Map => reader.ReadMapHeader(),
            MessagePackType.String => reader.ReadString()!.Length,
            MessagePackType.Binary => MessagePackFloats.ReadFloats(ref reader).Length,
            _ => reader.ReadExtensionFormatHeader().Length,
        }));
    }
}
