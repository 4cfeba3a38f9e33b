namespace MessagePack;

/// <summary>What kind of value comes next.</summary>
public enum MessagePackType : byte
{
    /// <summary>The one code that the specification never uses (0xc1).</summary>
    Unknown = 0,

    /// <summary>A signed or unsigned integer.</summary>
    Integer = 1,

    /// <summary>Nil.</summary>
    Nil = 2,

    /// <summary>True or false.</summary>
    Boolean = 3,

    /// <summary>A 32-bit or 64-bit float.</summary>
    Float = 4,

    /// <summary>UTF-8 text.</summary>
    String = 5,

    /// <summary>Bytes.</summary>
    Binary = 6,

    /// <summary>A number of values.</summary>
    Array = 7,

    /// <summary>A number of pairs of key and value.</summary>
    Map = 8,

    /// <summary>Bytes with a type code; timestamps are extension -1.</summary>
    Extension = 9,
}
