using System.Diagnostics;

namespace RLSeq.Cli.Output;

/// <summary>When a phase of equal parts ends, taking what is left to go on as what is done did.</summary>
/// <param name="Name">The phase.</param>
/// <param name="Began">When it began, as the stopwatch counts.</param>
internal readonly record struct PhaseTime(string Name, long Began)
{
    /// <summary>The estimate, such as <c>1:05 left</c>.</summary>
    /// <param name="done">Parts done.</param>
    /// <param name="total">Parts in all.</param>
    /// <param name="now">Now, as the stopwatch counts.</param>
    public string Left(int done, int total, long now) =>
        done <= 0 ? "? left" : ProgressDisplay.Time(Stopwatch.GetElapsedTime(Began, now).TotalSeconds / done * (total - done)) + " left";
}
