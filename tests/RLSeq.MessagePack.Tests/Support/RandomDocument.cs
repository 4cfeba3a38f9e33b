using System.Text;

namespace RLSeq.MessagePack.Tests.Support;

/// <summary>Draws values of every kind and size, the same for the same seed.</summary>
internal sealed class RandomDocument(int seed)
{
    private readonly Random _random = new(seed);

    public object? Next(int depth = 4) => _random.Next(depth > 0 ? 12 : 10) switch
    {
        0 => null,
        1 => _random.Next(2) == 0,
        2 or 3 => Integer(),
        4 => BitConverter.Int32BitsToSingle(_random.Next(int.MinValue, int.MaxValue)) is var number && float.IsNaN(number) ? 0f : number,
        5 => BitConverter.Int64BitsToDouble(_random.NextInt64(long.MinValue, long.MaxValue)),
        6 => Text(),
        7 => Bytes(_random.Next(4) == 0 ? 300 : 40),
        8 => new DateTime(_random.NextInt64(DateTime.MaxValue.Ticks), DateTimeKind.Utc),
        9 => new Extension((sbyte)_random.Next(0, 128), Bytes(_random.Next(4) == 0 ? 300 : 20)),
        10 => Enumerable.Range(0, _random.Next(20)).Select(_ => Next(depth - 1)).ToArray(),
        _ => Enumerable.Range(0, _random.Next(20)).Select(i => ((object?)$"key {i}", Next(depth - 1))).ToArray(),
    };

    /// <summary>Any number of bits is as likely as any other, so that every encoding occurs.</summary>
    private object Integer()
    {
        ulong bits = (ulong)_random.NextInt64(long.MinValue, long.MaxValue) >> _random.Next(64);
        if (_random.Next(2) == 0) return -(long)(bits >> 1);
        if (bits > long.MaxValue) return bits;
        return (long)bits;
    }

    private string Text()
    {
        StringBuilder text = new();
        for (int left = _random.Next(_random.Next(4) == 0 ? 300 : 40); left > 0; left--)
        {
            Rune rune = _random.Next(4) switch
            {
                0 => new Rune(_random.Next(0x80, 0x800)),
                1 => new Rune(_random.Next(0xe000, 0x10000)),
                2 => new Rune(_random.Next(0x10000, 0x110000)),
                _ => new Rune(_random.Next(0x80)),
            };
            text.Append(rune.ToString());
        }
        return text.ToString();
    }

    private byte[] Bytes(int limit)
    {
        byte[] bytes = new byte[_random.Next(limit)];
        _random.NextBytes(bytes);
        return bytes;
    }
}
