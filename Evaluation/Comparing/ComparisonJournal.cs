using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// What an unfinished comparison or study has found so far, so that nothing is found twice: a file of JSON lines, each with a key and a value, the
/// last one of a key holding. A line is on the disk before the next thing begins; one that a crash cut off is forgotten.
/// </summary>
internal sealed class ComparisonJournal : IDisposable
{
    /// <summary>The file's name in the folder.</summary>
    public const string Name = "journal.jsonl";

    private const string Key = "key", Value = "value", Seconds = "seconds";

    private readonly Dictionary<string, JsonElement> _kept = [];
    private readonly FileStream _file;
    private readonly Lock _gate = new();
    private readonly System.Diagnostics.Stopwatch _working = System.Diagnostics.Stopwatch.StartNew();
    private readonly double _before;

    /// <summary>Opens a journal.</summary>
    /// <param name="path">The file; made where there is none and it may be written.</param>
    /// <param name="readOnly">Whether it is only looked at, as it may be while another process writes it; nothing can be kept then.</param>
    /// <exception cref="UserInputException">It cannot be read or written.</exception>
    public ComparisonJournal(string path, bool readOnly = false)
    {
        try
        {
            _file = readOnly
                ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)
                : new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            byte[] bytes = new byte[_file.Length];
            _file.ReadExactly(bytes);
            int whole = 0;
            for (int end; (end = Array.IndexOf(bytes, (byte)'\n', whole)) >= 0 && TryKeep(bytes.AsMemory(whole, end - whole), out double seconds); whole = end + 1) _before = seconds;
            if (readOnly) return;
            _file.SetLength(whole);
            _file.Position = whole;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"The journal {path} cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>Time spent in all sessions; the last moments of one that was killed are not known.</summary>
    public TimeSpan Worked => TimeSpan.FromSeconds(_before) + _working.Elapsed;

    /// <summary>What was found, or null.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">What it is.</param>
    /// <param name="type">How it is read.</param>
    public T? Find<T>(string key, JsonTypeInfo<T> type) where T : class
    {
        lock (_gate)
        {
            try
            {
                return _kept.TryGetValue(key, out JsonElement value) ? value.Deserialize(type) : null;
            }
            catch (JsonException)
            {
                return null; // of another version: found anew
            }
        }
    }

    /// <summary>Keeps what was found.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">What it is.</param>
    /// <param name="value">What was found.</param>
    /// <param name="type">How it is written.</param>
    public void Keep<T>(string key, T value, JsonTypeInfo<T> type)
    {
        lock (_gate)
        {
            using var line = new MemoryStream();
            using (var writer = new Utf8JsonWriter(line))
            {
                writer.WriteStartObject();
                writer.WriteString(Key, key);
                writer.WriteNumber(Seconds, Math.Round(Worked.TotalSeconds, 3));
                writer.WritePropertyName(Value);
                JsonSerializer.Serialize(writer, value, type);
                writer.WriteEndObject();
            }
            line.WriteByte((byte)'\n');
            byte[] bytes = line.ToArray();
            _file.Write(bytes);
            _file.Flush(flushToDisk: true);
            _ = TryKeep(bytes, out _);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private bool TryKeep(ReadOnlyMemory<byte> line, out double seconds)
    {
        seconds = 0;
        try
        {
            using var document = JsonDocument.Parse(line);
            seconds = document.RootElement.GetProperty(Seconds).GetDouble();
            _kept[document.RootElement.GetProperty(Key).GetString() ?? ""] = document.RootElement.GetProperty(Value).Clone();
            return true;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
