using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Tests;

/// <summary>Trainings that fail in every way: <c>sh</c> stands for the program that trains.</summary>
public sealed class ComparisonRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("echo one >&2; echo two >&2; echo three >&2; echo four >&2; exit 3", "two three four")]
    [InlineData("exit 3", "The training process ended with exit code 3 and no message.")]
    [InlineData("kill -KILL $$", "The training process ended with exit code 137 (SIGKILL: ")]
    [InlineData("echo ouch >&2; kill -SEGV $$", "The training process ended with exit code 139 (SIGSEGV: it crashed). Its last words: ouch")]
    [InlineData("exit 0", "Its results cannot be used: ")]
    [InlineData("mkdir -p \"$5\" && echo nonsense > \"$5/policy.rlseq\"", "Its results cannot be used: ")]
    [InlineData("head -c 2000000 /dev/zero; exit 3", "The training process ended with exit code 3 and no message.")] // more output than a pipe holds
    public async Task A_run_that_fails_is_reported_as_such_even_where_all_do(string script, string error)
    {
        var observer = new Observer();
        ComparisonResult result = await ComparisonRunner.RunAsync(Plan(), new TrainingProcess(["/bin/sh", "-c", script, "sh"]), observer, CancellationToken.None);
        RunResult run = Assert.Single(Assert.Single(result.Results).Runs);
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder["c/report.html"]));
        var table = ComparisonTable.From(result);
        Assert.Contains("0/1", table.ToText(), StringComparison.Ordinal);
        Assert.Contains(ComparisonSummary.Of(table), sentence => sentence.Text.Contains("failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_training_that_cannot_be_started_costs_its_run()
    {
        ComparisonResult result = await ComparisonRunner.RunAsync(Plan(), new TrainingProcess([_folder["nothing"]]), new Observer(), CancellationToken.None);
        Assert.StartsWith("It could not be trained: ", Assert.Single(Assert.Single(result.Results).Runs).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(130)]
    [InlineData(143)]
    public async Task A_training_that_ends_by_the_signal_that_stops_the_comparison_has_not_failed(int code)
    {
        using var stop = new CancellationTokenSource();
        var observer = new Observer();
        // The training is gone when the comparison begins to wait for a signal of its own, and only then it comes.
        var process = new TrainingProcess(["/bin/sh", "-c", $"exit {code}", "sh"], new WaitingTime(stop.Cancel));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ComparisonRunner.RunAsync(Plan(), process, observer, stop.Token));
        Assert.Equal(["began"], observer.Calls);
    }

    [Fact]
    public async Task The_lines_of_progress_reach_the_observer()
    {
        const string Script = """echo 'progress {"steps":64,"total":128,"steps_per_second":2,"seconds_left":32,"return_mean":null}' >&2; echo 'progress {"ste' >&2; exit 1""";
        var observer = new Observer();
        _ = await ComparisonRunner.RunAsync(Plan(), new TrainingProcess(["/bin/sh", "-c", Script, "sh"]), observer, CancellationToken.None);
        Assert.Equal(["began", "64 of 128", "ended"], observer.Calls.Take(3));
    }

    private ComparisonPlan Plan() => new()
    {
        Environments = ["CartPole"],
        Memories = ["none"],
        Seeds = [1],
        Training = new TrainingConfiguration { Steps = 128 },
        Folder = _folder["c"],
        EvaluationEpisodes = 1,
        TimedActions = 10,
        PacedActions = 0,
    };

    /// <summary>A clock that stands still, and says when somebody begins to wait by it.</summary>
    private sealed class WaitingTime(Action waiting) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ThreadPool.QueueUserWorkItem(_ => waiting());
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        }
    }

    private sealed class Observer : IComparisonObserver
    {
        public List<string> Calls { get; } = [];

        public Action OnBegan { get; init; } = () => { };

        public void Kept(PlannedRun run, string? error) => Calls.Add($"kept {run.Name}");

        public void Began(PlannedRun run)
        {
            Calls.Add("began");
            OnBegan();
        }

        public void Progressed(PlannedRun run, RunProgress progress) => Calls.Add($"{progress.Steps} of {progress.Total}");

        public void Ended(PlannedRun run, string? error) => Calls.Add("ended");

        public void Phase(string phase) => Calls.Add(phase);

        public void PhaseProgress(int done, int total) => Calls.Add($"{done} of {total}");
    }
}
