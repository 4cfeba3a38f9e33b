using System.Buffers;
using RLSeq.MessagePack.Tests.Support;

namespace RLSeq.MessagePack.Tests;

public class RoundTripTests
{
    [Fact]
    public void Random_documents_return_and_take_the_same_bytes_again()
    {
        RandomDocument random = new(seed: 7);
        for (int trial = 0; trial < 300; trial++)
        {
            object? value = random.Next();
            byte[] data = Document.Pack(value);
            Assert.Equal(Document.Describe(value), Codec.Read(data, (ref reader) => Document.Describe(Document.Read(ref reader))));
            MessagePackReader pieces = new(Pieces.Of(data, 1 + (trial % 11)));
            Assert.Equal(data, Document.Pack(Document.Read(ref pieces)));
            MessagePackReader skipping = new(Pieces.Of(data, 1 + (trial % 11)));
            skipping.Skip();
            Assert.True(skipping.End);
        }
    }

    [Fact]
    public void Several_values_may_follow_one_another()
    {
        RandomDocument random = new(seed: 8);
        object?[] values = [.. Enumerable.Range(0, 50).Select(_ => random.Next())];
        ArrayBufferWriter<byte> output = new();
        foreach (object? value in values)
        {
            MessagePackWriter writer = new(output);
            Document.Write(ref writer, value);
            writer.Flush();
        }
        MessagePackReader reader = new(output.WrittenMemory);
        foreach (object? value in values) Assert.Equal(Document.Describe(value), Document.Describe(Document.Read(ref reader)));
        Assert.True(reader.End);
    }
}
