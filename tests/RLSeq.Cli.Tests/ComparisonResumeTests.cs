using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Tests;

/// <summary>Comparisons that are broken off at a chosen event, and gone on with.</summary>
public sealed class ComparisonResumeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The trainings are real; with one job, the second run begins after the first has ended.</summary>
    [Theory]
    [InlineData("ended CartPole none #1", 1, "began CartPole gru #1")] // before the second run has begun
    [InlineData("progressed CartPole gru #1", 1, "began CartPole gru #1")] // in the middle of the second run, which goes on from its checkpoint
    [InlineData("1 of 2", 2, "kept CartPole gru #1")] // in the middle of evaluating
    public async Task An_interrupted_comparison_ends_as_one_that_was_not(string broken, int kept, string next)
    {
        ComparisonResult whole = await ComparisonRunner.RunAsync(Plan("whole"), Trainings, new Observer(), CancellationToken.None);
        using var first = new Observer { BreaksAt = broken };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ComparisonRunner.RunAsync(Plan("broken"), Trainings, first, first.Token));
        Assert.False(File.Exists(_folder["broken/comparison.json"]));

        using var second = new Observer();
        ComparisonResult resumed = await ComparisonRunner.ResumeAsync(_folder["broken"], Trainings, second, CancellationToken.None);
        Assert.Equal(kept, second.Calls.Count(call => call.StartsWith("kept", StringComparison.Ordinal)));
        Assert.Contains(next, second.Calls);
        Assert.DoesNotContain("began CartPole none #1", second.Calls);
        Assert.Equal(Learned(whole), Learned(resumed));
        Assert.All(resumed.Results, result => Assert.All(result.Runs, run => Assert.InRange(run.PeakMemoryBytes, 20_000_000, 4_000_000_000)));
        Assert.Empty(resumed.Notes);
        Assert.Equal(2, resumed.Results.Count(result => result.Latency is not null && result.MemoryUse.Count > 3));

        // Once more, nothing is left to do, and what was measured is not measured again.
        using var third = new Observer();
        ComparisonResult again = await ComparisonRunner.ResumeAsync(_folder["broken"], new TrainingProcess(["/bin/false"]), third, CancellationToken.None);
        Assert.Equal(Learned(whole), Learned(again));
        Assert.Equal(resumed.Results.Select(result => result.Latency!.MeanUs), again.Results.Select(result => result.Latency!.MeanUs));
        Assert.Equal(resumed.Started, again.Started);
    }

    [Fact]
    public async Task A_run_that_failed_is_tried_once_more_and_then_no_more()
    {
        string tries = _folder["tries"];
        var failing = new TrainingProcess(["/bin/sh", "-c", $"echo x >> '{tries}'; echo Nothing works. >&2; exit 3", "sh"]);
        ComparisonPlan plan = Plan("c") with { Memories = ["none"] };
        ComparisonResult result = await ComparisonRunner.RunAsync(plan, failing, new Observer(), CancellationToken.None);
        Assert.Empty(result.Notes);
        for (int i = 0; i < 2; i++)
        {
            using var observer = new Observer();
            result = await ComparisonRunner.ResumeAsync(plan.Folder, failing, observer, CancellationToken.None);
            Assert.Equal("Nothing works.", Assert.Single(Assert.Single(result.Results).Runs).Error);
            Assert.Equal("CartPole none #1 failed at first (Nothing works) and was tried once more, in vain.", Assert.Single(result.Notes));
            Assert.Equal(i == 0 ? "began CartPole none #1" : "kept CartPole none #1", observer.Calls[0]);
            Assert.Equal(2, File.ReadAllLines(tries).Length);
        }
    }

    [Fact]
    public async Task A_run_that_failed_at_first_counts_like_any_other()
    {
        ComparisonPlan plan = Plan("c") with { Memories = ["none"] };
        await ComparisonRunner.RunAsync(plan, new TrainingProcess(["/bin/sh", "-c", "mkdir -p \"$5\"; kill -SEGV $$", "sh"]), new Observer(), CancellationToken.None);
        ComparisonResult result = await ComparisonRunner.ResumeAsync(plan.Folder, Trainings, new Observer(), CancellationToken.None);
        Assert.Equal(RunStatus.Ok, Assert.Single(Assert.Single(result.Results).Runs).Status);
        Assert.Matches("failed at first .*SIGSEGV.* and was tried once more, with success", Assert.Single(result.Notes));
    }

    [Fact]
    public async Task A_folder_belongs_to_one_plan_and_to_one_process()
    {
        ComparisonPlan plan = Plan("c");
        using (ComparisonFolder.Begin(plan))
        {
            string inUse = (await Assert.ThrowsAsync<UserInputException>(() => ComparisonRunner.ResumeAsync(plan.Folder, Trainings, new Observer(), CancellationToken.None))).Message;
            Assert.Contains("is in use", inUse, StringComparison.Ordinal);
        }
        Assert.EndsWith($"unfinished; go on with: rlseq compare --resume {plan.Folder}", Refusal(plan with { Jobs = 7, CommandLine = "other words" }), StringComparison.Ordinal);
        Assert.Contains("which differs in seeds, training.", Refusal(plan with { Seeds = [1, 2], Training = plan.Training with { Steps = 99 } }), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(plan.Folder, ComparisonResult.FileName), "{}");
        Assert.Contains("finished: `rlseq show", Refusal(plan), StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(plan.Folder, ComparisonFolder.PlanName), "{\"format\": 1, \"pl");
        Assert.Contains("plan.json cannot be read", Assert.Throws<UserInputException>(() => ComparisonFolder.ReadPlan(plan.Folder)).Message, StringComparison.Ordinal);

        static string Refusal(ComparisonPlan plan) => Assert.Throws<UserInputException>(() => ComparisonFolder.Claim(plan)).Message;
    }

    [Fact]
    public void A_plan_is_read_as_it_was_written()
    {
        ComparisonPlan plan = (Plan("c") with { Equal = new EqualSizes(EqualBy.Parameters, 500), MemoryUse = MemoryUseSettings.Full }).Equalized();
        using (ComparisonFolder.Begin(plan)) { }
        ComparisonPlan read = ComparisonFolder.ReadPlan(plan.Folder);
        Assert.Equal(ConfigurationFile.Write(plan.Training), ConfigurationFile.Write(read.Training));
        Assert.Equal(plan.Runs.Select(run => ConfigurationFile.Write(plan.Configuration(run))), read.Runs.Select(run => ConfigurationFile.Write(read.Configuration(run))));
        Assert.Equal((plan.Equal, plan.MemoryUse, plan.EvaluationEpisodes, plan.TimedActions, plan.CommandLine), (read.Equal, read.MemoryUse, read.EvaluationEpisodes, read.TimedActions, read.CommandLine));
        Assert.Equal(plan.Sizes, read.Sizes);
    }

    [Fact]
    public void The_command_line_goes_on_with_what_a_signal_stopped()
    {
        string[] arguments = ["compare", "--memory", "none", "--seeds", "2", "--jobs", "1", "--steps", "5120", "--episodes", "2", .. Rlseq.Tiny];
        using (Rlseq.Running comparison = Rlseq.Start(_folder.Path, new Dictionary<string, string>(), [.. arguments, "--out", "c"]))
        {
            Processes.WaitUntil(() => Directory.Exists(_folder["c/runs/RepeatPreviousEasy-none-1"]));
            Processes.Signal("INT", comparison.Id);
            Rlseq.Finished end = comparison.WaitForExit();
            Assert.Equal(130, end.Code);
            Assert.Contains("go on with: rlseq compare --resume c", end.Error, StringComparison.Ordinal);
        }
        Rlseq.RunIn(_folder.Path, [.. arguments, "--out", "c"]).MustRefuse("The folder c holds this comparison, unfinished; go on with: rlseq compare --resume c");
        Rlseq.RunIn(_folder.Path, "compare", "--resume", "c", "--seeds", "3").MustRefuse("leave out --seeds");
        Rlseq.Finished resumed = Rlseq.RunIn(_folder.Path, "resume", "c", "--json");
        Assert.Equal(2, resumed.Json["results"]![0]!["runs"]!.AsArray().Count(run => (string)run!["status"]! == "Ok"));
        Assert.StartsWith("./rlseq compare --memory none", (string)resumed.Json["command_line"]!, StringComparison.Ordinal);
        Rlseq.Run("compare", "--resume", _folder["nothing"]).MustRefuse("There is no comparison to go on with");
    }

    private static TrainingProcess Trainings { get; } = new([Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "rlseq.dll")]);

    private ComparisonPlan Plan(string folder) => new()
    {
        Environments = ["CartPole"],
        Memories = ["none", "gru"],
        Seeds = [1],
        Training = new TrainingConfiguration
        {
            Steps = 20_480, // so many updates that a run which is told to stop after its first one has not ended by then
            Device = "cpu",
            Network = new NetworkSettings { Hidden = 8 },
            Ppo = new PpoSettings { Environments = 4, Rollout = 32, Minibatches = 2, Epochs = 2 },
        },
        Folder = _folder[folder],
        EvaluationEpisodes = 3,
        TimedActions = 100,
        CommandLine = "./rlseq compare",
    };

    /// <summary>All that training and evaluating decide, and nothing that a clock does.</summary>
    private static string[] Learned(ComparisonResult result) =>
    [
        .. from memory in result.Results
           from run in memory.Runs
           select string.Join(' ', [memory.Memory, run.Seed, run.Status, run.Steps, run.Parameters, run.StateBytes, .. run.EpisodeReturns.Cast<object>(), .. run.LearningCurve.Select(point => (point.Step, point.MeanReturn)).Cast<object>(),
               .. memory.MemoryUse.SelectMany(use => use.Runs.SelectMany(uses => uses.Returns)).Cast<object>()]),
    ];

    private sealed class Observer : IComparisonObserver, IDisposable
    {
        private readonly CancellationTokenSource _source = new();

        public string? BreaksAt { get; init; }

        public CancellationToken Token => _source.Token;

        public List<string> Calls { get; } = [];

        public void Dispose() => _source.Dispose();

        public void Kept(PlannedRun run, string? error) => Add($"kept {run.Name}");

        public void Began(PlannedRun run) => Add($"began {run.Name}");

        public void Progressed(PlannedRun run, RunProgress progress) => Add($"progressed {run.Name}");

        public void Ended(PlannedRun run, string? error) => Add($"ended {run.Name}");

        public void Phase(string phase) => Add(phase);

        public void PhaseProgress(int done, int total) => Add($"{done} of {total}");

        private void Add(string call)
        {
            Calls.Add(call);
            if (call == BreaksAt) _source.Cancel();
        }
    }
}
