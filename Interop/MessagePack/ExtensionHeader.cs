namespace MessagePack;

/// <summary>What stands before the data of an extension.</summary>
public readonly struct ExtensionHeader : IEquatable<ExtensionHeader>
{
    /// <summary>Makes a header.</summary>
    /// <param name="typeCode">The application's type, 0 to 127; negative ones are the specification's.</param>
    /// <param name="length">The number of bytes of data.</param>
    public ExtensionHeader(sbyte typeCode, uint length) => (TypeCode, Length) = (typeCode, length);

    /// <summary>Makes a header.</summary>
    /// <param name="typeCode">The application's type, 0 to 127; negative ones are the specification's.</param>
    /// <param name="length">The number of bytes of data, not negative.</param>
    /// <exception cref="OverflowException"><paramref name="length"/> is negative.</exception>
    public ExtensionHeader(sbyte typeCode, int length) : this(typeCode, checked((uint)length)) { }

    /// <summary>The type.</summary>
    public sbyte TypeCode { get; }

    /// <summary>The number of bytes of data.</summary>
    public uint Length { get; }

    /// <inheritdoc/>
    public bool Equals(ExtensionHeader other) => TypeCode == other.TypeCode && Length == other.Length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ExtensionHeader other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TypeCode, Length);

    /// <summary>Whether type and length agree.</summary>
    public static bool operator ==(ExtensionHeader left, ExtensionHeader right) => left.Equals(right);

    /// <summary>Whether type or length differ.</summary>
    public static bool operator !=(ExtensionHeader left, ExtensionHeader right) => !left.Equals(right);
}
