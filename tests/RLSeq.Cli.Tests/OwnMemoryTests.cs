using System.Text.Json.Nodes;

namespace RLSeq.Cli.Tests;

/// <summary>A memory from a class library, through the commands that name memories.</summary>
public sealed class OwnMemoryTests : IDisposable
{
    private const string Library = "MyMemories.dll";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_listed_checked_and_timed()
    {
        Assert.Contains("leaky", Rlseq.Run("memories", "--assembly", Library).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("leaky", Rlseq.Run("memories").Output, StringComparison.Ordinal);
        Rlseq.Finished found = Rlseq.Run("check-memory", "leaky", "--assembly", Library, "--json");
        Assert.Equal((0, "leaky: nothing found."), (found.Code, found.Error.Trim()));
        Assert.Empty(JsonNode.Parse(found.Output)!.AsArray());
        Assert.Equal(0, (double)Rlseq.Run("bench", "act", "--memory", "leaky", "--assembly", Library, "--hidden", "8", "--actions", "200", "--json").Json["allocated_bytes_per_action"]!);
        Rlseq.Run("check-memory", "leaky").MustRefuse("Unknown memory 'leaky'.");
    }

    [Fact]
    public void It_is_compared_and_its_policy_played()
    {
        string study = _folder["study"];
        Rlseq.Finished compared = Rlseq.Run(["compare", "--assembly", Library, "--env", "RepeatFirstEasy", "--memory", "leaky,none", "--seeds", "1", "--steps", "256", "--episodes", "2", "--out", study, "--json", .. Rlseq.Tiny]);
        Assert.Equal(0, compared.Code);
        string run = Directory.GetDirectories(Path.Combine(study, "runs"), "*leaky*").Single(), policy = Path.Combine(run, "policy.rlseq");
        Assert.Equal(0, Rlseq.Run("evaluate", run, "--episodes", "2").Code); // the run knows its library
        Assert.Equal(0, Rlseq.Run("show", policy, "--assembly", Library).Code);
        Rlseq.Run("evaluate", policy, "--episodes", "2").MustRefuse("is of kind 'leaky', which this program does not know");
        Assert.Equal(0, Rlseq.Run("evaluate", policy, "--assembly", Library, "--episodes", "2").Code);
    }
}
