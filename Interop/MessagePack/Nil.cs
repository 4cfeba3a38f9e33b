namespace MessagePack;

/// <summary>The value of MessagePack's nil.</summary>
public readonly struct Nil : IEquatable<Nil>
{
    /// <summary>The only value.</summary>
    public static readonly Nil Default;

    /// <inheritdoc/>
    public bool Equals(Nil other) => true;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Nil;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public override string ToString() => "()";

    /// <summary>Always true.</summary>
    public static bool operator ==(Nil left, Nil right) => left.Equals(right);

    /// <summary>Always false.</summary>
    public static bool operator !=(Nil left, Nil right) => !left.Equals(right);
}
