using System.Buffers;

namespace MessagePack;

/// <summary>Writes MessagePack to a buffer.</summary>
public ref struct MessagePackWriter
{
    private readonly IBufferWriter<byte> _output;

    /// <summary>Makes a writer.</summary>
    /// <param name="output">Where the bytes go.</param>
    public MessagePackWriter(IBufferWriter<byte> output) => _output = output;

    /// <summary>Completes the write.</summary>
    public readonly void Flush() => _ = _output;
}
