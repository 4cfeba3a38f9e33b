using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies.Tests;

public sealed class CategoricalDistributionTests
{
    // Two components, with the probabilities [1/2, 1/3, 1/6] and [1/5, 4/5]; logits are their logarithms, each component's moved by a constant.
    private static readonly double[] First = [1 / 2.0, 1 / 3.0, 1 / 6.0], Second = [1 / 5.0, 4 / 5.0];

    private static readonly float[] Logits = [.. First.Select(p => (float)Math.Log(p) + 2), .. Second.Select(p => (float)Math.Log(p) - 3)];

    [Fact]
    public void The_log_probability_is_the_sum_over_components()
    {
        using DisposeScope scope = NewDisposeScope();
        ActionDistribution distribution = ActionDistribution.For(Space.MultiDiscrete(3, 2));
        Assert.Equal(5, distribution.Parameters);
        Tensor logits = tensor(Enumerable.Repeat(Logits, 6).SelectMany(row => row).ToArray(), [3, 2, 5]);
        Tensor actions = tensor([0f, 0, 0, 1, 1, 0, 1, 1, 2, 0, 2, 1], [3, 2, 2]); // [a, b] for every pair
        Tensor actual = distribution.LogProbability(logits, actions);
        Assert.Equal([3, 2], actual.shape);
        double[] expected = [.. First.SelectMany(p => Second.Select(q => Math.Log(p * q)))];
        Near(expected, actual);

        // The acting engine's twin.
        IActionDistribution acting = ActionDistributions.For(Space.MultiDiscrete(3, 2));
        for (int i = 0; i < 6; i++) Assert.Equal(expected[i], acting.LogProbability(Logits, [i / 2, i % 2]), 1e-6);
    }

    [Fact]
    public void The_entropy_is_the_sum_over_components()
    {
        using DisposeScope scope = NewDisposeScope();
        double expected = -First.Concat(Second).Sum(p => p * Math.Log(p));
        ActionDistribution distribution = ActionDistribution.For(Space.MultiDiscrete(3, 2));
        Near([expected], distribution.Entropy(tensor(Logits, [1, 5])));
        Assert.Equal(expected, ActionDistributions.For(Space.MultiDiscrete(3, 2)).Entropy(Logits), 1e-6);
    }

    [Fact]
    public void One_component_is_a_plain_discrete_choice()
    {
        using DisposeScope scope = NewDisposeScope();
        ActionDistribution distribution = ActionDistribution.For(Space.Discrete(3));
        Assert.Equal(3, distribution.Parameters);
        Tensor logits = tensor(Logits.AsSpan(0, 3).ToArray(), [1, 3]);
        for (int action = 0; action < 3; action++) Near([Math.Log(First[action])], distribution.LogProbability(logits, tensor([(float)action], [1, 1])));
        Near([-First.Sum(p => p * Math.Log(p))], distribution.Entropy(logits));
    }

    [Fact]
    public void A_box_of_actions_is_refused() =>
        Assert.Contains("Box", Assert.Throws<UserInputException>(() => ActionDistribution.For(Space.Box(-1, 1, 2))).Message, StringComparison.Ordinal);

    private static void Near(double[] expected, Tensor actual)
    {
        float[] values = actual.contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], values[i], 1e-6);
    }
}
