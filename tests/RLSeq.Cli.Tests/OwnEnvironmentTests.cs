using System.Text.Json.Nodes;

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
}
