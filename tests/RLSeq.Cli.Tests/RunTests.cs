using System.Text.Json.Nodes;

namespace RLSeq.Cli.Tests;

/// <summary>The way of a run: trained, shown, stopped, resumed, repeated.</summary>
[Collection(TrainedRunTests.Name)]
public sealed class RunTests(TrainedRun run) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_leaves_its_configuration_metrics_checkpoint_and_policy() =>
        Assert.Equal(["checkpoint.rlseq-checkpoint", "config.yaml", "evaluation.msgpack", "machine.yaml", "metrics.msgpack", "policy.rlseq"], Directory.GetFileSystemEntries(run.Folder).Select(Path.GetFileName).Order());

    [Fact]
    public void Show_prints_a_line_per_update()
    {
        string[] lines = Rlseq.Run("show", run.Folder).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Equal(["steps", "128", "256"], lines.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]));
    }

    [Fact]
    public void Diagnose_says_what_the_state_is_worth()
    {
        JsonNode found = Rlseq.Run("diagnose", run.Folder, "--episodes", "3", "--steps", "4", "--json").Json;
        JsonArray uses = found["memory_use"]!.AsArray();
        Assert.Equal(["intact", "zeroed", "shuffled", "truncated", "truncated", "truncated"], uses.Select(use => (string)use!["intervention"]!));
        Assert.Equal([null, null, null, 1, 2, 4], uses.Select(use => (int?)use!["steps"]));
        Assert.All(uses, use => Assert.Equal(3, use!["returns"]!.AsArray().Count));
        Assert.Equal(0, (double)uses[0]!["lost_mean"]!);
        Assert.Contains("of the last 4 observations", Rlseq.Run("diagnose", run.Policy, "--episodes", "3", "--steps", "4").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_policy_however_many_threads_collect_and_however_names_are_written()
    {
        string[] again = [.. TrainedRun.Arguments.Select(word => word switch { "lstm" => "LSTM", "RepeatPreviousEasy" => "repeatpreviouseasy", _ => word })];
        Assert.Equal(0, Rlseq.Run([.. again, "--set", "collect_threads=2", "--out", _folder["again"]]).Code);
        Assert.Equal(File.ReadAllBytes(run.Policy), File.ReadAllBytes(_folder["again/policy.rlseq"]));
    }

    [Fact]
    public void A_run_under_the_clock_says_so_and_repeats()
    {
        string[] arguments =
        [
            "train", "--memory", "none", "--steps", "256", .. Rlseq.Tiny, "--period", "60Hz", "--deadline", "10ms", "--action-delay", "1", "--on-miss", "apply-late", "--latency", "jitter:4ms:8ms", "--slow-down", "2",
            "--episodes", "2", "--json", "--out", _folder["clocked"],
        ];
        Rlseq.Finished end = Rlseq.Run(arguments);
        Assert.Contains("under a clock of 60Hz (latency jitter:4ms:8ms × 2, on a miss apply-late)", end.Error, StringComparison.Ordinal);
        Assert.InRange((double)end.Json["miss_rate"]!, 0.5, 0.95); // 8 to 16 ms, of which 8 to 10 are in time
        Assert.Equal(1, (double)end.Json["ticks_per_decision"]!);
        Assert.Contains("  period: 60Hz", File.ReadAllText(_folder["clocked/config.yaml"]), StringComparison.Ordinal);
        Assert.Equal(0, Rlseq.Run("train", "--config", _folder["clocked/config.yaml"], "--episodes", "0", "--out", _folder["again"]).Code);
        Assert.Equal(File.ReadAllBytes(_folder["clocked/policy.rlseq"]), File.ReadAllBytes(_folder["again/policy.rlseq"]));
    }

    [Fact]
    public void The_configuration_of_a_run_repeats_it_and_another_seed_does_not()
    {
        string configuration = Path.Combine(run.Folder, "config.yaml");
        Assert.Equal(0, Rlseq.Run("train", "--config", configuration, "--episodes", "0", "--out", _folder["again"]).Code);
        Assert.Equal(File.ReadAllBytes(run.Policy), File.ReadAllBytes(_folder["again/policy.rlseq"]));
        Assert.Equal(0, Rlseq.Run("train", "--config", configuration, "--seed", "4", "--episodes", "0", "--out", _folder["other"]).Code);
        Assert.NotEqual(File.ReadAllBytes(run.Policy), File.ReadAllBytes(_folder["other/policy.rlseq"]));
    }

    [Fact]
    public void A_stopped_run_saves_itself_and_resumes_to_the_policy_of_a_run_that_was_never_stopped()
    {
        string[] arguments = ["train", "--memory", "lstm", "--steps", "10240", .. Rlseq.Tiny, "--set", "checkpoint_every=1000", "--episodes", "2", "--json"];
        string stopped = _folder["stopped"], whole = _folder["whole"];
        Rlseq.Finished end;
        using (Rlseq.Running running = Rlseq.Start(_folder.Path, new Dictionary<string, string>(), [.. arguments, "--out", stopped]))
        {
            Processes.WaitUntil(() => new FileInfo(Path.Combine(stopped, "metrics.msgpack")) is { Exists: true, Length: > 0 });
            Processes.Signal("INT", running.Id);
            end = running.WaitForExit();
        }
        Assert.Equal(130, end.Code);
        Assert.Contains($"go on with: rlseq resume {stopped}", end.Error, StringComparison.Ordinal);
        Assert.False((bool)end.JsonWhateverTheCode["finished"]!);
        Assert.Equal(["checkpoint.rlseq-checkpoint", "config.yaml", "machine.yaml", "metrics.msgpack", "policy.rlseq"], Directory.GetFileSystemEntries(stopped).Select(Path.GetFileName).Order());

        JsonNode resumed = Rlseq.Run("resume", stopped, "--episodes", "2", "--json").Json, uninterrupted = Rlseq.Run([.. arguments, "--out", whole]).Json;
        Assert.Equal(10240, (long)resumed["steps"]!);
        Assert.Equal((double)uninterrupted["return_mean"]!, (double)resumed["return_mean"]!);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole, "policy.rlseq")), File.ReadAllBytes(Path.Combine(stopped, "policy.rlseq")));
        Assert.Equal(80, Rlseq.Run("show", stopped, "--json").Json["metrics"]!.AsArray().Count);
    }

    [Fact]
    public void A_run_that_would_take_longer_than_a_lifetime_says_so_and_stops_when_it_is_told_to_terminate()
    {
        using Rlseq.Running running = Rlseq.Start(_folder.Path, new Dictionary<string, string>(), ["train", "--memory", "none", "--steps", "2e18", .. Rlseq.Tiny, "--out", "run"]);
        Processes.WaitUntil(() => new FileInfo(_folder["run/metrics.msgpack"]) is { Exists: true, Length: > 1000 });
        Processes.Signal("TERM", running.Id);
        Rlseq.Finished end = running.WaitForExit();
        Assert.Equal(143, end.Code);
        Assert.Contains("years left", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Resuming_a_finished_run_says_so_and_changes_nothing()
    {
        string copy = run.CopyTo(_folder["run"]);
        Rlseq.Finished end = Rlseq.Run("resume", copy, "--episodes", "4", "--json");
        Assert.Equal((double)run.Summary["return_mean"]!, (double)end.Json["return_mean"]!);
        Assert.Contains("nothing is left to train", end.Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(run.Policy), File.ReadAllBytes(Path.Combine(copy, "policy.rlseq")));
    }

    [Fact]
    public void Without_out_the_folder_is_named_for_the_run_and_is_new()
    {
        string[] arguments = ["train", "--memory", "none", "--seed", "7", "--steps", "128", "--episodes", "0", "--json", .. Rlseq.Tiny];
        string[] folders = [.. Enumerable.Range(0, 2).Select(_ => (string)Rlseq.RunIn(_folder.Path, arguments).Json["folder"]!)];
        Assert.All(folders, folder => Assert.StartsWith("runs/RepeatPreviousEasy-none-7-", folder, StringComparison.Ordinal));
        Assert.Equal(2, folders.Distinct().Count(folder => File.Exists(_folder[$"{folder}/policy.rlseq"])));
    }

    [Fact]
    public void One_episode_is_enough_for_a_profile()
    {
        Assert.Equal(0, Rlseq.Run(["train", "--env", "RepeatPreviousEasy", "--memory", "none", "--steps", "256", "--episodes", "0", .. Rlseq.Tiny, "--out", _folder["one"]]).Code);
        Rlseq.Finished end = Rlseq.Run("evaluate", _folder["one"], "--episodes", "1", "--save-latency", _folder["one.msgpack"]);
        Assert.Equal(0, end.Code);
        Assert.Equal(0, Agents.LatencyProfileFile.Load(_folder["one.msgpack"]).Segments[0].From);
    }

    [Fact]
    public void What_was_trained_under_a_clock_is_evaluated_under_it()
    {
        System.Text.Json.Nodes.JsonNode json = Rlseq.Run(["train", "--env", "RepeatPreviousEasy", "--memory", "none", "--steps", "256", "--episodes", "3", "--period", "1ms", "--latency", "fixed:1.5ms", "--on-miss", "apply-late", .. Rlseq.Tiny, "--out", _folder["late"], "--json"]).Json;
        Assert.Equal(1, (double)json["miss_rate"]!); // every decision takes two ticks
        Assert.Equal(51, (double)json["episode_length_mean"]!);
        Assert.Equal(3 * 26, (long)json["decisions"]!);
        Assert.Equal(1500, (double)json["action_p50_us"]!, 10.0);
    }
}
