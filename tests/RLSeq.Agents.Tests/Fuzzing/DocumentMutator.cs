using System.Buffers;
using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>
/// Changes a MessagePack document as somebody would who knows the format and means harm: lengths that lie, numbers at the edges of
/// their types, values of another type, keys twice, parts left out or put elsewhere, nesting, and floats that are no numbers. Half of
/// the copies are well formed, every value keeping its type, so that they get past the parser to what makes sense of them.
/// </summary>
internal sealed class DocumentMutator(byte[] document)
{
    private static readonly long[] Integers =
    [
        0, 1, -1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 127, 128, 255, 256, 4095, 4096, 16_384, 16_385, 32_767, 32_768, 65_535, 65_536, 1 << 20, (1 << 20) + 1, 1 << 24,
        1 << 28, 1 << 30, int.MaxValue, int.MaxValue + 1L, uint.MaxValue, uint.MaxValue + 1L, long.MaxValue, long.MinValue, int.MinValue,
    ];

    private static readonly float[] Floats = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -float.MaxValue, 1e30f, -1, 0, float.Epsilon];

    private static readonly string[] Words =
    [
        "", "none", "lstm", "gru", "min-gru", "gated-delta-net", "linear-attention", "lru", "hcam", "ffm", "ffm-normalized", "transformer", "mlp", "linear", "relu", "tanh", "float32", "uint8", "bfloat16", "int8", "discrete", "multi_discrete", "box", "tuple",
        "hidden", "layers", "heads", "context", "ffn", "traces", "contexts", "chunk", "top", "weight", "bias", "a\nb\u0007", "\ud83d\ude00", new('x', 300),
    ];

    private static readonly byte[][] OtherTypes =
    [
        [0xc0], [0xc1], [0xc2], [0xc3], [0x00], [0xff], [0x80], [0x90], [0xa0], [0xc4, 0], [0xca, 0x7f, 0xc0, 0, 0], [0xcb, 0x7f, 0xf0, 0, 0, 0, 0, 0, 0],
        [0xd6, 0xff, 0, 0, 0, 0], [0xc7, 0, 5], [0xc9, 0xff, 0xff, 0xff, 0xff, 1], [0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    ];

    private readonly MessagePackToken[] _tokens = MessagePackToken.Scan(document);

    /// <summary>A changed copy: one to four changes, which do not overlap.</summary>
    public byte[] Mutate(ref RandomSource random)
    {
        int[] chosen = new int[1 + random.NextInt(4)];
        for (int i = 0; i < chosen.Length; i++) chosen[i] = random.NextInt(_tokens.Length);
        Array.Sort(chosen);
        bool wellFormed = random.NextInt(2) == 0;
        byte[] changed = document;
        int untouched = document.Length; // changes go from the back to the front, so that places in front stay right
        for (int i = chosen.Length - 1; i >= 0; i--)
        {
            MessagePackToken token = _tokens[chosen[i]];
            (int end, byte[] with) = wellFormed ? (token.End, SameType(token, ref random)) : Change(token, ref random);
            if (end > untouched) continue;
            changed = [.. changed.AsSpan(0, token.Start), .. with, .. changed.AsSpan(end)];
            untouched = token.Start;
        }
        return changed;
    }

    /// <summary>What stands in [token.Start, End) instead.</summary>
    private (int End, byte[] With) Change(MessagePackToken token, ref RandomSource random)
    {
        ReadOnlySpan<byte> content = document.AsSpan(token.HeaderEnd..token.End), whole = document.AsSpan(token.Start..token.End);
        int choice = random.NextInt(10);
        switch (choice)
        {
            case 0: return (token.End, []);
            case 1: return (token.End, [.. whole, .. whole]);
            case 2: return (token.End, OtherTypes[random.NextInt(OtherTypes.Length)]);
            case 3: return (token.End, Another(ref random));
            case 4 when random.NextInt(8) == 0: return (token.End, [.. Enumerable.Repeat(random.NextInt(2) == 0 ? (byte)0x91 : (byte)0x81, 1 + random.NextInt(3000)), 0xc0]);
        }
        if (token.IsInteger || token.IsSingle || (token.IsText && choice < 8)) return (token.End, SameType(token, ref random));
        if (token.IsMap && choice < 8 && token.Count >= 4) return (token.End, KeyTwice(token, ref random));
        if (token.IsBin && choice < 8) return (token.End, Bin(content, ref random));
        if (token.IsArray || token.IsMap || token.IsText || token.IsBin) return (token.HeaderEnd, LyingHeader(token, ref random));
        return (token.End, [(byte)random.NextInt(256)]);
    }

    /// <summary>Another value of the token's type: an extreme number, another word, or another part of the document that has as many parts.</summary>
    private byte[] SameType(MessagePackToken token, ref RandomSource random)
    {
        if (token.IsInteger) return Integer(random.NextInt(4) == 0 ? (long)random.NextUInt64() : Integers[random.NextInt(Integers.Length)]);
        if (token.IsSingle) return Single(Floats[random.NextInt(Floats.Length)]);
        if (token.IsText) return random.NextInt(8) == 0 ? [0xa3, 0xff, 0xfe, 0x80] : Text(Words[random.NextInt(Words.Length)]);
        MessagePackToken[] alike = [.. _tokens.Where(other => other.Code == token.Code && (token.IsBin || other.Count == token.Count))];
        MessagePackToken chosen = alike[random.NextInt(alike.Length)];
        byte[] with = document[chosen.Start..chosen.End];
        int header = chosen.HeaderEnd - chosen.Start, floats = token.IsBin ? (with.Length - header) / sizeof(float) : 0;
        if (floats > 0 && random.NextInt(2) == 0) BitConverter.TryWriteBytes(with.AsSpan(header + (sizeof(float) * random.NextInt(floats))), Floats[random.NextInt(Floats.Length)]);
        return with;
    }

    /// <summary>Some other value of the document, a whole module perhaps.</summary>
    private byte[] Another(ref RandomSource random)
    {
        MessagePackToken other = _tokens[random.NextInt(_tokens.Length)];
        return document[other.Start..other.End];
    }

    /// <summary>A map whose second key is the first once more.</summary>
    private byte[] KeyTwice(MessagePackToken map, ref RandomSource random)
    {
        MessagePackToken[] inside = Children(map);
        MessagePackToken first = inside[0], key = inside[2 * (1 + random.NextInt((inside.Length / 2) - 1))];
        return [.. document.AsSpan(map.Start..key.Start), .. document.AsSpan(first.Start..first.End), .. document.AsSpan(key.End..map.End)];
    }

    private MessagePackToken[] Children(MessagePackToken container)
    {
        var children = new List<MessagePackToken>();
        for (int i = Array.IndexOf(_tokens, container) + 1; i < _tokens.Length && _tokens[i].Start < container.End; i++)
            if (children.Count == 0 || _tokens[i].Start >= children[^1].End) children.Add(_tokens[i]);
        return [.. children];
    }

    /// <summary>Bytes with the header that is theirs: shorter, longer, empty, or with a float in them that is none.</summary>
    private static byte[] Bin(ReadOnlySpan<byte> content, ref RandomSource random)
    {
        byte[] bytes = [.. content];
        switch (random.NextInt(4))
        {
            case 0: bytes = bytes[..random.NextInt(bytes.Length + 1)]; break;
            case 1: bytes = [.. bytes, .. new byte[1 + random.NextInt(9)]]; break;
            case 2 when bytes.Length >= 4: BitConverter.TryWriteBytes(bytes.AsSpan(random.NextInt(bytes.Length / 4) * 4), Floats[random.NextInt(Floats.Length)]); break;
            default: bytes = []; break;
        }
        return Written((ref MessagePackWriter writer) => writer.Write(bytes));
    }

    private static byte[] LyingHeader(MessagePackToken token, ref RandomSource random)
    {
        uint[] lengths = [(uint)token.Count + 1, (uint)Math.Max(0, token.Count - 1), (uint)(2 * token.Count) + 2, 0, 255, 65_535, 1 << 20, 1 << 28, int.MaxValue, uint.MaxValue];
        uint length = lengths[random.NextInt(lengths.Length)];
        byte code = token.IsArray ? (byte)0xdd : token.IsMap ? (byte)0xdf : token.IsText ? (byte)0xdb : (byte)0xc6;
        return [code, (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
    }

    private static byte[] Integer(long value) => Written((ref MessagePackWriter writer) => writer.Write(value));

    private static byte[] Single(float value) => Written((ref MessagePackWriter writer) => writer.Write(value));

    private static byte[] Text(string value) => Written((ref MessagePackWriter writer) => writer.Write(value));

    private static byte[] Written(Writing write)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        write(ref writer);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private delegate void Writing(ref MessagePackWriter writer);
}
