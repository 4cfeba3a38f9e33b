namespace MessagePack;

/// <summary>Reads MessagePack from memory.</summary>
public ref struct MessagePackReader
{
    private readonly ReadOnlyMemory<byte> _input;

    /// <summary>Makes a reader.</summary>
    /// <param name="input">The bytes.</param>
    public MessagePackReader(ReadOnlyMemory<byte> input) => _input = input;

    /// <summary>Whether everything was read.</summary>
    public readonly bool End => _input.IsEmpty;
}
