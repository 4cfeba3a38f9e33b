using System.Diagnostics;
using RLSeq.Evaluation;
using Spectre.Console;

namespace RLSeq.Cli.Output;

/// <summary>A comparison's progress: a bar for every run under way, one for all and one for each later phase in a terminal, otherwise lines.</summary>
internal sealed class ComparisonDisplay(ProgressContext? live, IReadOnlyList<PlannedRun> runs) : IComparisonObserver
{
    private const double SecondsBetweenLines = 10;
    private readonly Dictionary<PlannedRun, ProgressTask> _bars = [];
    private readonly Dictionary<PlannedRun, RunProgress> _last = [];
    private readonly TimeLeft _left = new(runs);
    private readonly ProgressTask? _all = live?.AddTask("all runs", maxValue: runs.Count);
    private PhaseTime _phase = new("", 0);
    private ProgressTask? _phaseBar;
    private long _lastLine = Stopwatch.GetTimestamp();
    private int _ended, _kept;

    /// <summary>Follows a comparison, or another study of many runs, to its end.</summary>
    public static async Task<T> FollowAsync<T>(IReadOnlyList<PlannedRun> runs, Func<IComparisonObserver, Task<T>> work)
    {
        if (!ProgressDisplay.IsLive) return await work(new ComparisonDisplay(null, runs));
        return await ProgressDisplay.Bars().StartAsync(context => work(new ComparisonDisplay(context, runs)));
    }

    public void Kept(PlannedRun run, string? error)
    {
        _ended++;
        _kept++;
        _left.Kept(run);
        if (error is not null) Console.Error.WriteLine($"{run.Name}: failed for good: {error}");
        if (_all is not null) _all.Value = _ended;
    }

    public void Began(PlannedRun run)
    {
        if (_kept > 0)
        {
            Console.Error.WriteLine($"{_kept} of {runs.Count} runs had ended already.");
            _kept = 0; // said once
        }
        _left.Began(run);
        if (live is not null) _bars[run] = live.AddTask(Markup.Escape(run.Name));
    }

    public void Progressed(PlannedRun run, RunProgress progress)
    {
        _last[run] = progress;
        _left.Progressed(run, progress);
        if (_bars.TryGetValue(run, out ProgressTask? bar)) ProgressDisplay.Show(bar, Markup.Escape(run.Name), progress);
        if (_all is not null)
        {
            _all.Value = _ended + _last.Sum(pair => (double)pair.Value.Steps / pair.Value.Total);
            ProgressDisplay.Say(_all, $"{_ended} of {runs.Count} runs done, about {_left}");
            return;
        }
        if (!IsTimeForALine()) return;
        Console.Error.WriteLine($"{_ended} of {runs.Count} runs done, about {_left}. Under way: {string.Join("; ", _last.Select(pair => $"{pair.Key.Name} {pair.Value.Steps * 100 / pair.Value.Total} %, {ProgressDisplay.Describe(pair.Value).TrimStart()}"))}");
    }

    public void Ended(PlannedRun run, string? error)
    {
        _ended++;
        _left.Ended(run);
        string outcome = error is not null ? $"failed: {error}"
            : _last.TryGetValue(run, out RunProgress? progress) ? $"done, {progress.StepsPerSecond:N0} steps/s, training return {progress.ReturnMean:0.000}" : "done";
        _last.Remove(run);
        if (_bars.TryGetValue(run, out ProgressTask? bar)) bar.StopTask();
        if (_all is null || error is not null) Console.Error.WriteLine($"{run.Name}: {outcome}");
        if (_all is not null) _all.Value = _ended;
    }

    public void Phase(string phase)
    {
        _phase = new PhaseTime(phase, Stopwatch.GetTimestamp());
        FinishBar();
        if (live is null) Console.Error.WriteLine($"Now {phase}.");
        else _phaseBar = live.AddTask(Markup.Escape(phase), maxValue: 1);
    }

    public void PhaseProgress(int done, int total)
    {
        string left = _phase.Left(done, total, Stopwatch.GetTimestamp());
        if (_phaseBar is not null)
        {
            _phaseBar.MaxValue = total;
            _phaseBar.Value = done;
            ProgressDisplay.Say(_phaseBar, $"{done} of {total}, {left}");
        }
        else if (done > 0 && IsTimeForALine())
        {
            Console.Error.WriteLine($"{_phase.Name}: {done} of {total}, {left}");
        }
    }

    private void FinishBar()
    {
        if (_phaseBar is null) return;
        _phaseBar.Value = _phaseBar.MaxValue;
        ProgressDisplay.Say(_phaseBar, "");
        _phaseBar.StopTask();
    }

    private bool IsTimeForALine()
    {
        if (Stopwatch.GetElapsedTime(_lastLine).TotalSeconds < SecondsBetweenLines) return false;
        _lastLine = Stopwatch.GetTimestamp();
        return true;
    }
}
