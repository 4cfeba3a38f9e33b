using System.Buffers;
using MessagePack;

namespace RLSeq.Agents;

/// <summary>
/// Policies as files and bytes. A policy file is MessagePack: <c>["rlseq-policy", version, crc32 of the payload, payload]</c>, the
/// payload being a bin that holds MessagePack again (see <c>docs/policy-file.md</c>). Whatever is wrong with a file gives a
/// <see cref="PolicyFormatException"/> with one line.
/// </summary>
/// <remarks>
/// No file makes reading allocate more than 64 times its size and 64 KiB; one with an example also 8 times what one row of its
/// memory's state takes, which is at most 128 MiB. What a file claims is checked against the bytes that are there before anything is
/// allocated for it, and what an example would cost before it is run: reading takes a time in proportion to the file's size and a
/// second or so.
/// </remarks>
public static class PolicyFile
{
    /// <summary>The version of the format that is written. Files of version 1, which had no precision, are read too.</summary>
    public const int Version = 2;

    private const string Magic = "rlseq-policy";
    private const int LargestFile = 1 << 30;

    /// <summary>Saves a policy: written beside the target and renamed, so a crash leaves the old file or the new one.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="definition">The policy.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="PolicyFormatException">The policy's weights were let go: see <see cref="PolicyNetwork.Definition"/>.</exception>
    public static void Save(string path, PolicyDefinition definition)
    {
        byte[] bytes = Write(definition);
        string beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
#if NET8_0_OR_GREATER
            File.Move(beside, path, overwrite: true);
#else
            if (File.Exists(path)) File.Replace(beside, path, null);
            else File.Move(beside, path);
#endif
        }
        finally
        {
            File.Delete(beside); // does nothing once it is renamed
        }
    }

    /// <summary>
    /// Loads a policy as data and verifies it: checksum, every shape, and that the example's outputs are reproduced. Whoever only wants to
    /// act takes <see cref="PolicyNetwork.Load"/>, which keeps the network that this verifies instead of letting it go.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="PolicyFormatException">There is no such file, or it is no usable policy; the message says what is wrong.</exception>
    public static PolicyDefinition Load(string path) => LoadNetwork(path).Definition;

    /// <summary>The bytes of a policy file.</summary>
    /// <param name="definition">The policy.</param>
    /// <exception cref="PolicyFormatException">The policy's weights were let go: see <see cref="PolicyNetwork.Definition"/>.</exception>
    public static byte[] Write(PolicyDefinition definition)
    {
        byte[] payload = PolicyFormat.Write(definition);
        var output = new ArrayBufferWriter<byte>(payload.Length + 64);
        var writer = new MessagePackWriter(output);
        writer.WriteArrayHeader(4);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Crc32.Of(payload));
        writer.Write(payload);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads the bytes of a policy file and verifies them as <see cref="Load"/> does.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="name">What to call them in messages.</param>
    /// <exception cref="PolicyFormatException">They are no usable policy; the message says what is wrong.</exception>
    public static PolicyDefinition Read(ReadOnlyMemory<byte> bytes, string name = "the policy") => ReadNetwork(bytes, name).Definition;

    /// <summary>As <see cref="Load"/>: the network that was verified, with the policy as data.</summary>
    internal static PolicyNetwork LoadNetwork(string path) => ReadNetwork(ReadFile(path), path);

    /// <summary>As <see cref="Read"/>: the network that was verified, with the policy as data.</summary>
    internal static PolicyNetwork ReadNetwork(ReadOnlyMemory<byte> bytes, string name)
    {
        try
        {
            (ReadOnlyMemory<byte> payload, long version) = Open(bytes);
            var network = PolicyNetwork.From(PolicyFormat.Read(payload, version));
            ExampleCheck.Verify(network);
            return network;
        }
        catch (Exception exception) when (exception is PolicyFormatException or MessagePackSerializationException or EndOfStreamException or ArgumentException or OverflowException)
        {
            string damaged = exception is EndOfStreamException || exception.InnerException is EndOfStreamException ? "the file is damaged or cut off: " : "";
            throw new PolicyFormatException($"Cannot use '{name}': {damaged}{OneLine(exception)}", exception);
        }
    }

    private static (ReadOnlyMemory<byte> Payload, long Version) Open(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes);
        if (bytes.IsEmpty) throw new PolicyFormatException("it is empty, so it is no policy file of RLSeq, or one that was cut off");
        bool isPolicy = reader.NextMessagePackType == MessagePackType.Array && reader.ReadArrayHeader() == 4
            && reader.NextMessagePackType == MessagePackType.String && string.Equals(reader.ReadString(), Magic, StringComparison.Ordinal);
        if (!isPolicy) throw new PolicyFormatException("it is no policy file of RLSeq");
        long version = reader.ReadInt64();
        if (version is not (1 or Version)) throw new PolicyFormatException($"it is of format version {version}; this version of RLSeq reads 1 and {Version}");
        uint expected = reader.ReadUInt32();
        ReadOnlySequence<byte> payload = reader.ReadBytes() ?? throw new PolicyFormatException("it has nil where the payload was expected");
        if (!reader.End) throw new PolicyFormatException("there is more data after its end");
        ReadOnlyMemory<byte> memory = payload.IsSingleSegment ? payload.First : payload.ToArray();
        uint found = Crc32.Of(memory.Span);
        return found == expected ? (memory, version) : throw new PolicyFormatException($"its checksum is {found:x8}, and it should be {expected:x8}: the file is damaged");
    }

    /// <summary>Reads a whole file, but never more than the largest: a device or a pipe has no length to check beforehand.</summary>
    private static byte[] ReadFile(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read);
            var bytes = new ArrayBufferWriter<byte>(65536);
            for (int read = -1; read != 0;)
            {
                read = stream.Read(bytes.GetSpan(65536));
                bytes.Advance(read);
                if (bytes.WrittenCount > LargestFile) throw new PolicyFormatException($"Cannot use '{path}': it is larger than {LargestFile} bytes.");
            }
            return bytes.WrittenSpan.ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new PolicyFormatException($"Cannot read the policy file '{path}': {OneLine(exception)}", exception);
        }
    }

    private static string OneLine(Exception exception)
    {
        string message = exception.Message.Replace('\r', ' ').Replace('\n', ' ').TrimEnd('.', ' ');
        return message + ".";
    }
}
