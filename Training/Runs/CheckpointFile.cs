using System.Buffers;
using System.Security.Cryptography;
using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>
/// The file around a checkpoint: a MessagePack array of <c>"rlseq-checkpoint"</c>, the format's version, the SHA-256 of the payload, and
/// the payload as bytes. What does not verify is never handed on.
/// </summary>
internal static class CheckpointFile
{
    private const string Magic = "rlseq-checkpoint";
    private const int Version = 1;

    public static void Write(string path, ReadOnlySpan<byte> payload)
    {
        var buffer = new ArrayBufferWriter<byte>(payload.Length + 128);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(4);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(SHA256.HashData(payload));
        writer.Write(payload);
        writer.Flush();
        AtomicFile.Write(path, buffer.WrittenSpan);
    }

    /// <summary>Reads and verifies a file.</summary>
    /// <exception cref="UserInputException">The file cannot be read, is damaged, or is of another version.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            var reader = new MessagePackReader(File.ReadAllBytes(path));
            if (reader.ReadArrayHeader() != 4 || reader.ReadString() != Magic) throw new UserInputException($"{path} is not a checkpoint of rlseq.");
            int version = reader.ReadInt32();
            if (version != Version) throw new UserInputException($"{path} has the checkpoint format {version}, and this rlseq reads {Version}; use the version that wrote it.");
            byte[] hash = reader.ReadBytes()?.ToArray() ?? [], payload = reader.ReadBytes()?.ToArray() ?? [];
            if (!reader.End) throw Damaged(path, "there is more data after its end");
            if (!SHA256.HashData(payload).AsSpan().SequenceEqual(hash)) throw Damaged(path, "its checksum does not match");
            return payload;
        }
        catch (MessagePackSerializationException exception)
        {
            throw Damaged(path, exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"The checkpoint {path} cannot be read: {exception.Message}", exception);
        }
    }

    public static UserInputException Damaged(string path, string why, Exception? cause = null) => new($"The checkpoint {path} is damaged: {why.TrimEnd('.')}. Begin the run again, or restore the file from a copy.", cause ?? new InvalidDataException(why));
}
