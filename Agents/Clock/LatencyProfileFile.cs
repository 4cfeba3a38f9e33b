using System.Buffers;
using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// A recorded profile as a file: one MessagePack map with the keys <c>format</c> (1), <c>conditions</c> (text) and <c>segments</c>, an array of
/// maps with <c>from</c>, <c>to</c> (decisions of an episode) and <c>ns</c> (the latencies in nanoseconds, in order).
/// </summary>
public static class LatencyProfileFile
{
    /// <summary>The version of the layout that is written and read.</summary>
    public const int Format = 1;

    /// <summary>Latencies in a file at most.</summary>
    private const int Most = 1 << 24;

    /// <summary>Writes a profile.</summary>
    /// <param name="profile">The profile.</param>
    public static byte[] Write(RecordedLatency profile)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(3);
        writer.Write("format");
        writer.Write(Format);
        writer.Write("conditions");
        writer.Write(profile.Conditions);
        writer.Write("segments");
        writer.WriteArrayHeader(profile.Segments.Count);
        foreach (LatencySegment segment in profile.Segments)
        {
            writer.WriteMapHeader(3);
            writer.Write("from");
            writer.Write(segment.From);
            writer.Write("to");
            writer.Write(segment.To);
            writer.Write("ns");
            writer.WriteArrayHeader(segment.Nanoseconds.Count);
            foreach (long latency in segment.Nanoseconds) writer.Write(latency);
        }
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Loads a profile.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserInputException">There is none, it cannot be read, or it is no profile or a damaged one.</exception>
    public static RecordedLatency Load(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"The latency profile {path} cannot be read: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is MessagePackSerializationException or ArgumentException or EndOfStreamException or OverflowException or InvalidOperationException)
        {
            throw new UserInputException($"{path} is no latency profile, or it is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a profile.</summary>
    /// <param name="data">What <see cref="Write"/> gave.</param>
    /// <exception cref="MessagePackSerializationException">It is no profile, of a newer format, or damaged.</exception>
    /// <exception cref="ArgumentException">Its segments do not follow each other.</exception>
    public static RecordedLatency Read(ReadOnlyMemory<byte> data)
    {
        var reader = new MessagePackReader(data);
        string conditions = "";
        List<LatencySegment> segments = [];
        int format = 0, keys = reader.ReadMapHeader();
        for (int i = 0; i < keys; i++)
        {
            switch (reader.ReadString())
            {
                case "format": format = reader.ReadInt32(); break;
                case "conditions": conditions = reader.ReadString() ?? ""; break;
                case "segments": segments = ReadSegments(ref reader); break;
                default: reader.Skip(); break;
            }
        }
        if (format != Format) throw new MessagePackSerializationException($"its format is {format}; this version reads {Format}.");
        return new RecordedLatency(segments, conditions);
    }

    private static List<LatencySegment> ReadSegments(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader(), left = Most;
        var segments = new List<LatencySegment>();
        for (int i = 0; i < count; i++)
        {
            int keys = reader.ReadMapHeader(), from = 0, to = 0;
            List<long> latencies = [];
            for (int key = 0; key < keys; key++)
            {
                switch (reader.ReadString())
                {
                    case "from": from = reader.ReadInt32(); break;
                    case "to": to = reader.ReadInt32(); break;
                    case "ns": latencies = ReadLatencies(ref reader, ref left); break;
                    default: reader.Skip(); break;
                }
            }
            segments.Add(new LatencySegment(from, to, latencies));
        }
        return segments;
    }

    private static List<long> ReadLatencies(ref MessagePackReader reader, ref int left)
    {
        int length = reader.ReadArrayHeader();
        left -= length;
        if (left < 0) throw new MessagePackSerializationException($"it holds more than {Most} latencies.");
        var latencies = new List<long>();
        for (int i = 0; i < length; i++) latencies.Add(reader.ReadInt64());
        return latencies;
    }
}
