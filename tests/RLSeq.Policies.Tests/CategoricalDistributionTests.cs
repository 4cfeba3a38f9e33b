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
    public void Bytes_as_actions_are_refused() =>
        Assert.Contains("Bytes(2)", Assert.Throws<UserInputException>(() => ActionDistribution.For(Space.Tuple(Space.Discrete(2), Space.Bytes(2)))).Message, StringComparison.Ordinal);

    /// <summary>
    /// Without the second choice of the first component, its probabilities are [3/4, 1/4]. With those, the gradient of an action's
    /// log-probability is 1 - p for the action and -p for another choice, and that of the entropy H is -p (log p + H).
    /// </summary>
    [Fact]
    public void A_mask_leaves_the_others_their_proportions_and_what_is_forbidden_no_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        ActionDistribution distribution = ActionDistribution.For(Space.MultiDiscrete(3, 2));
        Tensor logits = tensor(Logits, [1, 5]).requires_grad_();
        Tensor masked = distribution.Mask(logits, tensor([true, false, true, true, true], [1, 5]));
        double[] left = [0.75, 0.25];
        double entropy = -left.Sum(p => p * Math.Log(p)), second = -Second.Sum(p => p * Math.Log(p));
        Tensor logProbability = distribution.LogProbability(masked, tensor([2f, 1], [1, 2])), both = distribution.Entropy(masked);
        Near([Math.Log(0.25 * 0.8)], logProbability.detach());
        Near([entropy + second], both.detach());
        logProbability.sum().backward();
        Near([-0.75, 0, 0.75, -0.2, 0.2], logits.grad!);
        logits.grad!.zero_();
        distribution.Entropy(distribution.Mask(logits, tensor([true, false, true, true, true], [1, 5]))).sum().backward();
        Near([-0.75 * (Math.Log(0.75) + entropy), 0, -0.25 * (Math.Log(0.25) + entropy), -0.2 * (Math.Log(0.2) + second), -0.8 * (Math.Log(0.8) + second)], logits.grad!);
    }

    [Fact]
    public void A_single_choice_that_is_left_is_certain()
    {
        using DisposeScope scope = NewDisposeScope();
        ActionDistribution distribution = ActionDistribution.For(Space.Discrete(3));
        Tensor logits = tensor(Logits.AsSpan(0, 3).ToArray(), [1, 3]).requires_grad_();
        Tensor masked = distribution.Mask(logits, tensor([false, true, false], [1, 3]));
        Tensor sum = distribution.LogProbability(masked, tensor([1f], [1, 1])) + distribution.Entropy(masked);
        Near([0], sum.detach());
        sum.sum().backward();
        Near([0, 0, 0], logits.grad!);
    }

    private static void Near(double[] expected, Tensor actual)
    {
        float[] values = actual.contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], values[i], 1e-6);
    }
}
