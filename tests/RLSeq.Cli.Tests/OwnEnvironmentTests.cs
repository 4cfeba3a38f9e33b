using System.Text.Json.Nodes;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Cli.Tests;

/// <summary>A class library's environment in wrappers, from training to the report; the example's library lies beside the tests.</summary>
public sealed class OwnEnvironmentTests : IDisposable
{
    private const string Wrappers = "previous-action,frame-stack=2";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The library is named relative to where the run began; what follows runs elsewhere and finds it in the run's folder.</summary>
    [Fact]
    public void A_run_is_evaluated_resumed_and_shown_with_what_it_was_trained_on()
    {
        string run = _folder["run"];
        Assert.Equal(0, Rlseq.Run(["train", "--assembly", "MyEnvironments.dll", "--env", "lockeddoor", "--wrap", Wrappers, "--memory", "none", "--steps", "256", "--episodes", "2", "--out", run, .. Rlseq.Tiny]).Code);
        JsonNode evaluated = Rlseq.RunIn(_folder.Path, "evaluate", "run", "--episodes", "2", "--json").Json;
        Assert.Equal("LockedDoor", (string?)evaluated["environment"]);
        Assert.Equal(2, (int)Rlseq.RunIn(_folder.Path, "resume", "run", "--episodes", "2", "--json").Json["episodes"]!);
        string policy = Path.Combine(run, "policy.rlseq");
        JsonNode provenance = Rlseq.Run("show", policy, "--json").Json["provenance"]!;
        Assert.Equal(("LockedDoor", Wrappers, "MyEnvironments.dll"), ((string?)provenance["environment"], (string?)provenance["wrappers"], (string?)provenance["assembly"]));

        // A policy file alone must not decide which code is loaded.
        Rlseq.Run("evaluate", policy).MustRefuse("was trained on LockedDoor from the class library MyEnvironments.dll; say where that is with --assembly.");
        Assert.Equal(0, Rlseq.Run("evaluate", policy, "--assembly", "MyEnvironments.dll", "--episodes", "2").Code);
        Rlseq.Run("evaluate", policy, "--assembly", "MyEnvironments.dll", "--wrap", "bare").MustRefuse("The policy was trained on observations Tuple(");
    }

    [Fact]
    public void The_runs_of_a_comparison_and_the_checker_get_it_too()
    {
        JsonNode compared = Rlseq.Run(["compare", "--assembly", "MyEnvironments.dll", "--env", "LockedDoor", "--wrap", "time-limit=6", "--memory", "none", "--seeds", "1", "--steps", "256", "--episodes", "2", "--out", _folder["compare"], "--json", .. Rlseq.Tiny]).Json;
        JsonNode environment = compared["environments"]![0]!;
        Assert.Contains("Wrapped: time-limit=6.", (string?)environment["description"], StringComparison.Ordinal);
        Assert.Equal("[]\n", Rlseq.Run("check-env", "LockedDoor", "--assembly", "MyEnvironments.dll", "--wrap", "frame-stack=3", "--json").Output);
        Assert.Contains(Rlseq.Run("envs", "--assembly", "MyEnvironments.dll", "--json").Json.AsArray(), entry => (string?)entry!["name"] == "LockedDoor");
    }

    [Fact]
    public void A_failing_environment_ends_the_run_and_can_be_played_again()
    {
        string run = _folder["broken"];
        Rlseq.Finished trained = Rlseq.Run([.. Train("Breaking", run), "--json"]);
        Assert.Equal((1, ""), (trained.Code, trained.Output));
        Assert.Contains("Breaking: row ", trained.Error, StringComparison.Ordinal);
        Assert.Contains("A wheel came off. To reproduce it: Reset(", trained.Error, StringComparison.Ordinal);
        string failure = Path.Combine(run, "failure.json");
        Assert.Contains($"rlseq check-env --replay {failure}", trained.Error, StringComparison.Ordinal);
        Rlseq.Finished replayed = Rlseq.Run("check-env", "--replay", failure, "--json");
        Assert.Equal(1, replayed.Code);
        Assert.True((bool)replayed.JsonWhateverTheCode["reproduced"]!);
        Assert.Contains("Breaking.OnStep", replayed.Error, StringComparison.Ordinal); // where it was thrown
    }

    [Fact]
    public void Restarts_are_told_at_the_end()
    {
        Rlseq.Finished trained = Rlseq.Run([.. Train("Breaking", _folder["restarted"]), "--set", "environment.on_error=restart", "--json"]);
        Assert.InRange((long)trained.Json["environment_failures"]!, 1, 256);
        Assert.Contains("episodes were broken off because the environment failed, and their rows restarted. The last: Breaking: row ", trained.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hanging_environment_ends_the_run_although_its_thread_does_not()
    {
        string run = _folder["hanging"];
        Rlseq.Finished trained = Rlseq.Run([.. Train("Hanging", run), "--set", "environment.step_timeout=1"]);
        Assert.Equal(1, trained.Code);
        Assert.Contains("Hanging: row 0 failed in step 3 of the episode with seed ", trained.Error, StringComparison.Ordinal);
        Assert.Contains("did not return within 1 seconds", trained.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run, "config.yaml")));
    }

    [Theory]
    [InlineData("evaluate POLICY")]
    [InlineData("diagnose POLICY")]
    [InlineData("watch POLICY --no-terminal --record replay.html")]
    public void Whoever_plays_a_policy_says_how_long_a_step_may_take(string words)
    {
        using var network = new ActorCritic(Space.Box(0, 1, 1), Space.Discrete(2), new MemorySettings("none", 8, 1, 1, 1, 0), encoderLayers: 1);
        PolicyFile.Save(_folder["policy.rlseq"], network.Export());
        Rlseq.Finished played = Rlseq.RunIn(_folder.Path, [.. words.Replace("POLICY", "policy.rlseq", StringComparison.Ordinal).Split(' '), "--env", "Hanging", "--assembly", typeof(Hanging).Assembly.Location, "--step-timeout", "0.25"]);
        Assert.Equal(1, played.Code);
        Assert.Contains("failed in step 3 of the episode with seed ", played.Error, StringComparison.Ordinal);
        Assert.Contains("did not return within 0.25 seconds", played.Error, StringComparison.Ordinal);
        if (words.Contains("replay.html", StringComparison.Ordinal)) Assert.Contains("did not return within 0.25 seconds", File.ReadAllText(_folder["replay.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_plays_a_run_waits_as_long_as_the_run_did()
    {
        string run = _folder["run"];
        Assert.Equal(0, Rlseq.Run(["train", "--env", "RepeatFirstEasy", "--memory", "none", "--steps", "256", "--episodes", "0", "--out", run, "--set", "environment.step_timeout=0.25", .. Rlseq.Tiny]).Code);
        using var network = new ActorCritic(Space.Box(0, 1, 1), Space.Discrete(2), new MemorySettings("none", 8, 1, 1, 1, 0), encoderLayers: 1);
        PolicyFile.Save(Path.Combine(run, "policy.rlseq"), network.Export()); // one that fits the environment that hangs
        Rlseq.Finished played = Rlseq.Run(["evaluate", run, "--env", "Hanging", "--assembly", typeof(Hanging).Assembly.Location]);
        Assert.Equal(1, played.Code);
        Assert.Contains("did not return within 0.25 seconds", played.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_that_diverges_fails_by_itself_and_in_a_comparison()
    {
        Rlseq.Finished trained = Rlseq.Run([.. Train("Ruinous", _folder["alone"]), "--json"]);
        Assert.Equal((1, ""), (trained.Code, trained.Output));
        Assert.Contains("rlseq: Training diverged: after 128 steps the value loss is ", trained.Error, StringComparison.Ordinal);
        Rlseq.Finished compared = Rlseq.Run(["compare", "--assembly", "RLSeq.Cli.Tests.dll", "--env", "Ruinous", "--memory", "none", "--seeds", "1", "--steps", "256", "--episodes", "2", "--out", _folder["compare"], "--json", .. Rlseq.Tiny]);
        Assert.Equal(1, compared.Code);
        Assert.Contains("Training diverged: after 128 steps", (string)compared.JsonWhateverTheCode["results"]![0]!["runs"]![0]!["error"]!, StringComparison.Ordinal);
    }

    private static string[] Train(string environment, string folder) =>
        ["train", "--assembly", "RLSeq.Cli.Tests.dll", "--env", environment, "--memory", "none", "--steps", "256", "--episodes", "0", "--out", folder, .. Rlseq.Tiny];
}
