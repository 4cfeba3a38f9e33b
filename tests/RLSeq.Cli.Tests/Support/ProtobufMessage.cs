using System.Buffers.Binary;
using System.Text;

namespace RLSeq.Cli.Tests;

/// <summary>A protobuf message, read by its field numbers: see the encoding at https://protobuf.dev/programming-guides/encoding. What is malformed throws.</summary>
internal sealed class ProtobufMessage
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    public ProtobufMessage(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            ulong tag = Varint(ref data);
            (int field, int type) = ((int)(tag >> 3), (int)(tag & 7));
            Assert.InRange(field, 1, 1000);
            _fields.Add(type switch
            {
                0 => (field, Varint(ref data), []),
                1 => (field, BinaryPrimitives.ReadUInt64LittleEndian(Take(ref data, 8)), []),
                2 => (field, 0, Take(ref data, (int)Varint(ref data)).ToArray()),
                5 => (field, BinaryPrimitives.ReadUInt32LittleEndian(Take(ref data, 4)), []),
                _ => throw new InvalidDataException($"Field {field} has the wire type {type}."),
            });
        }
    }

    public IEnumerable<ProtobufMessage> Messages(params int[] path) =>
        path.Length == 0 ? [this] : _fields.Where(one => one.Field == path[0]).SelectMany(one => new ProtobufMessage(one.Bytes).Messages(path[1..]));

    public bool Has(int field) => _fields.Exists(one => one.Field == field);

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public byte[] Bytes(int field) => _fields.Find(one => one.Field == field).Bytes ?? [];

    public long Whole(int field) => (long)_fields.Find(one => one.Field == field).Number;

    public double Real(int field) => BitConverter.UInt64BitsToDouble(_fields.Find(one => one.Field == field).Number);

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> data, int length)
    {
        ReadOnlySpan<byte> taken = data[..length];
        data = data[length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> data)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(ref data, 1)[0];
            value |= (ulong)(next & 127) << shift;
            if (next < 128) return value;
        }
        throw new InvalidDataException("A number takes more than ten bytes.");
    }
}
