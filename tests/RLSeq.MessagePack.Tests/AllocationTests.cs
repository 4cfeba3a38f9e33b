using System.Buffers;
using RLSeq.MessagePack.Tests.Support;

namespace RLSeq.MessagePack.Tests;

public class AllocationTests
{
    [Fact]
    public void Writing_and_reading_numbers_views_and_floats_allocates_nothing()
    {
        ArrayBufferWriter<byte> output = new(1 << 20);
        float[] floats = new float[1000];
        WriteAndRead(output, floats);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) WriteAndRead(output, floats);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void WriteAndRead(ArrayBufferWriter<byte> output, float[] floats)
    {
        output.ResetWrittenCount();
        MessagePackWriter writer = new(output);
        writer.WriteArrayHeader(6);
        writer.Write(1234567);
        writer.Write(0.5);
        writer.Write("a name of some length, longer than thirty-two bytes");
        writer.Write("bytes"u8);
        writer.Write(DateTime.UnixEpoch);
        MessagePackFloats.WriteFloats(ref writer, floats);
        writer.Flush();

        MessagePackReader reader = new(output.WrittenMemory);
        reader.ReadArrayHeader();
        reader.ReadInt32();
        reader.ReadDouble();
        reader.TryReadStringSpan(out _);
        reader.ReadBytes();
        reader.ReadDateTime();
        MessagePackFloats.ReadFloats(ref reader, floats);
        MessagePackReader skipping = new(output.WrittenMemory);
        skipping.Skip();
    }
}
