namespace MessagePack;

/// <summary>The first byte of every value, as the MessagePack specification numbers them.</summary>
public static class MessagePackCode
{
    /// <summary>Integers 0 to 127 are their own code.</summary>
    public const byte MinFixInt = 0x00;

    /// <summary>The code of 127.</summary>
    public const byte MaxFixInt = 0x7f;

    /// <summary>Maps of 0 to 15 pairs.</summary>
    public const byte MinFixMap = 0x80;

    /// <summary>A map of 15 pairs.</summary>
    public const byte MaxFixMap = 0x8f;

    /// <summary>Arrays of 0 to 15 values.</summary>
    public const byte MinFixArray = 0x90;

    /// <summary>An array of 15 values.</summary>
    public const byte MaxFixArray = 0x9f;

    /// <summary>Strings of 0 to 31 bytes.</summary>
    public const byte MinFixStr = 0xa0;

    /// <summary>A string of 31 bytes.</summary>
    public const byte MaxFixStr = 0xbf;

    /// <summary>Nil.</summary>
    public const byte Nil = 0xc0;

    /// <summary>Never used; found only in damaged data.</summary>
    public const byte NeverUsed = 0xc1;

    /// <summary>False.</summary>
    public const byte False = 0xc2;

    /// <summary>True.</summary>
    public const byte True = 0xc3;

    /// <summary>Bytes, their number in 8 bits.</summary>
    public const byte Bin8 = 0xc4;

    /// <summary>Bytes, their number in 16 bits.</summary>
    public const byte Bin16 = 0xc5;

    /// <summary>Bytes, their number in 32 bits.</summary>
    public const byte Bin32 = 0xc6;

    /// <summary>An extension, its length in 8 bits.</summary>
    public const byte Ext8 = 0xc7;

    /// <summary>An extension, its length in 16 bits.</summary>
    public const byte Ext16 = 0xc8;

    /// <summary>An extension, its length in 32 bits.</summary>
    public const byte Ext32 = 0xc9;

    /// <summary>A 32-bit float.</summary>
    public const byte Float32 = 0xca;

    /// <summary>A 64-bit float.</summary>
    public const byte Float64 = 0xcb;

    /// <summary>An unsigned integer of 8 bits.</summary>
    public const byte UInt8 = 0xcc;

    /// <summary>An unsigned integer of 16 bits.</summary>
    public const byte UInt16 = 0xcd;

    /// <summary>An unsigned integer of 32 bits.</summary>
    public const byte UInt32 = 0xce;

    /// <summary>An unsigned integer of 64 bits.</summary>
    public const byte UInt64 = 0xcf;

    /// <summary>A signed integer of 8 bits.</summary>
    public const byte Int8 = 0xd0;

    /// <summary>A signed integer of 16 bits.</summary>
    public const byte Int16 = 0xd1;

    /// <summary>A signed integer of 32 bits.</summary>
    public const byte Int32 = 0xd2;

    /// <summary>A signed integer of 64 bits.</summary>
    public const byte Int64 = 0xd3;

    /// <summary>An extension of 1 byte.</summary>
    public const byte FixExt1 = 0xd4;

    /// <summary>An extension of 2 bytes.</summary>
    public const byte FixExt2 = 0xd5;

    /// <summary>An extension of 4 bytes.</summary>
    public const byte FixExt4 = 0xd6;

    /// <summary>An extension of 8 bytes.</summary>
    public const byte FixExt8 = 0xd7;

    /// <summary>An extension of 16 bytes.</summary>
    public const byte FixExt16 = 0xd8;

    /// <summary>A string, its number of bytes in 8 bits.</summary>
    public const byte Str8 = 0xd9;

    /// <summary>A string, its number of bytes in 16 bits.</summary>
    public const byte Str16 = 0xda;

    /// <summary>A string, its number of bytes in 32 bits.</summary>
    public const byte Str32 = 0xdb;

    /// <summary>An array, its number of values in 16 bits.</summary>
    public const byte Array16 = 0xdc;

    /// <summary>An array, its number of values in 32 bits.</summary>
    public const byte Array32 = 0xdd;

    /// <summary>A map, its number of pairs in 16 bits.</summary>
    public const byte Map16 = 0xde;

    /// <summary>A map, its number of pairs in 32 bits.</summary>
    public const byte Map32 = 0xdf;

    /// <summary>Integers -32 to -1 are their own code in two's complement.</summary>
    public const byte MinNegativeFixInt = 0xe0;

    /// <summary>The code of -1.</summary>
    public const byte MaxNegativeFixInt = 0xff;

    /// <summary>What kind of value a code begins.</summary>
    /// <param name="code">The first byte of a value.</param>
    public static MessagePackType ToMessagePackType(byte code) => code switch
    {
        <= MaxFixInt or >= MinNegativeFixInt => MessagePackType.Integer,
        <= MaxFixMap => MessagePackType.Map,
        <= MaxFixArray => MessagePackType.Array,
        <= MaxFixStr => MessagePackType.String,
        Nil => MessagePackType.Nil,
        NeverUsed => MessagePackType.Unknown,
        <= True => MessagePackType.Boolean,
        <= Bin32 => MessagePackType.Binary,
        <= Ext32 => MessagePackType.Extension,
        <= Float64 => MessagePackType.Float,
        <= Int64 => MessagePackType.Integer,
        <= FixExt16 => MessagePackType.Extension,
        <= Str32 => MessagePackType.String,
        <= Array32 => MessagePackType.Array,
        _ => MessagePackType.Map,
    };

    /// <summary>The specification's name of a code, for messages.</summary>
    /// <param name="code">The first byte of a value.</param>
    public static string ToFormatName(byte code) => code switch
    {
        <= MaxFixInt => "positive fixint",
        <= MaxFixMap => "fixmap",
        <= MaxFixArray => "fixarray",
        <= MaxFixStr => "fixstr",
        Nil => "nil",
        NeverUsed => "never used",
        False => "false",
        True => "true",
        Bin8 => "bin 8",
        Bin16 => "bin 16",
        Bin32 => "bin 32",
        Ext8 => "ext 8",
        Ext16 => "ext 16",
        Ext32 => "ext 32",
        Float32 => "float 32",
        Float64 => "float 64",
        UInt8 => "uint 8",
        UInt16 => "uint 16",
        UInt32 => "uint 32",
        UInt64 => "uint 64",
        Int8 => "int 8",
        Int16 => "int 16",
        Int32 => "int 32",
        Int64 => "int 64",
        FixExt1 => "fixext 1",
        FixExt2 => "fixext 2",
        FixExt4 => "fixext 4",
        FixExt8 => "fixext 8",
        FixExt16 => "fixext 16",
        Str8 => "str 8",
        Str16 => "str 16",
        Str32 => "str 32",
        Array16 => "array 16",
        Array32 => "array 32",
        Map16 => "map 16",
        Map32 => "map 32",
        _ => "negative fixint",
    };
}
