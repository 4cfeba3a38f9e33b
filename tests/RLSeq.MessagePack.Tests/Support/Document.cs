using System.Buffers;
using System.Globalization;
using System.Text;

namespace RLSeq.MessagePack.Tests.Support;

internal sealed record Extension(sbyte Type, byte[] Data);

/// <summary>
/// Any MessagePack value as an object: null, bool, long, ulong (above long's range only), float, double, string, byte[], DateTime,
/// <see cref="Extension"/>, object?[] and, for maps, (object? Key, object? Value)[].
/// </summary>
internal static class Document
{
    public static byte[] Pack(object? value) => Codec.Write((ref MessagePackWriter writer) => Write(ref writer, value));

    public static void Write(ref MessagePackWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNil(); break;
            case bool truth: writer.Write(truth); break;
            case long number: writer.Write(number); break;
            case ulong number: writer.Write(number); break;
            case float number: writer.Write(number); break;
            case double number: writer.Write(number); break;
            case string text: writer.Write(text); break;
            case byte[] bytes: writer.Write(bytes); break;
            case DateTime time: writer.Write(time); break;
            case Extension extension: writer.WriteExtensionFormat(new ExtensionResult(extension.Type, extension.Data)); break;
            case object?[] items:
                writer.WriteArrayHeader(items.Length);
                foreach (object? item in items) Write(ref writer, item);
                break;
            case (object? Key, object? Value)[] pairs:
                writer.WriteMapHeader(pairs.Length);
                foreach ((object? key, object? item) in pairs)
                {
                    Write(ref writer, key);
                    Write(ref writer, item);
                }
                break;
            default: throw new ArgumentException($"No MessagePack for {value.GetType()}.", nameof(value));
        }
    }

    public static object? Read(ref MessagePackReader reader)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil: reader.ReadNil(); return null;
            case MessagePackType.Boolean: return reader.ReadBoolean();
            case MessagePackType.Integer: return ReadInteger(ref reader);
            case MessagePackType.Float: return reader.NextCode == MessagePackCode.Float32 ? reader.ReadSingle() : (object)reader.ReadDouble();
            case MessagePackType.String: return reader.ReadString();
            case MessagePackType.Binary: return reader.ReadBytes()!.Value.ToArray();
            case MessagePackType.Extension: return ReadExtension(ref reader);
            case MessagePackType.Array:
                object?[] items = new object?[reader.ReadArrayHeader()];
                for (int i = 0; i < items.Length; i++) items[i] = Read(ref reader);
                return items;
            case MessagePackType.Map:
                var pairs = new (object? Key, object? Value)[reader.ReadMapHeader()];
                for (int i = 0; i < pairs.Length; i++) pairs[i] = (Read(ref reader), Read(ref reader));
                return pairs;
            default:
                reader.Skip();
                throw new InvalidOperationException("The code that is never used was passed over.");
        }
    }

    /// <summary>One JSON text for a value, exact to the bit; <c>reference.py</c> writes the same.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        long or ulong => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        float number => Describe((double)number),
        double number => $"{{\"f64\":\"{BitConverter.DoubleToUInt64Bits(number):x16}\"}}",
        string text => $"{{\"str\":\"{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text))}\"}}",
        byte[] bytes => $"{{\"bin\":\"{Convert.ToHexStringLower(bytes)}\"}}",
        DateTime time => Describe(time - DateTime.UnixEpoch),
        Extension extension => $"{{\"ext\":[{extension.Type.ToString(CultureInfo.InvariantCulture)},\"{Convert.ToHexStringLower(extension.Data)}\"]}}",
        object?[] items => $"[{string.Join(',', items.Select(Describe))}]",
        (object? Key, object? Value)[] pairs => $"{{\"map\":[{string.Join(',', pairs.Select(pair => $"[{Describe(pair.Key)},{Describe(pair.Value)}]"))}]}}",
        _ => throw new ArgumentException($"No MessagePack for {value.GetType()}.", nameof(value)),
    };

    private static string Describe(TimeSpan sinceEpoch)
    {
        (long seconds, long ticks) = (Math.DivRem(sinceEpoch.Ticks, TimeSpan.TicksPerSecond).Quotient, sinceEpoch.Ticks % TimeSpan.TicksPerSecond);
        if (ticks < 0) (seconds, ticks) = (seconds - 1, ticks + TimeSpan.TicksPerSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{{\"time\":[{seconds},{ticks * 100}]}}");
    }

    private static object ReadInteger(ref MessagePackReader reader)
    {
        MessagePackReader peek = reader.CreatePeekReader();
        if (reader.NextCode != MessagePackCode.UInt64) return reader.ReadInt64();
        ulong number = peek.ReadUInt64();
        reader.Skip();
        return number > long.MaxValue ? number : (object)(long)number;
    }

    private static object ReadExtension(ref MessagePackReader reader)
    {
        MessagePackReader peek = reader.CreatePeekReader();
        if (peek.ReadExtensionFormatHeader().TypeCode == ReservedMessagePackExtensionTypeCode.DateTime) return reader.ReadDateTime();
        ExtensionResult extension = reader.ReadExtensionFormat();
        return new Extension(extension.TypeCode, extension.Data.ToArray());
    }
}
