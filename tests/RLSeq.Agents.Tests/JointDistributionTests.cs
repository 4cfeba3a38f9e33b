using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

public sealed class JointDistributionTests
{
    private static readonly Space Mixed = Space.Tuple(Space.Discrete(3), Space.Box(-2, 2, 2), Space.MultiDiscrete(2, 4));

    // Three logits, two means, two logarithms of deviations, two and four logits.
    private static readonly float[] Parameters = [0.5f, -1, 0.2f, 0.3f, -0.7f, -0.4f, 0.1f, 1, -0.5f, 0, 0.25f, -0.25f, 0.75f];

    private static readonly bool[] OnlyMiddles = [false, true, false, true, true, false, true, true, false];

    [Fact]
    public void Sizes_add_up_and_one_part_is_that_part()
    {
        IActionDistribution joint = ActionDistributions.For(Mixed);
        Assert.Equal((13, 5, 9), (joint.Parameters, joint.ActionSize, joint.MaskSize));
        Assert.Equal(Mixed.MaskSize, joint.MaskSize);
        Assert.IsType<GaussianDistribution>(ActionDistributions.For(Space.Tuple(Space.Box(0, 1, 2))));
    }

    [Fact]
    public void Log_probabilities_and_entropies_of_the_parts_add_up()
    {
        IActionDistribution joint = ActionDistributions.For(Mixed), discrete = new CategoricalDistribution([3]), box = new GaussianDistribution(Space.Box(-2, 2, 2)), multi = new CategoricalDistribution([2, 4]);
        float[] action = [2, 0.5f, -3, 1, 3];
        ReadOnlySpan<float> first = Parameters.AsSpan(0, 3), second = Parameters.AsSpan(3, 4), third = Parameters.AsSpan(7), chosen = action;
        float expected = discrete.LogProbability(first, chosen[..1]) + box.LogProbability(second, chosen[1..3]) + multi.LogProbability(third, chosen[3..]);
        Near.Equal(expected, joint.LogProbability(Parameters, action), 1e-6, "log-probability");
        Near.Equal(discrete.Entropy(first) + box.Entropy(second) + multi.Entropy(third), joint.Entropy(Parameters), 1e-6, "entropy");
        for (ulong step = 0; step < 100; step++)
        {
            var random = new CounterRandom(1, 2, step);
            Assert.Equal(joint.Sample(Parameters, ref random, action), joint.LogProbability(Parameters, action));
        }
        Assert.Equal(joint.Mode(Parameters, action), joint.LogProbability(Parameters, action));
        Near.Same([0, 2 * 0.3f, 2 * -0.7f, 0, 3], action, "mode");
    }

    [Fact]
    public void A_mask_covers_the_discrete_choices_alone()
    {
        IActionDistribution joint = ActionDistributions.For(Mixed);
        Assert.True(joint.Allows(OnlyMiddles));
        Assert.False(joint.Allows([false, false, false, .. OnlyMiddles[3..]]));
        Assert.False(joint.Allows([.. OnlyMiddles[..5], false, false, false, false]));
        float[] masked = [.. Parameters];
        joint.Mask(masked, OnlyMiddles);
        const float Never = float.NegativeInfinity;
        Near.Same([Never, -1, Never, 0.3f, -0.7f, -0.4f, 0.1f, 1, -0.5f, Never, 0.25f, -0.25f, Never], masked, "masked parameters");
    }

    [Fact]
    public void What_is_forbidden_is_never_chosen_and_the_rest_keeps_its_proportions()
    {
        IActionDistribution joint = ActionDistributions.For(Mixed);
        float[] masked = [.. Parameters], action = new float[5];
        joint.Mask(masked, OnlyMiddles);
        int[] last = new int[4];
        const int Draws = 20_000;
        for (int i = 0; i < Draws; i++)
        {
            var random = new CounterRandom(3, 0, (ulong)i);
            joint.Sample(masked, ref random, action);
            Assert.Equal(1, action[0]);
            last[(int)action[4]]++;
        }
        Assert.Equal((0, 0), (last[0], last[3]));
        double p = 1 / (1 + Math.Exp(-0.5)); // the odds of the two that are left stay e^(0.25 + 0.25)
        Assert.InRange((last[1] - (Draws * p)) / Math.Sqrt(Draws * p * (1 - p)), -3.3, 3.3);
        joint.Mode(masked, action);
        Assert.Equal((1, 1), (action[0], action[4]));
        Near.Equal(0, joint.LogProbability(masked, action) - joint.LogProbability(masked, [1, action[1], action[2], action[3], 2]) - 0.5, 1e-6, "odds");
        Assert.True(float.IsFinite(joint.Entropy(masked)));
    }
}
