using System.Runtime.CompilerServices;

namespace RLSeq.Agents.Tests;

/// <summary>Loading a policy to act: the network that was verified, and no more of it than acting needs.</summary>
public sealed class LoadingTests
{
    public static TheoryData<string> All => TestModules.AllMemories;

    [Theory]
    [MemberData(nameof(All))]
    public void A_loaded_network_acts_as_one_made_of_the_whole_policy(string memory)
    {
        PolicyDefinition policy = PolicyFiles.WithExample(TestModules.Policy(memory));
        Agent loaded = new(PolicyNetwork.Read(PolicyFile.Write(policy)), 3) { Selection = ActionSelection.Sample }, expected = new(PolicyNetwork.From(policy), 3) { Selection = ActionSelection.Sample };
        float[] observations = TestModules.Observations(policy, 30, 1), a = new float[1], b = new float[1];
        for (int t = 0; t < 30; t++)
        {
            loaded.Act(observations.AsSpan(t * 4, 4), a);
            expected.Act(observations.AsSpan(t * 4, 4), b);
            Assert.Equal((b[0], expected.Value, expected.LogProbability), (a[0], loaded.Value, loaded.LogProbability));
        }
        Assert.True(loaded.Network.HasArchitectureOf(expected.Network));
        loaded.Network = expected.Network; // and back: both are the same to running agents
        expected.Network = loaded.Network;
    }

    [Fact]
    public void It_keeps_what_describes_the_policy_and_no_weights()
    {
        PolicyDefinition policy = PolicyFiles.WithExample(TestModules.Policy("lstm"));
        PolicyDefinition all = PolicyFile.Read(PolicyFile.Write(policy));
        var network = PolicyNetwork.Read(PolicyFile.Write(policy));
        PolicyDefinition kept = network.Definition;
        Assert.Equal((policy.ObservationSpace, policy.ActionSpace, policy.Precision), (kept.ObservationSpace, kept.ActionSpace, kept.Precision));
        Assert.Equal(("lstm", 8L, "tanh"), (kept.Memory.Kind, kept.Memory.Settings["hidden"], kept.Encoder.Texts["activation"]));
        Assert.Equal("test", kept.Provenance["environment"]);
        Assert.Null(kept.Example);
        Assert.Equal(0, kept.Parameters);
        // Two layers of 7 to 6 to 8, 4 gates of 8 from 16, and 5 logits and a value from 8, each with its bias.
        Assert.Equal((7 * 6) + 6 + (6 * 8) + 8 + (32 * 16) + 32 + (6 * 8) + 6, network.Parameters);
        Assert.Equal((network.Parameters, 12), (all.Parameters, all.Example!.Values.Length));
        Assert.Contains("PolicyFile.Load", Assert.Throws<PolicyFormatException>(() => PolicyFile.Write(kept)).Message, StringComparison.Ordinal);
        Assert.Contains("lacks the weight", Assert.Throws<PolicyFormatException>(() => PolicyNetwork.From(kept)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_holds_on_to_no_weights_lets_them_be_collected()
    {
        (PolicyNetwork network, WeakReference[] weights) = Make();
        GC.Collect(); // a weak reference tells only after a collection whether anything else holds on to the weights
        Assert.All(weights, weight => Assert.False(weight.IsAlive));
        GC.KeepAlive(network);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (PolicyNetwork Network, WeakReference[] Weights) Make()
        {
            PolicyDefinition policy = TestModules.Policy("transformer");
            WeakReference[] weights = [.. ((PolicyModule[])[policy.Encoder, policy.Memory, policy.PolicyHead, policy.ValueHead]).SelectMany(module => module.Tensors.Values).Select(tensor => new WeakReference(tensor.Values))];
            Assert.True(weights.Length > 30);
            return (PolicyNetwork.WithoutWeights(PolicyNetwork.From(policy)), weights);
        }
    }

    /// <summary>Packing allocates the weights anew, so whoever packs twice allocates more.</summary>
    [Theory]
    [InlineData("f32")]
    [InlineData("int8")]
    public void The_weights_are_packed_once(string text)
    {
        Assert.True(PolicyPrecision.TryParse(text, out PolicyPrecision precision));
        PolicyDefinition policy = TestModules.Policy("lstm", hidden: 128) with { Precision = precision };
        byte[] file = PolicyFile.Write(policy);
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            PolicyNetwork.From(PolicyFile.Read(file)); // so that what is made once in a process is made
            Agent.Load(path);
            long reading = Allocated(() => PolicyFile.Read(file)), packing = Allocated(() => PolicyNetwork.From(policy));
            Assert.InRange(Allocated(() => PolicyNetwork.Read(file)) - reading, -packing / 10, packing / 10);
            Assert.InRange(Allocated(() => Agent.Load(path)) - Allocated(() => PolicyFile.Load(path)), -packing / 4, packing / 4); // an agent's own state and histograms
            Assert.InRange(Allocated(() => PolicyNetwork.From(PolicyFile.Read(file))) - reading, packing * 9 / 10, packing * 11 / 10);
        }
        finally
        {
            File.Delete(path);
        }

        static long Allocated(Action action)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
