namespace RLSeq.Agents.Tests;

/// <summary>An observation that is no number, or lies outside a discrete part, is refused by name, and it is as if nothing had been asked.</summary>
public sealed class BadObservationTests
{
    private const int Rows = 4, Size = 4, Steps = 30;

    public static TheoryData<string> All => TestModules.AllMemories;

    /// <summary>Two batches see the same; one of them is asked impossible things before every step.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_batch_that_refused_bad_observations_goes_on_bit_for_bit(string memory)
    {
        PolicyDefinition policy = TestModules.Policy(memory);
        var network = PolicyNetwork.From(policy);
        AgentBatch agents = new(network, Rows, seed: 3), expected = new(network, Rows, seed: 3);
        int[] rows = [3, 0, 2];
        for (int t = 0; t < Steps; t++)
        {
            float[] observations = TestModules.Observations(policy, rows.Length, 50 + (ulong)t);
            if (t % 11 == 5)
            {
                agents.Reset(2);
                expected.Reset(2);
            }
            float[] logits = agents.Logits.ToArray();
            for (int at = 0; at < observations.Length; at++)
            {
                // The last element of an observation is a choice of four; the others are numbers.
                foreach (float bad in at % Size < 3 ? [float.NaN, float.PositiveInfinity, float.NegativeInfinity] : new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, 4, -1, 0.5f })
                {
                    float[] damaged = [.. observations];
                    damaged[at] = bad;
                    string named = $"row {rows[at / Size]} has {bad} as element {at % Size};";
                    Assert.Contains(named, Assert.Throws<ArgumentException>(() => Act(agents, rows, damaged)).Message, StringComparison.Ordinal);
                    Assert.Contains(named, Assert.Throws<ArgumentException>(() => agents.Peek(rows, damaged, new float[rows.Length])).Message, StringComparison.Ordinal);
                }
            }
            Near.Same(logits, agents.Logits, "logits");
            AssertSameState(expected, agents);
            Assert.Equal(Act(expected, rows, observations), Act(agents, rows, observations));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_agent_that_refused_a_bad_observation_records_and_changes_nothing(string memory)
    {
        PolicyDefinition policy = TestModules.Policy(memory);
        var network = PolicyNetwork.From(policy);
        Agent agent = new(network, seed: 3), expected = new(network, seed: 3);
        float[] observations = TestModules.Observations(policy, Steps, 9), a = new float[1], b = new float[1], before = new float[agent.Layout.Size], after = new float[agent.Layout.Size];
        for (int t = 0; t < Steps; t++)
        {
            float[] observation = observations[(t * Size)..((t + 1) * Size)], damaged = [.. observation];
            damaged[t % 3] = float.NaN;
            agent.Save(before);
            Assert.Contains($"row 0 has NaN as element {t % 3};", Assert.Throws<ArgumentException>(() => agent.Act(damaged, a)).Message, StringComparison.Ordinal);
            agent.Save(after);
            Near.Same(before, after, "state");
            agent.Act(observation, a);
            expected.Act(observation, b);
            Assert.Equal((b[0], expected.Value, expected.LogProbability), (a[0], agent.Value, agent.LogProbability));
            Assert.Equal(t + 1, agent.Latency.Count + agent.Latency.Warmup!.Count);
        }
    }

    /// <summary>Bounds are where numbers are expected, not what a network can take: 40 normalised is clipped to 5, as 4 is.</summary>
    [Fact]
    public void Numbers_beyond_the_bounds_of_their_box_are_taken_as_they_are()
    {
        var agents = new AgentBatch(PolicyNetwork.From(TestModules.Policy("lstm")), 1);
        float[] inside = new float[1], beyond = new float[1], clipped = new float[1];
        agents.Peek([0], [1, 0, 0, 2], inside);
        agents.Peek([0], [40, 0, 0, 2], beyond);
        agents.Peek([0], [4, 0, 0, 2], clipped);
        Assert.NotEqual(inside[0], beyond[0]);
        Assert.Equal(clipped[0], beyond[0]);
    }

    private static float[] Act(AgentBatch agents, int[] rows, float[] observations)
    {
        float[] actions = new float[rows.Length], logProbabilities = new float[rows.Length], values = new float[rows.Length];
        agents.Act(rows, observations, actions, logProbabilities, values, ActionSelection.Sample);
        return [.. actions, .. logProbabilities, .. values];
    }

    private static void AssertSameState(AgentBatch expected, AgentBatch actual)
    {
        float[] a = new float[expected.Layout.Size], b = new float[expected.Layout.Size];
        for (int row = 0; row < Rows; row++)
        {
            expected.Save(row, a);
            actual.Save(row, b);
            Near.Same(a, b, $"the state of row {row}");
            Assert.Equal(expected.GetSteps(row), actual.GetSteps(row));
        }
    }
}
