namespace RLSeq.Cli.Tests;

/// <summary>Files that are damaged, cut off, or something else are refused in one line and stay as they are.</summary>
[Collection(TrainedRunTests.Name)]
public sealed class DamageTests(TrainedRun run) : IDisposable
{
    private const string Checkpoint = "checkpoint.rlseq-checkpoint", Metrics = "metrics.msgpack", Comparison = "comparison.json", Verdicts = "claims.json";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Damages => ["cut off", "changed", "longer", "empty", "noise", "of another kind"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_policy(string damage)
    {
        string file = _folder["p.rlseq"];
        File.WriteAllBytes(file, Damaged(File.ReadAllBytes(run.Policy), damage, Path.Combine(run.Folder, Checkpoint)));
        Rlseq.Run("evaluate", file).MustRefuse("p.rlseq");
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_checkpoint(string damage)
    {
        string copy = run.CopyTo(_folder["run"]), file = Path.Combine(copy, Checkpoint);
        File.WriteAllBytes(file, Damaged(File.ReadAllBytes(file), damage, run.Policy));
        Dictionary<string, byte[]> before = Contents(copy);
        Rlseq.Run("resume", copy).MustRefuse(Checkpoint);
        Assert.Equal(before, Contents(copy));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"format\": 99}")]
    public void A_comparison(string text)
    {
        File.WriteAllText(_folder[Comparison], text);
        Rlseq.Run("show", _folder.Path).MustRefuse(Comparison);
        Rlseq.Run("show", _folder.Path, "--json").MustRefuse(Comparison);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"seconds\": 1}")]
    [InlineData("{\"seconds\": 1, \"claims\": [{}]}")]
    [InlineData("{\"seconds\": 1, \"claims\": [null]}")]
    [InlineData("{\"seconds\": 1, \"claims\": [{\"number\": 1, \"claim\": null, \"verdict\": \"\", \"reason\": \"\", \"missing\": []}]}")]
    public void Verdicts_of_a_study(string text)
    {
        File.WriteAllText(_folder[Verdicts], text);
        Rlseq.Run("show", _folder.Path).MustRefuse(Verdicts);
        Rlseq.Run("show", _folder.Path, "--json").MustRefuse(Verdicts);
    }

    [Fact]
    public void Metrics_that_are_something_else()
    {
        string copy = run.CopyTo(_folder["run"]), file = Path.Combine(copy, Metrics);
        File.WriteAllBytes(file, Damaged([], "noise", ""));
        Rlseq.Run("show", copy).MustRefuse(Metrics);
        File.WriteAllBytes(file, [0x81, 0xA1, (byte)'a', 0x01]); // {"a": 1}
        Rlseq.Run("show", copy).MustRefuse(Metrics);
    }

    [Fact]
    public void Metrics_whose_last_entry_was_cut_off_are_shown_to_there()
    {
        string copy = run.CopyTo(_folder["run"]), file = Path.Combine(copy, Metrics);
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^5]);
        Assert.Single(Rlseq.Run("show", copy, "--json").Json["metrics"]!.AsArray());
        File.WriteAllBytes(file, []);
        Assert.Contains("has finished no update yet", Rlseq.Run("show", copy).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_a_policy_says_how_to_get_one()
    {
        string copy = run.CopyTo(_folder["run"]);
        File.Delete(Path.Combine(copy, "policy.rlseq"));
        Rlseq.Run("evaluate", copy).MustRefuse($"go on with: rlseq resume {copy}");
    }

    [Fact]
    public void A_policy_is_not_played_on_other_spaces()
    {
        Rlseq.Run("evaluate", run.Folder, "--env", "CartPole").MustRefuse("The policy was trained on observations Discrete(4), but the environment gives Box(");
        Rlseq.Run("evaluate", run.Folder, "--env", "RepeatPreviosEasy").MustRefuse("Nearest: RepeatPreviousEasy");
    }

    private static byte[] Damaged(byte[] whole, string damage, string other)
    {
        switch (damage)
        {
            case "cut off": return whole[..(whole.Length / 2)];
            case "changed": whole[whole.Length / 2] ^= 1; return whole;
            case "longer": return [.. whole, 1];
            case "empty": return [];
            case "of another kind": return File.ReadAllBytes(other);
            default:
                var noise = new byte[3000];
                new Random(1).NextBytes(noise);
                return noise;
        }
    }

    private static Dictionary<string, byte[]> Contents(string folder) => Directory.GetFiles(folder).ToDictionary(file => file, File.ReadAllBytes);
}
