using System.Diagnostics;
using RLSeq.Evaluation;
using Spectre.Console;

namespace RLSeq.Cli.Output;

/// <summary>A comparison's progress: a bar for every run under way and one for all in a terminal, otherwise lines.</summary>
internal sealed class ComparisonDisplay(ProgressContext? live, int runs) : IComparisonObserver
{
    private const double SecondsBetweenLines = 10;
    private readonly Dictionary<PlannedRun, ProgressTask> _bars = [];
    private readonly Dictionary<PlannedRun, RunProgress> _last = [];
    private readonly ProgressTask? _all = live?.AddTask("all runs", maxValue: runs);
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _lastLine = Stopwatch.GetTimestamp();
    private int _ended;

    /// <summary>Follows a comparison to its end.</summary>
    public static async Task<ComparisonResult> FollowAsync(int runs, Func<IComparisonObserver, Task<ComparisonResult>> work)
    {
        if (!ProgressDisplay.IsLive) return await work(new ComparisonDisplay(null, runs));
        return await ProgressDisplay.Bars().StartAsync(context => work(new ComparisonDisplay(context, runs)));
    }

    public void Began(PlannedRun run)
    {
        if (live is not null) _bars[run] = live.AddTask(Markup.Escape(run.Name));
    }

    public void Progressed(PlannedRun run, RunProgress progress)
    {
        _last[run] = progress;
        if (_bars.TryGetValue(run, out ProgressTask? bar)) ProgressDisplay.Show(bar, Markup.Escape(run.Name), progress);
        if (_all is not null)
        {
            _all.Value = _ended + _last.Sum(pair => (double)pair.Value.Steps / pair.Value.Total);
            return;
        }
        if (Stopwatch.GetElapsedTime(_lastLine).TotalSeconds < SecondsBetweenLines) return;
        _lastLine = Stopwatch.GetTimestamp();
        double done = _ended + _last.Sum(pair => (double)pair.Value.Steps / pair.Value.Total);
        double left = Stopwatch.GetElapsedTime(_began).TotalSeconds / done * (runs - done);
        Console.Error.WriteLine($"{_ended} of {runs} runs done, about {TimeSpan.FromSeconds(left):m\\:ss} left. Under way: {string.Join("; ", _last.Select(pair => $"{pair.Key.Name} {pair.Value.Steps * 100 / pair.Value.Total} %, {ProgressDisplay.Describe(pair.Value).TrimStart()}"))}");
    }

    public void Ended(PlannedRun run, string? error)
    {
        _ended++;
        string outcome = error is not null ? $"failed: {error}"
            : _last.TryGetValue(run, out RunProgress? progress) ? $"done, {progress.StepsPerSecond:N0} steps/s, training return {progress.ReturnMean:0.000}" : "done";
        _last.Remove(run);
        if (_bars.TryGetValue(run, out ProgressTask? bar)) bar.StopTask();
        if (_all is null || error is not null) Console.Error.WriteLine($"{run.Name}: {outcome}");
        if (_all is not null) _all.Value = _ended;
    }

    public void Phase(string phase)
    {
        if (_all is not null) _all.Description = Markup.Escape(phase);
        else Console.Error.WriteLine($"Now {phase}.");
    }
}
