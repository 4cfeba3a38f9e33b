using System.Text.Json.Nodes;
using RLSeq.Agents;

namespace RLSeq.Cli.Tests;

/// <summary>The main job, small.</summary>
public sealed class CompareTests : IDisposable
{
    private static readonly string[] Files = ["comparison.json", "config.yaml", "deadlines.csv", "journal.jsonl", "latency", "memory_use.csv", "plan.json", "report.html", "report.md", "results.csv", "runs"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_memories_and_two_seeds_leave_a_whole_comparison()
    {
        Rlseq.Finished end = Rlseq.Run(["compare", "--env", "RepeatPreviousEasy", "--memory", "none,LSTM", "--seeds", "2", "--steps", "256", "--episodes", "3", "--slow-down", "1,10", "--on-miss", "apply-late", "--deadline-episodes", "2", "--paced-actions", "6", .. Rlseq.Tiny, "--out", _folder["c"], "--json"]);
        JsonNode json = end.Json;
        Assert.Equal(Files, Names(_folder["c"]));
        Assert.Equal(["RepeatPreviousEasy-lstm-1", "RepeatPreviousEasy-lstm-2", "RepeatPreviousEasy-none-1", "RepeatPreviousEasy-none-2"], Names(_folder["c/runs"]));
        Assert.All(Directory.GetDirectories(_folder["c/runs"]), run => Assert.Equal(["checkpoint.rlseq-checkpoint", "config.yaml", "evaluation.msgpack", "machine.yaml", "metrics.msgpack", "policy.rlseq"], Names(run)));

        JsonArray results = json["results"]!.AsArray();
        Assert.Equal(["none", "lstm"], results.Select(result => (string)result!["memory"]!));
        Assert.All(results, result =>
        {
            Assert.Equal([1, 2], result!["runs"]!.AsArray().Select(run => (int)run!["seed"]!));
            Assert.All(result["runs"]!.AsArray(), run =>
            {
                Assert.Equal("Ok", (string)run!["status"]!);
                Assert.Equal(256, (long)run["steps"]!);
                Assert.Equal(3, run["episode_returns"]!.AsArray().Count);
                Assert.NotEmpty(run["learning_curve"]!.AsArray());
                Assert.InRange((long)run["peak_memory_bytes"]!, 20_000_000, 4_000_000_000);
            });
            CheckDeadlines(result);
        });
        Assert.Equal("cpu", (string)json["machine"]!["device"]!);

        // What a run of the comparison is, a run by itself is as well.
        Assert.Equal(0, Rlseq.Run(["train", "--env", "RepeatPreviousEasy", "--memory", "lstm", "--seed", "2", "--steps", "256", "--episodes", "0", .. Rlseq.Tiny, "--out", _folder["alone"]]).Code);
        Assert.Equal(File.ReadAllBytes(_folder["alone/policy.rlseq"]), File.ReadAllBytes(_folder["c/runs/RepeatPreviousEasy-lstm-2/policy.rlseq"]));

        CheckReports(json);
    }

    [Fact]
    public void Memories_train_under_the_clock_with_their_own_latencies()
    {
        JsonNode json = Rlseq.Run(["compare", "--env", "RepeatPreviousEasy", "--memory", "none,lstm", "--seeds", "1", "--steps", "256", "--episodes", "2", "--clock-training", "1ms", "--on-miss", "apply-late", "--deadline-episodes", "1", "--deadlines", "10us,1s", "--paced-actions", "0", "--memory-use", "quick", .. Rlseq.Tiny, "--out", _folder["k"], "--json"]).Json;
        foreach (string memory in (string[])["none", "lstm"])
        {
            string profile = _folder[$"k/latency/RepeatPreviousEasy-{memory}-untrained.msgpack"];
            Assert.True(LatencyProfileFile.Load(profile).ToHistogram().Count > 0);
            string configuration = File.ReadAllText(_folder[$"k/runs/RepeatPreviousEasy-{memory}-1/config.yaml"]);
            Assert.Contains("period: 1ms", configuration, StringComparison.Ordinal);
            Assert.Contains("on_miss: apply-late", configuration, StringComparison.Ordinal);
            Assert.Contains(Path.GetFullPath(profile), configuration, StringComparison.Ordinal);
            // Its observations hold what the clock reports; it is evaluated, timed, swept and looked at all the same.
            PolicyDefinition policy = PolicyFile.Load(_folder[$"k/runs/RepeatPreviousEasy-{memory}-1/policy.rlseq"]);
            using Environments.IEnvironment environment = Environments.EnvironmentRegistry.Create("RepeatPreviousEasy");
            Assert.Equal(new ClockReport(environment.ObservationSpace, environment.ActionSpace).Space, policy.ObservationSpace);
        }
        Assert.All(json["results"]!.AsArray(), result =>
        {
            Assert.Equal("Ok", (string)result!["runs"]![0]!["status"]!);
            Assert.Equal(2, result["deadlines"]![0]!["points"]!.AsArray().Count);
            Assert.NotEmpty(result["memory_use"]!.AsArray());
        });
        // The policy is at home in every other command, too.
        string run = _folder["k/runs/RepeatPreviousEasy-lstm-1"];
        Assert.Equal(0, Rlseq.Run("evaluate", run, "--episodes", "2").Code);
        Assert.Equal(0, Rlseq.Run("evaluate", run, "--episodes", "2", "--period", "1ms", "--latency", "fixed:1.5ms", "--on-miss", "apply-late").Code);
        Assert.Equal(0, Rlseq.Run("diagnose", run, "--episodes", "2").Code);
    }

    [Fact]
    public void A_training_that_dies_costs_its_run_and_the_comparison_ends_with_1()
    {
        using Rlseq.Running comparison = Rlseq.Start(_folder.Path, new Dictionary<string, string>(),
            ["compare", "--memory", "none,lstm", "--seeds", "1", "--jobs", "1", "--steps", "256", "--episodes", "2", "--deadlines", "none", "--paced-actions", "0", .. Rlseq.Tiny, "--out", "c", "--json"]);
        Processes.WaitUntil(() => Processes.Children(comparison.Id).Length > 0);
        Processes.Signal("KILL", Processes.Children(comparison.Id)[0]); // memories train in the order in which they are named
        Rlseq.Finished end = comparison.WaitForExit();

        Assert.Equal(1, end.Code);
        JsonArray results = end.JsonWhateverTheCode["results"]!.AsArray();
        Assert.Equal(["Failed", "Ok"], results.Select(result => (string)result!["runs"]![0]!["status"]!));
        Assert.Contains("ended with exit code", (string)results[0]!["runs"]![0]!["error"]!, StringComparison.Ordinal);
        Assert.Contains("RepeatPreviousEasy none #1: failed: ", end.Error, StringComparison.Ordinal);
        Assert.Equal(Files.Except(["deadlines.csv"]), Names(_folder["c"]));
        Rlseq.Finished shown = Rlseq.Run("show", _folder["c"]);
        Assert.Equal(0, shown.Code);
        Assert.Contains("failed", shown.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("KILL", 137)]
    public void A_stopped_comparison_takes_its_trainings_with_it(string signal, int code)
    {
        using Rlseq.Running comparison = Rlseq.Start(_folder.Path, new Dictionary<string, string>(),
            ["compare", "--memory", "none", "--seeds", "2", "--jobs", "2", "--steps", "2e12", .. Rlseq.Tiny, "--out", "c"]);
        Processes.WaitUntil(() => Processes.Children(comparison.Id).Length == 2);
        int[] trainings = Processes.Children(comparison.Id);
        try
        {
            Processes.Signal(signal, comparison.Id);
            Rlseq.Finished end = comparison.WaitForExit();
            Assert.Equal(code, end.Code);
            Assert.Equal("", end.Output);
            if (signal != "KILL") Assert.Contains("go on with: rlseq compare --resume c", end.Error, StringComparison.Ordinal);
            Processes.WaitUntil(() => !trainings.Any(Processes.IsAlive));
        }
        finally
        {
            foreach (int training in trainings.Where(Processes.IsAlive)) Processes.Signal("KILL", training);
        }
        Assert.False(File.Exists(_folder["c/comparison.json"]));
    }

    private void CheckDeadlines(JsonNode result)
    {
        JsonNode latency = result["latency"]!;
        Assert.InRange((double)latency["p50_us"]!, 0.01, 1e6);
        Assert.Equal(6, (int)latency["paced"]!["count"]!);
        var profile = LatencyProfileFile.Load(_folder[$"c/latency/RepeatPreviousEasy-{result["memory"]}.msgpack"]);
        Assert.Equal((long)latency["count"]!, profile.ToHistogram().Count);
        Assert.Equal(latency["by_position"]!.AsArray().Select(part => (int)part!["to"]!), profile.Segments.Select(segment => segment.To));

        JsonArray curves = result["deadlines"]!.AsArray();
        Assert.Equal([1, 10], curves.Select(curve => (double)curve!["slow_down"]!));
        double[] evaluated = Returns(result["runs"]![1]!["episode_returns"]!);
        Assert.All(curves, curve =>
        {
            Assert.Equal(("apply-late", 0), ((string)curve!["on_miss"]!, (int)curve["action_delay"]!));
            Assert.Equal(profile.Conditions, (string)curve["profile"]!);
            Assert.Equal([1, 2], curve["undelayed"]!["runs"]!.AsArray().Select(run => (int)run!["seed"]!));
            Assert.Equal(evaluated[..2], Returns(curve["undelayed"]!["runs"]![1]!["returns"]!)); // the first episodes of the evaluation
            JsonArray points = curve["points"]!.AsArray();
            Assert.Equal(21, points.Count);
            Assert.All(points, point => Assert.All(point!["runs"]!.AsArray(), run => Assert.Equal(2, run!["returns"]!.AsArray().Count)));
        });
        // Ten times slower at ten times the deadline is the same.
        for (int i = 0; i + 5 < 21; i++)
            Assert.True(JsonNode.DeepEquals(curves[0]!["points"]![i]!["runs"], curves[1]!["points"]![i + 5]!["runs"]));
    }

    private static double[] Returns(JsonNode returns) => [.. returns.AsArray().Select(value => (double)value!)];

    private void CheckReports(JsonNode json)
    {
        string html = File.ReadAllText(_folder["c/report.html"]);
        foreach (string outside in (string[])["http:", "https:", "//", "src=", "@import", "url(", "<link", "<script"])
            Assert.DoesNotContain(outside, html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        string markdown = File.ReadAllText(_folder["c/report.md"]);
        string[] csv = File.ReadAllLines(_folder["c/results.csv"]);
        Assert.Equal(3, csv.Length);
        foreach (string memory in (string[])["none", "lstm"])
        {
            Assert.Contains(memory, html, StringComparison.Ordinal);
            Assert.Contains(memory, markdown, StringComparison.Ordinal);
            Assert.Contains(csv, line => line.Contains($"{memory},", StringComparison.Ordinal));
        }
        Rlseq.Finished shown = Rlseq.Run("show", _folder["c"]);
        Assert.Contains("lstm", shown.Output, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(json, Rlseq.Run("show", _folder["c"], "--json").Json));
    }

    private static string[] Names(string folder) => [.. Directory.GetFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
}
