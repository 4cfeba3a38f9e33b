namespace RLSeq.Agents.Tests;

/// <summary>A network is read-only: what happens to the arrays that it was made of is nothing to it.</summary>
public sealed class SharedWeightsTests
{
    public static TheoryData<string> All => TestModules.AllMemories;

    [Theory]
    [MemberData(nameof(All))]
    public void Arrays_that_are_used_again_change_no_running_network(string memory)
    {
        foreach (PolicyPrecision precision in new[] { PolicyPrecision.Float32, PolicyPrecision.Of(NumberFormat.BFloat16), PolicyPrecision.Of(NumberFormat.Int8) })
        {
            PolicyDefinition policy = TestModules.Policy(memory) with { Precision = precision };
            Agent agent = new(PolicyNetwork.From(policy)), expected = new(PolicyNetwork.From(TestModules.Policy(memory) with { Precision = precision }));
            float[] observations = TestModules.Observations(policy, 40, 1), a = new float[1], b = new float[1];
            for (int t = 0; t < 40; t++)
            {
                if (t == 20) Overwrite(policy);
                agent.Act(observations.AsSpan(4 * t, 4), a);
                expected.Act(observations.AsSpan(4 * t, 4), b);
                Assert.Equal((b[0], expected.Value, expected.LogProbability), (a[0], agent.Value, agent.LogProbability));
            }
        }
    }

    private static void Overwrite(PolicyDefinition policy)
    {
        foreach (PolicyModule module in new[] { policy.Encoder, policy.Memory, policy.PolicyHead, policy.ValueHead })
            foreach (PolicyTensor tensor in module.Tensors.Values) tensor.Values.AsSpan().Fill(0.123f);
        policy.Normalization!.Mean.AsSpan().Fill(-1);
        policy.Normalization.Scale.AsSpan().Fill(0.5f);
    }
}
