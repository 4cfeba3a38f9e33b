using System.Text.Json.Nodes;
using RLSeq.Cli.Output;

namespace RLSeq.Cli.Tests;

/// <summary>The fields that scripts rely on, with values that can be true.</summary>
[Collection(TrainedRunTests.Name)]
public class JsonTests(TrainedRun run)
{
    [Theory]
    [InlineData("envs", "CartPole", "RepeatPreviousEasy", "PositionOnlyCartPoleEasy")]
    [InlineData("memories", "none", "ffm", "ffm-normalized", "gru", "lstm", "lru", "min-gru", "gated-delta-net", "delta-net", "linear-attention", "hcam", "transformer")]
    public void Names_come_with_one_line_each(string command, params string[] expected)
    {
        JsonArray entries = Rlseq.Run(command, "--json").Json.AsArray();
        Assert.Superset(expected.ToHashSet(), entries.Select(entry => (string)entry!["name"]!).ToHashSet());
        Assert.All(entries, entry => Assert.Matches("^[^\n]{10,}$", (string)entry!["description"]!));
    }

    [Fact]
    public void Names_for_people_are_the_same()
    {
        string[] lines = Rlseq.Run("memories").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonArray entries = Rlseq.Run("memories", "--json").Json.AsArray();
        Assert.Equal(entries.Select(entry => (string)entry!["name"]!), lines.Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public void An_environment_without_faults_has_no_findings() => Assert.Empty(Rlseq.Run("check-env", "cartpole", "--json").Json.AsArray());

    [Fact]
    public void Bench_act()
    {
        JsonNode result = Rlseq.Run("bench", "act", "--memory", "transformer", "--hidden", "32", "--layers", "2", "--heads", "4", "--context", "16", "--ffn", "64",
            "--precision", "f32", "--threads", "1", "--actions", "2000", "--json").Json;
        double p50 = Positive(result, "p50_us"), p99 = Positive(result, "p99_us"), p999 = Positive(result, "p999_us"), max = Positive(result, "max_us");
        Assert.True(p50 <= p99 && p99 <= p999 && p999 <= max, result.ToJsonString());
        Positive(result, "floor_us");
        Assert.Equal(0, (double)result["allocated_bytes_per_action"]!);
        Assert.Equal(4 * ((2 * 16 * 32) + 1), (double)result["state_bytes"]!); // the inputs of two layers over 16 steps, and their count

        // Encoder 4·32 + 32 and the two heads 3·(32 + 1) alone.
        Assert.True(Positive(result, "parameters") > 259);
    }

    [Fact]
    public void Bench_act_by_stage()
    {
        Rlseq.Finished end = Rlseq.Run("bench", "act", "--memory", "lstm", "--hidden", "16", "--actions", "500", "--stages", "--json");
        JsonNode stages = end.Json["stages"]!;
        Assert.Equal(["encode", "memory", "heads", "sample"], stages.AsObject().Select(stage => stage.Key));
        foreach ((_, JsonNode? stage) in stages.AsObject()) Assert.True(Positive(stage!, "p50_us") <= Positive(stage!, "p99_us") && Positive(stage!, "mean_us") > 0);
        Assert.Equal(0, (double)end.Json["allocated_bytes_per_action"]!);
        Positive(end.Json, "recording_ns");
        Positive(end.Json, "recording_stages_ns");
        Assert.True((double)end.Json["interruptions_per_second"]! >= 0 && (double)end.Json["interruption_us"]! is 0 or > 5, end.Json.ToJsonString());
        foreach (string line in (string[])["\nencode   ", "\nmemory   ", "\nheads    ", "\nsample   ", "500 actions allocated 0 bytes", "Recording an action takes "]) Assert.Contains(line, end.Error, StringComparison.Ordinal);
        Assert.Empty(Rlseq.Run("bench", "act", "--memory", "none", "--hidden", "16", "--actions", "100", "--json").Json["stages"]!.AsObject());
    }

    [Fact]
    public void Bench_act_does_not_depend_on_sizes_that_a_memory_does_not_have()
    {
        JsonNode result = Rlseq.Run("bench", "act", "--memory", "lstm", "--hidden", "16", "--context", "2000000000", "--actions", "100", "--json").Json;
        Assert.Equal(4 * 2 * 16, (double)result["state_bytes"]!);
    }

    [Fact]
    public void Bench_act_compares_the_engines_at_the_batch_sizes_that_are_named()
    {
        Rlseq.Finished end = Rlseq.Run("bench", "act", "--memory", "gru", "--hidden", "8", "--actions", "100", "--batches", "5,1", "--threads", "2", "--device", "cpu", "--json");
        Positive(end.Json, "p50_us");
        Assert.Equal(("cpu", 2), ((string)end.Json["device"]!, (int)end.Json["threads"]!));
        JsonArray engines = end.Json["engines"]!.AsArray();
        Assert.Equal([1, 5], engines.Select(entry => (int)entry!["batch"]!));
        foreach (JsonNode? entry in engines)
        {
            foreach (string engine in (string[])["managed", "torch"])
                Assert.Equal(Positive(entry!, $"{engine}_us"), (int)entry!["batch"]! * Positive(entry!, $"{engine}_us_per_row"), 1e-6);
        }
        // The sentence and the fields say the same.
        (int? upTo, int? from) = ((int?)end.Json["managed_up_to_batch"], (int?)end.Json["torch_from_batch"]);
        string sentence = upTo is null ? $"torch is faster from batch {from}; managed never" : $"managed is faster up to batch {upTo}; torch {(from is null ? "never" : $"from {from}")}";
        Assert.Contains(sentence, end.Error, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^ +5 +\d", end.Error);
    }

    [Fact]
    public void Bench_train()
    {
        JsonNode result = Rlseq.Run("bench", "train", "--memory", "lstm", "--envs", "4", "--steps", "16", "--hidden", "8", "--epochs", "1", "--minibatches", "2",
            "--threads", "1", "--updates", "2", "--json").Json;
        double all = Positive(result, "steps_per_second"), collect = Positive(result, "collect_steps_per_second"), update = Positive(result, "update_steps_per_second");
        Positive(result, "floor_steps_per_second");
        Assert.Equal(1 / all, (1 / collect) + (1 / update), 1e-9 / all); // the phases follow one another
        JsonObject phases = result["phase_seconds"]!.AsObject();
        Assert.Equal(["environments", "acting", "collecting_rest", "forward", "backward", "optimizer", "learning_rest"], phases.Select(phase => phase.Key));
        Assert.Equal(4 * 16 / all, phases.Sum(phase => (double)phase.Value!), 1e-9); // of one update
        foreach (string phase in (string[])["environments", "acting", "forward", "backward", "optimizer"]) Positive(result["phase_seconds"]!, phase);
        JsonNode floors = result["phase_floor_seconds"]!;
        double[] arithmetic = [Positive(floors, "acting"), Positive(floors, "forward"), Positive(floors, "backward")];
        Assert.Equal(4 * 16 / (double)result["floor_steps_per_second"]!, arithmetic.Sum(), 1e-9); // what must be moved stands beside it
        foreach (string phase in (string[])["collecting_rest", "optimizer", "learning_rest"]) Positive(floors, phase);
    }

    [Fact]
    public void Bench_env()
    {
        JsonNode result = Rlseq.Run("bench", "env", "--env", "CartPole", "--json").Json;
        Positive(result, "steps_per_second");
        Positive(result, "interface_steps_per_second");
        Assert.Equal(216_000, (double)result["python_steps_per_second"]!);
        Assert.Equal(0, (double)result["allocated_bytes_per_step"]!);
    }

    [Fact]
    public void Several_timed_environments_come_as_a_list()
    {
        JsonObject json = EnvironmentBenchmarkOutput.Json([("MineSweeperHard", new(4e6, 0, 9e6)), ("RepeatFirstEasy", new(5e6, 0.5, 9e6))]);
        JsonArray list = json["environments"]!.AsArray();
        Assert.Equal(["MineSweeperHard", "RepeatFirstEasy"], list.Select(item => (string?)item!["environment"]));
        Assert.Equal((19_000.0, 0.5), ((double)list[0]!["python_steps_per_second"]!, (double)list[1]!["allocated_bytes_per_step"]!));
        Assert.Null(list[1]!["python_steps_per_second"]);
        Assert.EndsWith("MineSweeperHard    4,000,000    9,000,000   44 %    19,000     211           0", EnvironmentBenchmarkOutput.Row("MineSweeperHard", 15, new(4e6, 0, 9e6)), StringComparison.Ordinal);
    }

    [Fact]
    public void Full_state_twins_are_named_beside_their_tasks_and_listed_on_demand()
    {
        JsonArray tasks = Rlseq.Run("envs", "--json").Json.AsArray(), all = Rlseq.Run("envs", "--all", "--json").Json.AsArray();
        JsonNode task = tasks.Single(entry => (string?)entry!["name"] == "BattleshipHard")!;
        Assert.Equal("BattleshipHardFullState", (string?)task["full_state"]);
        Assert.True((bool)task["needs_previous_action"]!);
        Assert.Equal((0.55, -0.40), ((double)task["reference_return"]!, (double)task["random_return"]!));
        Assert.DoesNotContain(tasks, entry => ((string)entry!["name"]!).EndsWith("FullState", StringComparison.Ordinal));
        Assert.Equal(tasks.Count(entry => entry!["full_state"] is not null), all.Count - tasks.Count);
        Assert.Contains(all, entry => (string?)entry!["name"] == "BattleshipHardFullState");
    }

    [Fact]
    public void Train()
    {
        Assert.Equal(run.Folder, (string?)run.Summary["folder"]);
        Assert.True((bool)run.Summary["finished"]!);
        Assert.Equal(256, (long)run.Summary["steps"]!);
        CheckEvaluation(run.Summary, episodes: 4);
        Assert.Equal((double)run.Summary["steps_per_second"]!, 256 / Positive(run.Summary, "seconds"), 1e-6);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Evaluate(bool byFile, bool sample)
    {
        JsonNode result = Rlseq.Run(["evaluate", byFile ? run.Policy : run.Folder, "--episodes", "4", "--json", .. sample ? ["--sample"] : Array.Empty<string>()]).Json;
        Assert.Equal("RepeatPreviousEasy", (string?)result["environment"]);
        CheckEvaluation(result, episodes: 4);
        Assert.Equal(4 * 51, (long)result["steps"]!); // an episode of this task has 51 steps
        if (!sample) Assert.Equal((double)run.Summary["return_mean"]!, (double)result["return_mean"]!); // the same episodes as after training
    }

    [Fact]
    public void Other_seeds_are_other_episodes_and_the_same_seed_the_same()
    {
        double[] means = [.. new[] { "5", "5", "6" }.Select(seed => (double)Rlseq.Run("evaluate", run.Folder, "--episodes", "20", "--sample", "--seed", seed, "--json").Json["return_mean"]!)];
        Assert.Equal(means[0], means[1]);
        Assert.NotEqual(means[0], means[2]);
    }

    [Fact]
    public void What_was_not_measured_is_null_and_not_zero()
    {
        using var folder = new TemporaryFolder();
        JsonNode result = Rlseq.Run(["train", "--steps", "128", "--memory", "none", "--episodes", "0", .. Rlseq.Tiny, "--out", folder["run"], "--json"]).Json;
        Assert.Equal(0, (int)result["episodes"]!);
        foreach (string field in (string[])["return_mean", "return_iqm", "return_ci_low", "return_ci_high", "action_p50_us", "action_p99_us", "miss_rate"])
        {
            Assert.True(result.AsObject().ContainsKey(field), field);
            Assert.Null(result[field]);
        }
    }

    [Fact]
    public void Show_gives_every_update()
    {
        JsonNode result = Rlseq.Run("show", run.Folder, "--json").Json;
        JsonArray metrics = result["metrics"]!.AsArray();
        Assert.Equal([128L, 256L], metrics.Select(entry => (long)(double)entry!["steps"]!));
        Assert.All(metrics, entry => Assert.InRange((double)entry!["entropy"]!, 0, Math.Log(4) + 1e-6)); // four choices
    }

    private static void CheckEvaluation(JsonNode result, int episodes)
    {
        Assert.Equal(episodes, (int)result["episodes"]!);
        double low = (double)result["return_ci_low"]!, high = (double)result["return_ci_high"]!;
        Assert.InRange(low, -1, high);
        Assert.InRange(high, low, 1);
        Assert.InRange((double)result["return_mean"]!, low, high);
        Assert.InRange((double)result["return_iqm"]!, -1, 1);
        Assert.True(Positive(result, "action_p50_us") <= Positive(result, "action_p99_us"));
        Positive(result, "seconds");
        Positive(result, "steps_per_second");
        Assert.True(result.AsObject().ContainsKey("miss_rate"));
    }

    private static double Positive(JsonNode result, string field)
    {
        double value = (double)result[field]!;
        Assert.True(value > 0 && double.IsFinite(value), $"{field} is {value}");
        return value;
    }
}
