using System.Buffers;
using MessagePack;
using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

public sealed class PolicyFileTests
{
    public static TheoryData<string> All => TestModules.AllMemories;

    [Theory]
    [MemberData(nameof(All))]
    public void What_was_saved_is_loaded_and_acts_alike(string memory)
    {
        PolicyDefinition policy = PolicyFiles.WithExample(TestModules.Policy(memory));
        PolicyDefinition loaded = PolicyFile.Read(PolicyFile.Write(policy));
        Assert.Equal(PolicyFile.Write(policy), PolicyFile.Write(loaded));
        Assert.Equal(policy.ObservationSpace, loaded.ObservationSpace);
        Assert.Equal(policy.ActionSpace, loaded.ActionSpace);
        Assert.Equal(policy.Provenance.OrderBy(p => p.Key, StringComparer.Ordinal), loaded.Provenance.OrderBy(p => p.Key, StringComparer.Ordinal));
        Assert.Equal(policy.Normalization!.Mean, loaded.Normalization!.Mean);
        foreach ((string name, PolicyTensor tensor) in policy.Memory.Tensors) Assert.Equal(tensor.Values, loaded.Memory.Tensors[name].Values);
        float[] observations = TestModules.Observations(policy, 30, 1), a = new float[1], b = new float[1];
        Agent before = new(PolicyNetwork.From(policy)), after = new(PolicyNetwork.From(loaded));
        for (int t = 0; t < 30; t++)
        {
            before.Act(observations.AsSpan(t * 4, 4), a);
            after.Act(observations.AsSpan(t * 4, 4), b);
            Assert.Equal((a[0], before.Value, before.LogProbability), (b[0], after.Value, after.LogProbability));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_file_of_the_first_version_has_32_bits(string memory)
    {
        PolicyDefinition policy = PolicyFiles.WithExample(TestModules.Policy(memory));
        PolicyDefinition loaded = PolicyFile.Read(PolicyFiles.Envelope(WithoutPrecision(PolicyFormat.Write(policy)), version: 1));
        Assert.Equal(PolicyPrecision.Float32, loaded.Precision);
        Assert.Null(loaded.Conversion);
        Assert.Equal(PolicyFile.Write(policy), PolicyFile.Write(loaded));
        Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(PolicyFiles.Envelope(PolicyFormat.Write(policy), version: 1)));
    }

    [Fact]
    public void An_unknown_precision_is_refused()
    {
        byte[] payload = PolicyFormat.Write(PolicyFiles.WithExample(TestModules.Policy("lstm")));
        payload.AsSpan(payload.AsSpan().IndexOf("f32"u8), 3).Fill((byte)'x');
        PolicyFormatException exception = Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(PolicyFiles.Envelope(payload)));
        Assert.Contains("precision 'xxx'; expected f32, bf16, int8", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Continuous_and_mixed_actions_survive_the_file()
    {
        foreach (Space actions in new Space[] { Space.Box(10, 20, 3), Space.Tuple(Space.Discrete(3), Space.Box(0, float.PositiveInfinity, 2), Space.MultiDiscrete(2, 4)) })
        {
            PolicyDefinition policy = PolicyFiles.WithExample(TestModules.Policy("lstm", actions: actions));
            PolicyDefinition loaded = PolicyFile.Read(PolicyFile.Write(policy)); // verifies the example
            Assert.Equal(actions, loaded.ActionSpace);
            float[] observations = TestModules.Observations(policy, 30, 1), a = new float[actions.Size], b = new float[actions.Size];
            Agent before = new(PolicyNetwork.From(policy), 3) { Selection = ActionSelection.Sample }, after = new(PolicyNetwork.From(loaded), 3) { Selection = ActionSelection.Sample };
            for (int t = 0; t < 30; t++)
            {
                before.Act(observations.AsSpan(t * 4, 4), a);
                after.Act(observations.AsSpan(t * 4, 4), b);
                Assert.Equal(a, b);
                Assert.Equal((before.Value, before.LogProbability), (after.Value, after.LogProbability));
            }
            PolicyModule head = policy.PolicyHead;
            PolicyTensor bias = head.Tensors["bias"];
            PolicyDefinition narrow = policy with { PolicyHead = head with { Tensors = new Dictionary<string, PolicyTensor>(StringComparer.Ordinal) { ["weight"] = head.Tensors["weight"], ["bias"] = new PolicyTensor([bias.Values.Length - 1], bias.Values[1..]) } } };
            Assert.Contains("policy head weight 'bias'", Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(PolicyFile.Write(narrow))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_space_survives_the_file()
    {
        foreach (Space space in new Space[] { Space.Discrete(7), Space.MultiDiscrete(2, 300, 4), Space.Box(float.NegativeInfinity, 3.5f, 2, 3), Space.Bytes(4, 4, 3), Space.Tuple(Space.Discrete(2), Space.Box(0, 1, 2), Space.Bytes(5)) })
        {
            var output = new ArrayBufferWriter<byte>();
            var writer = new MessagePackWriter(output);
            SpaceFormat.Write(ref writer, space);
            writer.Flush();
            var reader = new MessagePackReader(output.WrittenMemory);
            Assert.Equal(space, SpaceFormat.Read(ref reader));
            Assert.True(reader.End);
        }
    }

    [Fact]
    public void A_file_is_replaced_whole_and_nothing_is_left_beside_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("rlseq");
        try
        {
            string path = Path.Combine(folder.FullName, "policy.rlseq");
            PolicyFile.Save(path, PolicyFiles.WithExample(TestModules.Policy("lstm")));
            PolicyFile.Save(path, PolicyFiles.WithExample(TestModules.Policy("transformer")));
            Assert.Equal([path], Directory.GetFileSystemEntries(folder.FullName));
            Assert.Equal("transformer", PolicyFile.Load(path).Memory.Kind);
            Assert.Equal(7, Agent.Load(path).Network.Encoder.Widths.First());
            Assert.Contains(path, Assert.Throws<PolicyFormatException>(() => PolicyFile.Load(path + "x")).Message, StringComparison.Ordinal);
            Assert.Throws<PolicyFormatException>(() => PolicyFile.Load(folder.FullName));
            File.WriteAllText(path, "");
            Assert.Contains("no policy file", Assert.Throws<PolicyFormatException>(() => PolicyFile.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Crc32_gives_the_published_check_value() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));

    [Theory]
    [InlineData("example logit", "not reproduced")]
    [InlineData("example value", "not reproduced")]
    [InlineData("example NaN", "not reproduced")]
    [InlineData("example infinity", "not reproduced")]
    [InlineData("example minus infinity", "not reproduced")]
    [InlineData("example length", "example of 12 steps")]
    [InlineData("example observation", "cannot be run")]
    [InlineData("weight NaN", "finite")]
    [InlineData("weight shape", "expected [32, 8]")]
    [InlineData("weight missing", "lacks the weight 'bias'")]
    [InlineData("weight extra", "unexpected weight 'more'")]
    [InlineData("setting missing", "lacks the setting 'hidden'")]
    [InlineData("setting huge", "hidden = 1099511627776")]
    [InlineData("memory kind", "which this program does not know")]
    [InlineData("encoder kind", "which this version does not know")]
    [InlineData("head kind", "which this version does not know")]
    [InlineData("activation", "expected tanh or relu")]
    [InlineData("actions", "Bytes(2)")]
    [InlineData("features", "gives 8 features, but its memory takes 12")]
    [InlineData("heads", "does not divide")]
    [InlineData("normalization", "means")]
    [InlineData("normalization clip", "clip above 0")]
    public void What_does_not_fit_is_named(string what, string message)
    {
        PolicyDefinition good = PolicyFiles.WithExample(TestModules.Policy("lstm"));
        PolicyExample example = good.Example!;
        PolicyDefinition bad = what switch
        {
            "example logit" => good with { Example = example with { Logits = [.. example.Logits[..^1], example.Logits[^1] + 1e-3f] } },
            "example value" => good with { Example = example with { Values = [example.Values[0] + 1e-3f, .. example.Values[1..]] } },
            "example NaN" => good with { Example = example with { Values = [float.NaN, .. example.Values[1..]] } },
            "example infinity" => good with { Example = example with { Values = [float.PositiveInfinity, .. example.Values[1..]] } },
            "example minus infinity" => good with { Example = example with { Logits = [.. example.Logits.Select(_ => float.NegativeInfinity)] } },
            "example length" => good with { Example = example with { Logits = example.Logits[1..] } },
            "example observation" => good with { Example = example with { Observations = [float.NaN, .. example.Observations[1..]] } },
            "weight NaN" => With(tensors: t => t["bias"] = new PolicyTensor([32], [.. Enumerable.Repeat(float.NaN, 32)])),
            "weight shape" => With(tensors: t => t["weight_ih"] = new PolicyTensor([8, 32], t["weight_ih"].Values)),
            "weight missing" => With(tensors: t => t.Remove("bias")),
            "weight extra" => With(tensors: t => t["more"] = new PolicyTensor([1], [1])),
            "setting missing" => With(settings: s => s.Remove("hidden")),
            "setting huge" => With(settings: s => s["hidden"] = 1L << 40),
            "memory kind" => good with { Memory = good.Memory with { Kind = "LSTM" } },
            "encoder kind" => good with { Encoder = good.Encoder with { Kind = "cnn" } },
            "head kind" => good with { ValueHead = good.ValueHead with { Kind = "mlp" } },
            "activation" => good with { Encoder = good.Encoder with { Texts = new Dictionary<string, string>(StringComparer.Ordinal) { ["activation"] = "gelu" } } },
            "actions" => good with { ActionSpace = Space.Bytes(2) },
            "features" => good with { Memory = TestModules.Lstm(12) },
            "heads" => good with { Memory = TestModules.Transformer(8, 1, 3, 2, 4) },
            "normalization" => good with { Normalization = new ObservationNormalization([1], [1], 1) },
            _ => good with { Normalization = good.Normalization! with { Clip = float.NaN } },
        };
        PolicyFormatException exception = Assert.Throws<PolicyFormatException>(() => PolicyFile.Read(PolicyFile.Write(bad), "bad.rlseq"));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains("bad.rlseq", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);

        PolicyDefinition With(Action<Dictionary<string, PolicyTensor>>? tensors = null, Action<Dictionary<string, long>>? settings = null)
        {
            var t = new Dictionary<string, PolicyTensor>(good.Memory.Tensors, StringComparer.Ordinal);
            var s = new Dictionary<string, long>(good.Memory.Settings, StringComparer.Ordinal);
            tensors?.Invoke(t);
            settings?.Invoke(s);
            return good with { Memory = good.Memory with { Tensors = t, Settings = s } };
        }
    }

    [Fact]
    public void An_example_within_the_tolerance_is_accepted()
    {
        PolicyDefinition policy = PolicyFiles.WithExample(TestModules.Policy("lstm"));
        PolicyExample example = policy.Example!;
        Assert.NotNull(PolicyFile.Read(PolicyFile.Write(policy with { Example = example with { Values = [.. example.Values.Select(v => v + 5e-5f)] } })));
    }

    /// <summary>The payload as the first version wrote it: without the two fields that the second added.</summary>
    private static byte[] WithoutPrecision(byte[] payload)
    {
        var reader = new MessagePackReader(payload);
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        int fields = reader.ReadMapHeader();
        writer.WriteMapHeader(fields - 2);
        for (; fields > 0; fields--)
        {
            int begin = (int)reader.Consumed;
            bool added = reader.ReadString() is "precision" or "conversion";
            reader.Skip();
            if (!added) writer.WriteRaw(payload.AsSpan(begin, (int)reader.Consumed - begin));
        }
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }
}
