using System.Text.Json.Nodes;
using RLSeq.Agents;

namespace RLSeq.Cli.Tests;

/// <summary><c>rlseq convert</c> and what else takes a precision.</summary>
[Collection(TrainedRunTests.Name)]
public sealed class ConvertTests(TrainedRun run) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_converted_policy_lies_beside_the_original_with_its_loss_and_can_be_evaluated()
    {
        string copy = run.CopyTo(_folder["run"]), expected = Path.Combine(copy, "policy-int8.rlseq");
        JsonNode result = Rlseq.Run("convert", copy, "--precision", "int8", "--episodes", "3", "--json").Json;
        Assert.Equal(expected, (string)result["policy"]!);
        Assert.Equal("int8", (string)result["precision"]!);
        Assert.Equal(3, (int)result["episodes"]!);
        Assert.InRange((double)result["mode_agreement"]!, 0.5, 1);
        Assert.InRange((double)result["sample_agreement"]!, 0.9, 1);
        Assert.True((double)result["mean_kl"]! <= (double)result["largest_kl"]!);

        ConversionLoss loss = PolicyFile.Load(expected).Conversion!;
        Assert.Equal((long)result["steps"]!, loss.Steps);
        Assert.Equal((double)result["return_before"]!, loss.ReturnBefore);
        Assert.Equal((double)result["return_after"]!, loss.ReturnAfter);

        // The return that was stored is the one that evaluating the same episodes gives.
        JsonNode evaluated = Rlseq.Run("evaluate", expected, "--episodes", "3", "--json").Json;
        Assert.Equal(loss.ReturnAfter!.Value, (double)evaluated["return_mean"]!, 9);
        evaluated = Rlseq.Run("evaluate", copy, "--episodes", "3", "--json").Json;
        Assert.Equal(loss.ReturnBefore!.Value, (double)evaluated["return_mean"]!, 9);
    }

    [Fact]
    public void A_file_of_ones_own_choice_is_written_and_the_original_stays()
    {
        string target = _folder["small.rlseq"];
        byte[] before = File.ReadAllBytes(run.Policy);
        Rlseq.Finished end = Rlseq.Run("convert", run.Policy, "--precision", "bf16/int8", "--episodes", "1", "--out", target);
        Assert.Contains("in bf16/int8. Over ", end.Error, StringComparison.Ordinal);
        Assert.Equal(new PolicyPrecision(NumberFormat.BFloat16, NumberFormat.Int8), PolicyFile.Load(target).Precision);
        Assert.Equal(before, File.ReadAllBytes(run.Policy));
    }

    [Fact]
    public void What_a_policy_file_holds_is_shown()
    {
        string target = _folder["small.rlseq"];
        JsonNode converted = Rlseq.Run("convert", run.Policy, "--precision", "f32/int8", "--episodes", "2", "--out", target, "--json").Json;
        JsonNode shown = Rlseq.Run("show", target, "--json").Json, original = Rlseq.Run("show", run.Policy, "--json").Json;
        Assert.Equal("f32/int8", (string)shown["precision"]!);
        foreach (string field in (string[])["steps", "mode_agreement", "mean_kl", "return_before", "return_after", "episodes"])
            Assert.Equal((double)converted[field]!, (double)shown["conversion"]![field]!);
        Assert.Equal("f32", (string)original["precision"]!);
        Assert.Null(original["conversion"]);
        Assert.Equal(converted["environment"]!.ToString(), original["provenance"]!["environment"]!.ToString());
        Assert.True((long)original["parameters"]! > 0 && (long)original["parameters"]! == (long)shown["parameters"]!);

        string text = Rlseq.Run("show", target).Output;
        Assert.Contains("precision     f32/int8\n", text, StringComparison.Ordinal);
        Assert.Contains("actions are unchanged", text, StringComparison.Ordinal);
        Assert.DoesNotContain("conversion", Rlseq.Run("show", run.Policy).Output, StringComparison.Ordinal);
        File.WriteAllBytes(target, File.ReadAllBytes(target)[..100]);
        Rlseq.Finished damaged = Rlseq.Run("show", target);
        Assert.Equal(2, damaged.Code);
        Assert.Contains("damaged or cut off", damaged.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--precision int4", "--precision is 'int4', but must be f32, bf16, int8")]
    [InlineData("", "'--precision' is required")]
    [InlineData("--precision int8 --out POLICY", "the policy itself; name another file")]
    [InlineData("--precision int8 --env CartPole", "The policy was trained on observations")]
    [InlineData("--precision int8 --out no/such/folder/policy.rlseq", "cannot be written to no/such/folder/policy.rlseq: there is no folder /")]
    [InlineData("--precision int8 --out .", "cannot be written to ., which is a folder; name a file.")]
    public void Bad_input_says_what_is_wrong(string arguments, string expected)
    {
        Rlseq.Finished end = Rlseq.Run(["convert", run.Policy, .. arguments.Replace("POLICY", run.Policy, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(2, end.Code);
        Assert.Contains(expected, end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Bench_act_times_a_precision_and_a_batch()
    {
        JsonNode wide = Bench("f32"), narrow = Bench("int8");
        Assert.Equal("int8", (string)narrow["precision"]!);
        Assert.Null(wide["mode_agreement"]);
        Assert.InRange((double)narrow["mode_agreement"]!, 0.9, 1);
        Assert.InRange((double)narrow["sample_agreement"]!, 0.9, 1);
        Assert.Equal(5, (int)narrow["rows"]!);
        foreach (string field in new[] { "row_us", "one_by_one_us", "row_floor_us" }) Assert.True((double)narrow[field]! > 0, field);
        Assert.NotNull(narrow["plain_loop_p999_over_p50"]);
        Assert.Null(Rlseq.Run("bench", "act", "--memory", "none", "--hidden", "16", "--actions", "100", "--json").Json["row_us"]);
        Assert.Equal(0, (double)narrow["allocated_bytes_per_action"]!);
        Assert.Equal(2, Rlseq.Run("bench", "act", "--memory", "lstm", "--precision", "f16").Code);

        static JsonNode Bench(string precision) => Rlseq.Run("bench", "act", "--memory", "transformer", "--hidden", "32", "--layers", "1", "--heads", "2", "--context", "8",
            "--precision", precision, "--seed", "2", "--actions", "500", "--rows", "5", "--json").Json;
    }

    public void Dispose() => _folder.Dispose();
}
