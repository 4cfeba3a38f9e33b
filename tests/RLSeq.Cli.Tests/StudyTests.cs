using System.Text.Json.Nodes;
using RLSeq.Evaluation;
using RLSeq.Evaluation.Claims;

namespace RLSeq.Cli.Tests;

/// <summary><c>rlseq study claims</c>, small.</summary>
public sealed class StudyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_small_study_leaves_rules_and_a_report_and_goes_on_where_it_stopped()
    {
        string[] command = ["study", "claims", "--claims", "7", "--seeds", "1", "--steps", "4096", "--episodes", "2", "--out", _folder["s"], "--json"];
        Rlseq.Finished first = Rlseq.Run(command);
        JsonNode json = first.Json;
        Assert.Equal(["claims.csv", "claims.json", "journal.jsonl", "report.html", "report.md", "rules.md", "runs"], Names("s"));
        Assert.Equal(4, Names("s/runs").Length);
        JsonNode claim = Assert.Single(json["claims"]!.AsArray())!;
        Assert.Equal("inconclusive", (string)claim["verdict"]!); // one seed
        Assert.Equal(4, claim["arms"]!.AsArray().Count);
        Assert.Contains("4 trainings, 0 of them there already", first.Error, StringComparison.Ordinal);
        Assert.Equal(4, File.ReadLines(_folder["s/journal.jsonl"]).Count(line => line.StartsWith("{\"key\":\"run ", StringComparison.Ordinal))); // so much of the time a kill leaves
        string rules = File.ReadAllText(_folder["s/rules.md"]);
        Assert.Contains("before anything was run", rules, StringComparison.Ordinal);

        Assert.True(JsonNode.DeepEquals(json, Rlseq.Run("show", _folder["s"], "--json").Json));
        string shown = Rlseq.Run("show", _folder["s"]).Output;
        Assert.StartsWith("claim                                 verdict       what decided\n7. An LSTM remembers about a hundred  inconclusive  ", shown, StringComparison.Ordinal);
        Assert.Contains("4 of 4 trainings are done, 0 failed, 0 missing. The study took ", shown, StringComparison.Ordinal);
        Assert.EndsWith($"Report: {_folder["s/report.html"]}\n", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("go on", shown, StringComparison.Ordinal);

        // One run is damaged as if it had not ended; the others stay as they are.
        string[] runs = [.. Directory.GetDirectories(_folder["s/runs"]).Order(StringComparer.Ordinal)];
        File.Delete(Path.Combine(runs[0], "result.json"));
        DateTime untouched = File.GetLastWriteTimeUtc(Path.Combine(runs[1], "policy.rlseq")), again = File.GetLastWriteTimeUtc(Path.Combine(runs[0], "policy.rlseq"));
        Assert.Contains("3 of 4 trainings are done, 0 failed, 1 missing.", Rlseq.Run("show", _folder["s"]).Output, StringComparison.Ordinal);
        File.AppendAllText(_folder["s/journal.jsonl"], "{\"key\":\"a session of an hour\",\"seconds\":3600,\"value\":true}\n");
        Rlseq.Finished second = Rlseq.Run(command);
        Assert.Contains("4 trainings, 3 of them there already", second.Error, StringComparison.Ordinal);
        Assert.Equal(untouched, File.GetLastWriteTimeUtc(Path.Combine(runs[1], "policy.rlseq")));
        Assert.NotEqual(again, File.GetLastWriteTimeUtc(Path.Combine(runs[0], "policy.rlseq")));
        Assert.Equal(rules, File.ReadAllText(_folder["s/rules.md"])); // written once
        Assert.True(JsonNode.DeepEquals(Returns(claim), Returns(second.Json["claims"]![0]!))); // the same training again

        // It began once, and its sessions add up.
        Assert.Equal((string)json["started"]!, (string)second.Json["started"]!);
        Assert.InRange((double)second.Json["seconds"]!, 3600, 3720);
        Assert.Contains("took 6", File.ReadAllText(_folder["s/report.md"]), StringComparison.Ordinal); // 60 to 62 minutes

        // Rules do not change once there are data.
        Rlseq.Run([.. command[..5], "2", .. command[6..]]).MustRefuse("holds a study with other rules");
        Rlseq.Run(["study", "claims", "--claims", "7", "--out", Path.GetDirectoryName(runs[0])!]).MustRefuse("is not empty");
    }

    [Fact]
    public void The_rules_can_be_read_without_running_anything()
    {
        Rlseq.Finished text = Rlseq.Run("study", "claims", "--list", "--claims", "1,3");
        Assert.Equal((0, RulesText.Of(ClaimList.Parse("1,3"), new StudyScale())), (text.Code, text.Output));
        JsonNode json = Rlseq.Run("study", "claims", "--list", "--json").Json;
        Assert.Equal(Enumerable.Range(1, 11), json["claims"]!.AsArray().Select(claim => (int)claim!["number"]!));
        Rlseq.Run("study", "claims", "--claims", "12").MustRefuse("There is no claim '12'");
    }

    [Fact]
    public async Task Failed_runs_cost_themselves_only_are_said_and_are_made_again()
    {
        var plan = new StudyPlan { Claims = ClaimList.Parse("7"), Scale = new StudyScale { Seeds = 2, Steps = 4096 }, Folder = _folder["f"], EvaluationEpisodes = 1 };
        StudyResult study = await StudyRunner.RunAsync(plan, new TrainingProcess(["/bin/sh", "-c", "echo it fell over >&2; exit 3", "sh"]), new Silent(), CancellationToken.None);
        ClaimResult claim = Assert.Single(study.Claims);
        Assert.Equal(Verdict.Inconclusive, claim.Verdict);
        Assert.Equal(8, claim.Failures.Count);
        Assert.All(claim.Failures, failure => Assert.Contains("it fell over", failure.Error, StringComparison.Ordinal));
        Assert.False(study.IsWhole);
        Assert.Contains("it fell over", await File.ReadAllTextAsync(_folder["f/report.md"]), StringComparison.Ordinal);
        Assert.Equal(8, StudyRunner.Unfinished(plan).Count);
        string shown = Rlseq.Run("show", plan.Folder).Output;
        Assert.Contains("0 of 8 trainings are done, 8 failed, 0 missing.", shown, StringComparison.Ordinal);
        Assert.Contains($"go on with: rlseq study claims --claims 7 --seeds 2 --steps 4096 --episodes 1 --out {plan.Folder}\n", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_study_that_was_stopped_shows_how_far_it_is_and_how_to_go_on()
    {
        var plan = new StudyPlan { Claims = ClaimList.Parse("7,8"), Scale = new StudyScale { Seeds = 2, Full = true }, Folder = _folder["it stopped"], EvaluationEpisodes = 1 };
        StudyRunner.Open(plan);
        Assert.StartsWith("A study of claims without its verdicts yet. 0 trainings are done.", Rlseq.Run("show", plan.Folder).Output, StringComparison.Ordinal);

        // The first training fails; the study is stopped in the second.
        using var stop = new CancellationTokenSource();
        var process = new TrainingProcess(["/bin/sh", "-c", "echo it fell over >&2; exit 3", "sh"]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StudyRunner.RunAsync(plan, process, new Silent { OnEnded = stop.Cancel }, stop.Token));
        int trainings = plan.Runs.Count;
        Rlseq.Finished text = Rlseq.Run("show", plan.Folder);
        Assert.StartsWith($"A study of claims 7, 8 without its verdicts yet. 0 of {trainings} trainings are done, 1 failed, {trainings - 1} missing. Then come {plan.Probes.Count} timings. Until now it took ", text.Output, StringComparison.Ordinal);
        Assert.Contains($"Failed: {plan.Runs[0].Id}: ", text.Output, StringComparison.Ordinal);
        JsonNode json = Rlseq.Run("show", plan.Folder, "--json").Json;
        Assert.Equal((0, 1, trainings - 1, plan.Probes.Count), ((int)json["done"]!, json["failed"]!.AsArray().Count, (int)json["missing"]!, (int)json["timings"]!));
        Assert.Contains("it fell over", (string)json["failed"]![0]!["error"]!, StringComparison.Ordinal);
        Assert.Equal($"rlseq study claims --claims 7,8 --full --seeds 2 --episodes 1 --out '{plan.Folder}'", (string)json["go_on"]!);
    }

    [Fact]
    public void A_signal_stops_a_study_which_says_how_to_go_on()
    {
        string[] command = ["study", "claims", "--claims", "7", "--seeds", "1", "--jobs", "1", "--out", _folder["s"]];
        using Rlseq.Running study = Rlseq.Start(_folder.Path, new Dictionary<string, string>(), command);
        Processes.WaitUntil(() => Directory.Exists(_folder["s/runs"])); // the first of many minutes of training
        Processes.Signal("INT", study.Id);
        Rlseq.Finished end = study.WaitForExit();
        Assert.Equal((130, ""), (end.Code, end.Output));
        Assert.EndsWith($"Stopped before its end. The same command with --out {_folder["s"]} goes on with what is left.\n", end.Error, StringComparison.Ordinal);
        Assert.Contains("0 of 4 trainings are done, 0 failed, 4 missing.", Rlseq.Run("show", _folder["s"]).Output, StringComparison.Ordinal);
    }

    private static JsonArray Returns(JsonNode claim) => [.. claim["arms"]!.AsArray().Select(arm => arm!["returns"]!.DeepClone())];

    private string[] Names(string folder) => [.. Directory.GetFileSystemEntries(_folder[folder]).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    private sealed class Silent : IComparisonObserver
    {
        public Action? OnEnded { get; init; }

        public void Began(PlannedRun run) { }

        public void Kept(PlannedRun run, string? error) { }

        public void Progressed(PlannedRun run, RunProgress progress) { }

        public void Ended(PlannedRun run, string? error) => OnEnded?.Invoke();

        public void Phase(string phase) { }

        public void PhaseProgress(int done, int total) { }
    }
}
