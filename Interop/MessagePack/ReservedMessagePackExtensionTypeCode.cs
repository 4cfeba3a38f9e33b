namespace MessagePack;

/// <summary>The extension types that the MessagePack specification itself defines.</summary>
public static class ReservedMessagePackExtensionTypeCode
{
    /// <summary>A point in time.</summary>
    public const sbyte DateTime = -1;
}
