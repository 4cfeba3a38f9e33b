using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace RLSeq.Cli.Tests;

/// <summary>Watching from the command line: frames, the page that plays them, and the end by Ctrl-C.</summary>
[Collection(TrainedRunTests.Name)]
public sealed class WatchTests(TrainedRun run) : IDisposable
{
    private static readonly string Library = typeof(WatchTests).Assembly.Location;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_watched_and_recorded_is_what_is_evaluated()
    {
        string page = _folder["replay.html"];
        Rlseq.Finished finished = Rlseq.Run("watch", run.Folder, "--episodes", "3", "--seed", "9", "--record", page, "--json");
        JsonNode watched = finished.Json, evaluated = Rlseq.Run("evaluate", run.Folder, "--episodes", "3", "--seed", "9", "--json").Json;
        Assert.Equal((double)evaluated["return_mean"]!, watched["returns"]!.AsArray().Average(value => (double)value!), 1e-9);
        Assert.Equal([51, 51, 51], watched["lengths"]!.AsArray().Select(value => (int)value!));
        Assert.Equal((153, "terminated"), ((int)watched["actions_timed"]!, (string?)watched["ends"]![2]));
        Assert.InRange((double)watched["action_p50_us"]!, 0.01, (double)watched["action_p99_us"]!);
        // Frames follow each other where no terminal shows them: one per step, and one of every end.
        Assert.Equal(3 * 52, finished.Error.Split("RepeatPreviousEasy   lstm policy   episode ").Length - 1);
        Assert.DoesNotContain('\u001B', finished.Error);
        Assert.Contains($"Replay: {page}", finished.Error, StringComparison.Ordinal);
        JsonNode data = JsonNode.Parse(XDocument.Load(page).Descendants("script").First().Value)!;
        Assert.Equal(watched["returns"]!.ToJsonString(), new JsonArray([.. data["episodes"]!.AsArray().Select(episode => episode!["return"]!.DeepClone())]).ToJsonString());
    }

    [Fact]
    public void An_environment_of_ones_own_is_watched_with_random_actions_and_in_wrappers()
    {
        string page = _folder["replay.html"];
        Rlseq.Finished finished = Rlseq.Run("watch", "--env", "Lantern", "--assembly", Library, "--wrap", "time-limit=4", "--record", page, "--pixels", "--fps", "1000");
        Assert.Equal(0, finished.Code);
        Assert.Contains("\u001B[38;2;", finished.Output, StringComparison.Ordinal);
        Assert.Contains("random actions", finished.Output, StringComparison.Ordinal);
        Assert.Contains("time-limit=4", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Ctrl_c_ends_between_two_steps_and_keeps_what_was_recorded()
    {
        string page = _folder["replay.html"];
        using Rlseq.Running running = Rlseq.Start(_folder.Path, new Dictionary<string, string>(), "watch", run.Folder, "--fps", "0.01", "--record", page, "--json");
        Processes.WaitUntil(() => running.ErrorSoFar.Contains("step 0 ", StringComparison.Ordinal)); // the next frame would take 100 seconds
        Processes.Signal("INT", running.Id);
        Rlseq.Finished finished = running.WaitForExit();
        Assert.Equal(130, finished.Code);
        Assert.Equal(0, (int)finished.JsonWhateverTheCode["episodes"]!);
        Assert.Contains("No episode was played to its end.", finished.Error, StringComparison.Ordinal);
        Assert.Contains("was broken off", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_environment_fails_what_was_recorded_is_written_and_the_failure_reported()
    {
        string page = _folder["replay.html"];
        Rlseq.Finished finished = Rlseq.Run("watch", "--env", "Breaking", "--assembly", Library, "--episodes", "100", "--no-terminal", "--record", page);
        Assert.Equal(1, finished.Code);
        Assert.Contains($"Replay: {page}", finished.Error, StringComparison.Ordinal);
        Assert.Contains("A wheel came off.", finished.Error.TrimEnd('\n').Split('\n')[^1], StringComparison.Ordinal);
        JsonNode last = JsonNode.Parse(XDocument.Load(page).Descendants("script").First().Value)!["episodes"]!.AsArray()[^1]!;
        Assert.Equal(("failed", (int)last["length"]! + 1), ((string)last["end"]!, last["action"]!.AsArray().Count));
        Assert.Null(last["reward"]!.AsArray()[^1]);
    }

    [Theory]
    [InlineData("watch", "watch needs a run's folder or a policy file, or --env E for random actions.")]
    [InlineData("watch absent", "There is no policy at absent.")]
    [InlineData("watch --env CartPol", "Nearest: CartPole")]
    [InlineData("watch --env CartPole --sample", "without one, actions are random")]
    [InlineData("watch absent --sample --mode", "give one of them")]
    [InlineData("watch --env CartPole --fps 0", "--fps is '0', but must be a number from 0.01 to 1000.")]
    [InlineData("watch --env CartPole --fps NaN", "--fps is 'NaN'")]
    [InlineData("watch --env CartPole --episodes 0", "--episodes is '0'")]
    [InlineData("watch --env CartPole --max-steps x", "--max-steps is 'x'")]
    [InlineData("watch --env CartPole --record .", "is a folder; name a file")]
    [InlineData("watch --env CartPole --record absent/replay.html", "there is no folder ")]
    [InlineData("watch --env CartPole --record policy.rlseq", "would replace a policy")]
    public void Bad_input_is_refused_before_anything_is_played(string line, string because)
    {
        Rlseq.RunIn(_folder.Path, line.Split(' ')).MustRefuse(because);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }
}
