using System.Diagnostics;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Output;

/// <summary>
/// Estimates when a comparison's training ends. Memories differ in speed by an order of magnitude, so a run that has not begun is taken
/// to last as long as those of the same memory, or as the mean of all where none of its memory has been seen.
/// </summary>
internal sealed class TimeLeft(IReadOnlyList<PlannedRun> runs)
{
    private readonly Dictionary<PlannedRun, long> _began = [];
    private readonly Dictionary<PlannedRun, double> _remaining = [];
    private readonly Dictionary<PlannedRun, double> _durations = [];

    /// <summary>Nothing is left of a run that had ended before; how long it took is not known.</summary>
    public void Kept(PlannedRun run) => _began[run] = 0;

    public void Began(PlannedRun run) => _began[run] = Stopwatch.GetTimestamp();

    public void Progressed(PlannedRun run, RunProgress progress)
    {
        if (!double.IsFinite(progress.SecondsLeft)) return;
        _remaining[run] = progress.SecondsLeft;
        _durations[run] = Stopwatch.GetElapsedTime(_began[run]).TotalSeconds + progress.SecondsLeft;
    }

    public void Ended(PlannedRun run)
    {
        _remaining.Remove(run);
        _durations[run] = Stopwatch.GetElapsedTime(_began[run]).TotalSeconds;
    }

    /// <summary>The estimate, such as <c>1:05 left</c>.</summary>
    public override string ToString()
    {
        if (_durations.Count == 0) return "? left";
        double mean = _durations.Values.Average(), waiting = 0;
        foreach (PlannedRun run in runs.Where(run => !_began.ContainsKey(run)))
            waiting += _durations.Where(pair => pair.Key.Memory == run.Memory).Select(pair => pair.Value).DefaultIfEmpty(mean).Average();
        // What is under way goes on side by side, and what waits follows on as many places.
        double side = Math.Max(1, _remaining.Count);
        double seconds = Math.Max((_remaining.Values.Sum() + waiting) / side, _remaining.Values.DefaultIfEmpty(0).Max());
        return ProgressDisplay.Time(seconds) + " left";
    }
}
