using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>Outputs that are NaN or infinite: said by whoever computed them, and nobody else's matter.</summary>
public sealed class DivergedOutputsTests
{
    private const float Huge = 3e38f; // times 2 it is infinite

    /// <summary>All memories in 32 bits, and all that keep keys and values in fewer.</summary>
    public static TheoryData<string> All => [.. TestModules.Memories.Where(name => name != "none"), "lstm int8", "transformer bf16", "transformer int8", "transformer odd int8/bf16", "transformer-window int8"];

    [Theory]
    [InlineData(2f, 0f, "value gives", "row 1")]
    [InlineData(0f, 2f, "policy head gives", "row 1")]
    public void A_value_or_a_logit_that_overflows_is_said_of_its_row(float value, float logit, string said, string row)
    {
        var agents = new AgentBatch(PolicyNetwork.From(Overflowing(Space.Discrete(3))), 2);
        float[] observations = [1, 1, value, logit];
        ArithmeticException exception = Assert.Throws<ArithmeticException>(() => agents.Act([0, 1], observations, new float[2], new float[2], new float[2], ActionSelection.Mode));
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
        Assert.Contains(row, exception.Message, StringComparison.Ordinal);
        Assert.Contains("diverged", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_ahead_says_it_too()
    {
        var network = PolicyNetwork.From(Overflowing(Space.Discrete(3)));
        var agents = new AgentBatch(network, 2);
        float[] values = new float[2];
        agents.Peek([1, 0], [1, 2, 0.5f, 0], values); // a logit is nothing that looking ahead asks for
        Assert.Equal([Huge, 0.5f * Huge], values);
        Assert.Contains("row 0", Assert.Throws<ArithmeticException>(() => agents.Peek([1, 0], [1, 0, 2, 0], values)).Message, StringComparison.Ordinal);
        Assert.Throws<ArithmeticException>(() => new Agent(network).Peek([2, 0]));
    }

    /// <summary>A mask would turn them into minus infinity, which stands for what is forbidden.</summary>
    [Fact]
    public void A_mask_does_not_hide_a_logit_that_is_not_finite()
    {
        var agent = new Agent(PolicyNetwork.From(Overflowing(Space.Discrete(3))));
        float[] action = new float[1];
        agent.Act([0, 1], [true, true, false], action); // the last choice's logit is 3e38 times the second number
        Assert.Throws<ArithmeticException>(() => agent.Act([0, 2], [true, true, false], action));
        Assert.Throws<ArithmeticException>(() => agent.Act([0, -2], [true, true, false], action));
    }

    /// <summary>One row overflows, at its place in the call; the others act as where none does, then and afterwards.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_other_rows_act_as_if_nothing_had_happened(bool continuous)
    {
        const int Rows = 4, Bad = 3, Steps = 40;
        Space actions = continuous ? Space.Box(-1, 1, 2) : Space.Discrete(3);
        var network = PolicyNetwork.From(Overflowing(actions));
        AgentBatch agents = new(network, Rows, seed: 5), expected = new(network, Rows, seed: 5);
        int[] rows = [2, Bad, 0, 1];
        int caught = 0;
        for (int t = 0; t < Steps; t++)
        {
            // Of a Gaussian the parameter is a logarithm of a deviation: finite, and its exponential is not.
            float[] good = [.. Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? 0.1f : 1e-39f * (t + i))], bad = [.. good];
            if (t % 3 == 1) bad[3] = continuous ? 1e-35f : 2;
            (float[] a, float[] p, float[] v) = (new float[Rows * actions.Size], new float[Rows], new float[Rows]);
            (float[] b, float[] q, float[] w) = (new float[Rows * actions.Size], new float[Rows], new float[Rows]);
            expected.Act(rows, good, b, q, w, ActionSelection.Sample);
            try
            {
                agents.Act(rows, bad, a, p, v, ActionSelection.Sample);
                Assert.Equal(b, a);
            }
            catch (ArithmeticException)
            {
                caught++;
                Assert.True(float.IsNaN(p[1]));
                Assert.Equal(new float[actions.Size], a[actions.Size..(2 * actions.Size)]);
                agents.Reset(Bad);
            }
            foreach (int r in new[] { 0, 2, 3 })
            {
                Assert.Equal((q[r], w[r]), (p[r], v[r]));
                Assert.Equal(b[(r * actions.Size)..((r + 1) * actions.Size)], a[(r * actions.Size)..((r + 1) * actions.Size)]);
            }
            for (int row = 0; row < Rows; row++) Assert.Equal((ulong)t + 1, agents.GetSteps(row));
        }
        Assert.Equal(Steps / 3, caught);
    }

    /// <summary>An observation so large that features are infinite leaves NaN in states, keys and values; none of it outlasts a reset.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void After_a_reset_a_row_is_as_new(string memory)
    {
        int last = memory.LastIndexOf(' ');
        PolicyPrecision precision = default;
        string kind = last >= 0 && PolicyPrecision.TryParse(memory[(last + 1)..], out precision) ? memory[..last] : memory;
        PolicyModule encoder = TestModules.Mlp("relu", "encoder", 7, 6, 8);
        float[] first = encoder.Tensors["0.weight"].Values;
        first[0] = first[7] = 10; // two that become infinite, and then NaN where the next layer subtracts them
        PolicyDefinition policy = TestModules.Policy(kind) with { Encoder = encoder, Normalization = null, Precision = precision };
        var network = PolicyNetwork.From(policy with { ObservationSpace = Space.Tuple(Space.Box(float.NegativeInfinity, float.PositiveInfinity, 3), Space.Discrete(4)) });
        AgentBatch used = new(network, 2, seed: 3), fresh = new(network, 2, seed: 3);
        float[] observations = TestModules.Observations(policy, 60, 1), a = new float[1], b = new float[1], p = new float[1], q = new float[1], v = new float[1], w = new float[1];
        for (int t = 0; t < 30; t++)
        {
            float[] observation = [.. observations[(4 * t)..(4 * (t + 1))]];
            if (t is 4 or 27) observation[0] = Huge;
            try { used.Act([1], observation, a, p, v, ActionSelection.Sample); }
            catch (ArithmeticException) { Assert.True(t >= 4); }
        }
        if (!kind.EndsWith(" without context", StringComparison.Ordinal)) Assert.Throws<ArithmeticException>(() => used.Peek([1], observations.AsSpan(0, 4), v));
        used.Reset(1);
        fresh.SetSteps(1, used.GetSteps(1));
        for (int t = 30; t < 60; t++)
        {
            used.Act([1], observations.AsSpan(4 * t, 4), a, p, v, ActionSelection.Sample);
            fresh.Act([1], observations.AsSpan(4 * t, 4), b, q, w, ActionSelection.Sample);
            Assert.Equal((b[0], q[0], w[0]), (a[0], p[0], v[0]));
        }
    }

    /// <summary>Two numbers go through as they are: the value is 3e38 times the first, the last output of the policy head 3e38 times the second.</summary>
    private static PolicyDefinition Overflowing(Space actions)
    {
        int outputs = ActionDistributions.For(actions).Parameters;
        float[] policy = new float[2 * outputs];
        policy[^1] = Huge;
        return new PolicyDefinition(
            Space.Box(float.NegativeInfinity, float.PositiveInfinity, 2), actions, Identity(), TestModules.None(4),
            Linear([.. policy.Chunk(2).SelectMany(row => (float[])[row[0], 0, row[1], -row[1]])], outputs), Linear([Huge, -Huge, 0, 0], 1));

        static PolicyModule Linear(float[] weight, int outputs)
        {
            var writer = new PolicyWriter();
            writer.Tensor("weight", weight, outputs, 4);
            writer.Tensor("bias", new float[outputs], outputs);
            return writer.ToModule("linear");
        }

        // relu(x) and relu(-x) of both numbers.
        static PolicyModule Identity()
        {
            var writer = new PolicyWriter();
            writer.Set("layers", 1);
            writer.Set("activation", "relu");
            writer.Tensor("0.weight", [1, 0, -1, 0, 0, 1, 0, -1], 4, 2);
            writer.Tensor("0.bias", new float[4], 4);
            return writer.ToModule("mlp");
        }
    }
}
