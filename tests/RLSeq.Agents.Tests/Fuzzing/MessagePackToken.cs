using System.Buffers.Binary;

namespace RLSeq.Agents.Tests;

/// <summary>One value of a MessagePack document by its place: its code and length stand in [Start, HeaderEnd), it and all that it holds in [Start, End).</summary>
/// <param name="Code">Its first byte.</param>
/// <param name="Count">The bytes of a string or bin, the items of an array, or the keys and values of a map; 0 for others.</param>
internal readonly record struct MessagePackToken(int Start, int HeaderEnd, int End, byte Code, int Count)
{
    public bool IsArray => Code is (>= 0x90 and <= 0x9f) or 0xdc or 0xdd;

    public bool IsMap => Code is (>= 0x80 and <= 0x8f) or 0xde or 0xdf;

    public bool IsText => Code is (>= 0xa0 and <= 0xbf) or (>= 0xd9 and <= 0xdb);

    public bool IsBin => Code is >= 0xc4 and <= 0xc6;

    public bool IsInteger => Code is <= 0x7f or >= 0xe0 or (>= 0xcc and <= 0xd3);

    public bool IsSingle => Code == 0xca;

    /// <summary>All values of a document, containers before what they hold.</summary>
    public static MessagePackToken[] Scan(ReadOnlySpan<byte> document)
    {
        var tokens = new List<MessagePackToken>();
        Assert.Equal(document.Length, ScanValue(document, 0, tokens));
        return [.. tokens];
    }

    private static int ScanValue(ReadOnlySpan<byte> document, int start, List<MessagePackToken> tokens)
    {
        byte code = document[start];
        ReadOnlySpan<byte> rest = document[(start + 1)..];
        (int header, int bytes, int items) = code switch
        {
            >= 0x80 and <= 0x8f => (1, 0, 2 * (code & 15)),
            >= 0x90 and <= 0x9f => (1, 0, code & 15),
            >= 0xa0 and <= 0xbf => (1, code & 31, 0),
            0xc4 or 0xd9 => (2, rest[0], 0),
            0xc5 or 0xda => (3, BinaryPrimitives.ReadUInt16BigEndian(rest), 0),
            0xc6 or 0xdb => (5, (int)BinaryPrimitives.ReadUInt32BigEndian(rest), 0),
            0xdc => (3, 0, BinaryPrimitives.ReadUInt16BigEndian(rest)),
            0xde => (3, 0, 2 * BinaryPrimitives.ReadUInt16BigEndian(rest)),
            0xcc or 0xd0 => (2, 0, 0),
            0xcd or 0xd1 => (3, 0, 0),
            0xca or 0xce or 0xd2 => (5, 0, 0),
            0xcb or 0xcf or 0xd3 => (9, 0, 0),
            _ => (1, 0, 0),
        };
        int index = tokens.Count, end = start + header + bytes;
        tokens.Add(default);
        for (int i = 0; i < items; i++) end = ScanValue(document, end, tokens);
        tokens[index] = new MessagePackToken(start, start + header, end, code, bytes + items);
        return end;
    }
}
