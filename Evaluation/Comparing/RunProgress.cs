using System.Text.Json;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Where a training run stands: what a training process reports to the one that started it, as a line of JSON.</summary>
/// <param name="Steps">Environment steps done.</param>
/// <param name="Total">Environment steps in all.</param>
/// <param name="StepsPerSecond">The mean so far.</param>
/// <param name="SecondsLeft">At this speed.</param>
/// <param name="ReturnMean">Of the last episodes; null before the first.</param>
public sealed record RunProgress(long Steps, long Total, double StepsPerSecond, double SecondsLeft, double? ReturnMean)
{
    /// <summary>The lines of progress begin with this, so that they are told from other messages.</summary>
    public const string Prefix = "progress ";

    /// <summary>The part of a trainer's progress that is shown.</summary>
    /// <param name="progress">The trainer's progress.</param>
    public static RunProgress Of(TrainingProgress progress) => new(
        progress.Steps, progress.Steps / progress.Update * progress.Updates, progress.StepsPerSecond, progress.SecondsLeft,
        double.IsFinite(progress.Return) ? progress.Return : null);

    /// <summary>The line of text.</summary>
    public string ToLine() => Prefix + JsonSerializer.Serialize(this, RunProgressJson.Default.RunProgress);

    /// <summary>Reads a line; null for any other line.</summary>
    /// <param name="line">The line.</param>
    public static RunProgress? FromLine(string line)
    {
        if (!line.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        try
        {
            return JsonSerializer.Deserialize(line.AsSpan(Prefix.Length), RunProgressJson.Default.RunProgress);
        }
        catch (JsonException)
        {
            return null; // a line that the process's end cut off
        }
    }
}
