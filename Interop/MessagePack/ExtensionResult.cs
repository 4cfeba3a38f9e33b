using System.Buffers;

namespace MessagePack;

/// <summary>A whole extension: its type and its data.</summary>
public readonly struct ExtensionResult
{
    /// <summary>Makes an extension of data that lies in one piece.</summary>
    /// <param name="typeCode">The application's type, 0 to 127.</param>
    /// <param name="data">The data; not copied.</param>
    public ExtensionResult(sbyte typeCode, Memory<byte> data) : this(typeCode, new ReadOnlySequence<byte>(data)) { }

    /// <summary>Makes an extension.</summary>
    /// <param name="typeCode">The application's type, 0 to 127.</param>
    /// <param name="data">The data; not copied.</param>
    public ExtensionResult(sbyte typeCode, ReadOnlySequence<byte> data) => (TypeCode, Data) = (typeCode, data);

    /// <summary>The type.</summary>
    public sbyte TypeCode { get; }

    /// <summary>The data; after reading, a view of the reader's input.</summary>
    public ReadOnlySequence<byte> Data { get; }

    /// <summary>The header that stands before the data.</summary>
    /// <exception cref="OverflowException">The data is longer than 2^32 - 1 bytes.</exception>
    public ExtensionHeader Header => new(TypeCode, checked((uint)Data.Length));
}
