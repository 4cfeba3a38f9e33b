using System.Text.Json;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>The verdicts of a study that has ended, as its <c>claims.json</c> holds them, whichever version wrote it.</summary>
public sealed record StudyVerdicts
{
    /// <summary>How long the study took.</summary>
    public required double Seconds { get; init; }

    /// <summary>The verdicts, by the claims' numbers.</summary>
    public required IReadOnlyList<ClaimVerdict> Claims { get; init; }

    /// <summary>Reads a study's file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UserInputException">It cannot be read, or holds something else.</exception>
    public static StudyVerdicts Load(string path)
    {
        try
        {
            StudyVerdicts? read = JsonSerializer.Deserialize(File.ReadAllText(path), StudyJsonContext.Default.StudyVerdicts);
            return read is not null && !read.Claims.Contains(null!) ? read : throw new JsonException("The word null stands in the place of something.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserInputException($"The verdicts {path} cannot be read: {exception.Message}", exception);
        }
    }
}
