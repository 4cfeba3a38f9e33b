using System.Buffers;

namespace RLSeq.MessagePack.Tests.Support;

/// <summary>Cuts data into pieces, with an empty one after each, as a pipe might deliver it.</summary>
internal static class Pieces
{
    public static ReadOnlySequence<byte> Of(byte[] data, int size)
    {
        Piece first = new(default, 0), last = first;
        for (int start = 0; start < data.Length; start += size)
        {
            last = last.Append(data.AsMemory(start, Math.Min(size, data.Length - start)));
            last = last.Append(default);
        }
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long start) => (Memory, RunningIndex) = (memory, start);

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            Piece next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
