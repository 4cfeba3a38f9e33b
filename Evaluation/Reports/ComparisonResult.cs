using System.Text.Json;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// A finished comparison: everything that its tables, sentences and charts are made from, and everything needed to run it again. Kept as
/// <c>comparison.json</c>, so that a report can be drawn anew without training.
/// </summary>
public sealed record ComparisonResult
{
    /// <summary>The version of the file's layout that this library writes, and the newest that it reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The name under which a comparison is kept in its folder.</summary>
    public const string FileName = "comparison.json";

    /// <summary>The version of the file's layout.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The report's heading.</summary>
    public required string Title { get; init; }

    /// <summary>The command that reproduces the comparison.</summary>
    public required string CommandLine { get; init; }

    /// <summary>When the comparison began, in UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The machine that it ran on.</summary>
    public required MachineInfo Machine { get; init; }

    /// <summary>The full configuration, as YAML.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>The environments, in the order in which they are shown.</summary>
    public IReadOnlyList<EnvironmentInfo> Environments { get; init; } = [];

    /// <summary>One result per environment and memory, in the order in which they are shown.</summary>
    public IReadOnlyList<MemoryResult> Results { get; init; } = [];

    /// <summary>Plain sentences that a reader must know: what was left out, what was cut short.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Writes the comparison as JSON, beside the target first and then renamed: a crash leaves the old file or the new one.</summary>
    /// <param name="path">The file to write; its folder must exist.</param>
    public void Save(string path) => AtomicFile.Write(path, JsonSerializer.Serialize(this, ComparisonJson.Default.ComparisonResult) + "\n");

    /// <summary>Reads a comparison that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not a comparison, is damaged, or is of a newer format.</exception>
    public static ComparisonResult Load(string path)
    {
        ComparisonResult? result;
        try
        {
            using FileStream stream = File.OpenRead(path);
            result = JsonSerializer.Deserialize(stream, ComparisonJson.Default.ComparisonResult);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path} is not a comparison that RLSeq wrote, or it is damaged: {exception.Message}", exception);
        }

        if (result is null) throw new InvalidDataException($"{path} holds no comparison, only the word null.");
        if (result.Format is < 1 or > CurrentFormat)
            throw new InvalidDataException($"{path} has format {result.Format}, and this version of RLSeq reads formats up to {CurrentFormat}. Use the version that wrote it, or a newer one.");
        return result;
    }
}
