namespace RLSeq.Agents.Tests;

/// <summary>No file makes loading take long: what its example would cost is added up before it runs.</summary>
public sealed class PolicyFileWorkTests
{
    private const int MostSteps = 4096;

    /// <summary>
    /// 5.5 MB whose example would take 10¹⁴ multiply-adds, tens of minutes: all weights but the norms' are zeros, so every output is what
    /// the file says, and no comparison would stop it.
    /// </summary>
    [Fact]
    public void A_deep_window_over_a_long_example_is_refused_before_it_runs()
    {
        PolicyDefinition policy = Hostile(TransformerForm.Window, hidden: 16, layers: 256, heads: 1, context: MostSteps, MostSteps);
        byte[] file = PolicyFile.Write(policy);
        Assert.InRange(file.Length, 5_000_000, 6_000_000);
        PolicyExample example = policy.Example!;
        // First with an output that is wrong: were it run, the first step would say so, and this test would fail at once rather than hang.
        Refuse(PolicyFile.Write(policy with { Example = example with { Values = [1, .. example.Values[1..]] } }));
        Refuse(file);
    }

    /// <summary>Sizes of one number make much work of few multiply-adds: heads are kept as whole vectors, and a layer's calls cost more than its products.</summary>
    [Theory]
    [InlineData("transformer", 16, 128, 16, 400)]
    [InlineData("transformer-absolute", 16, 16, 16, 4095)]
    [InlineData("transformer-no-attention", 16, 16, 16, 4095)]
    [InlineData("transformer-gated", 1, 100, 1, 1)]
    [InlineData("transformer-distinct", 16, 31, 16, 4095)]
    [InlineData("transformer-window", 1, 256, 1, 4095)]
    [InlineData("transformer-window", 1, 256, 1, 60)]
    [InlineData("transformer-window", 64, 4, 64, 1000)]
    public void So_is_an_example_of_many_small_parts(string kind, int hidden, int layers, int heads, int context)
    {
        TransformerForm form = TransformerForm.All.Single(each => each.Name == kind);
        PolicyDefinition policy = Hostile(form, hidden, layers, heads, context, MostSteps);
        Refuse(PolicyFile.Write(policy with { Example = policy.Example! with { Values = [.. Enumerable.Repeat(1f, MostSteps)] } }));
    }

    /// <summary>An episode that begins anew costs what its own steps do, not what its place in the example says.</summary>
    [Fact]
    public void Short_episodes_are_cheap_however_many()
    {
        PolicyDefinition policy = Hostile(TransformerForm.Window, hidden: 4, layers: 1, heads: 1, context: 1000, steps: 1000);
        Refuse(PolicyFile.Write(policy with { Example = policy.Example! with { Values = [.. Enumerable.Repeat(1f, 1000)] } }));
        Assert.NotNull(PolicyFile.Read(PolicyFile.Write(policy with { Example = policy.Example! with { Starts = [.. Enumerable.Range(0, 1000).Select(t => t % 10 == 0)] } })));
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("transformer")]
    public void A_long_example_of_a_small_policy_is_verified(string memory)
    {
        PolicyDefinition policy = PolicyFiles.WithExample(TestModules.Policy(memory), MostSteps);
        Assert.NotNull(PolicyFile.Read(PolicyFile.Write(policy)));
        PolicyExample example = policy.Example!;
        byte[] wrong = PolicyFile.Write(policy with { Example = example with { Values = [.. example.Values[..^1], example.Values[^1] + 1] } });
        Assert.Contains($"at step {MostSteps - 1} a value", Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(wrong)).Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// What RLSeq exports is verified whatever the sizes: here 1.2 billion multiply-adds, those of a window of 18 layers of 192, each of
    /// whose weights is used 300 times. One step more is more than the budget.
    /// </summary>
    [Fact]
    public void The_dearest_example_that_is_exported_is_verified()
    {
        PolicyDefinition large = Hostile(TransformerForm.Window, hidden: 192, layers: 18, heads: 4, context: 24, PolicyExample.AlwaysVerified);
        PolicyNetwork network = PolicyNetwork.From(large);
        Assert.InRange(Enumerable.Range(0, PolicyExample.AlwaysVerified).Sum(network.OperationsPerStep), 1L << 30, long.MaxValue);
        Assert.NotNull(PolicyFile.Read(PolicyFile.Write(large)));
        PolicyExample longer = Hostile(TransformerForm.Window, hidden: 192, layers: 18, heads: 4, context: 24, PolicyExample.AlwaysVerified + 1).Example!;
        Refuse(PolicyFile.Write(large with { Example = longer }));
    }

    [Fact]
    public void Maps_of_very_many_names_are_neither_written_nor_read()
    {
        const string Refused = "a map of 8193 names; at most 8192";
        Assert.Contains(Refused, Assert.Throws<PolicyFormatException>(() => PolicyFile.Write(Named(8193))).Message, StringComparison.Ordinal);
        byte[] payload = PolicyFormat.Write(Named(8192));
        Assert.Equal(8192, PolicyFile.Read(PolicyFiles.Envelope(payload)).Provenance.Count);

        // The header of a map of 8,192 is 0xde, then the number as two bytes, the higher one first; one more is claimed.
        int header = payload.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xde, 0x20, 0x00]);
        payload[header + 2] = 1;
        Assert.Contains(Refused, Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(PolicyFiles.Envelope(payload))).Message, StringComparison.Ordinal);

        static PolicyDefinition Named(int names) =>
            TestModules.Policy("none") with { Provenance = Enumerable.Range(0, names).ToDictionary(i => $"{i}", _ => "", StringComparer.Ordinal) };
    }

    private static void Refuse(byte[] file) =>
        Assert.Contains("multiply-adds; make it shorter: 24 steps", Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(file)).Message, StringComparison.Ordinal);

    /// <summary>A policy with heads of zeros, whose outputs are zeros whatever it is asked, and an example that says so.</summary>
    private static PolicyDefinition Hostile(TransformerForm form, int hidden, int layers, int heads, int context, int steps)
    {
        PolicyDefinition small = TestModules.Policy("none", hidden);
        return small with
        {
            Memory = TestModules.Transformer(hidden, layers, heads, context, ffn: form == TransformerForm.Window && hidden > 16 ? hidden : 1, form: form),
            PolicyHead = Zeros(small.PolicyHead),
            ValueHead = Zeros(small.ValueHead),
            Example = new PolicyExample(TestModules.Observations(small, steps, 1), new bool[steps], new float[5 * steps], new float[steps]),
        };

        static PolicyModule Zeros(PolicyModule module) =>
            module with { Tensors = module.Tensors.ToDictionary(tensor => tensor.Key, tensor => new PolicyTensor(tensor.Value.Shape, new float[tensor.Value.Values.Length]), StringComparer.Ordinal) };
    }
}
