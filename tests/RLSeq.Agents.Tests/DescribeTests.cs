using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>What a policy's outputs mean, for people.</summary>
public sealed class DescribeTests
{
    [Fact]
    public void Logits_become_probabilities()
    {
        // Logarithms of 1, 2, 5 and of 3, 1: the probabilities are their shares.
        float[] logits = [0, MathF.Log(2), MathF.Log(5), MathF.Log(3) - 80, -80], meaning = new float[5];
        new CategoricalDistribution([3, 2]).Describe(logits, meaning);
        Assert.Equal([0.125f, 0.25f, 0.625f, 0.75f, 0.25f], meaning, Close);
    }

    [Fact]
    public void Forbidden_choices_have_probability_zero()
    {
        var distribution = new CategoricalDistribution([3]);
        float[] logits = [4, 0, 0];
        distribution.Mask(logits, [false, true, true]);
        distribution.Describe(logits, logits); // in place
        Assert.Equal([0, 0.5f, 0.5f], logits);
        Assert.Throws<ArithmeticException>(() => distribution.Describe([float.NaN, 0, 0], new float[3]));
    }

    [Fact]
    public void Means_and_deviations_are_in_units_of_the_action()
    {
        // A box from -2 to 4 has its middle at 1 and half a width of 3.
        float[] parameters = [0, -0.5f, MathF.Log(0.5f), 0], meaning = new float[4];
        new GaussianDistribution(Space.Box(-2, 4, 2)).Describe(parameters, meaning);
        Assert.Equal([1, -0.5f, 1.5f, 3], meaning, Close);
    }

    [Fact]
    public void Parts_of_a_mixed_action_keep_their_places()
    {
        var meaning = new float[4];
        ActionDistributions.For(Space.Tuple(Space.Box(-1, 1, 1), Space.Discrete(2))).Describe([0.25f, MathF.Log(0.1f), MathF.Log(3), 0], meaning);
        Assert.Equal([0.25f, 0.1f, 0.75f, 0.25f], meaning, Close);
    }

    [Fact]
    public void An_agent_describes_the_choice_that_it_made()
    {
        var agent = new Agent(PolicyNetwork.From(TestModules.Policy("lstm"))) { Selection = ActionSelection.Mode };
        var meaning = new float[agent.Network.Distribution.Parameters];
        Assert.Throws<InvalidOperationException>(() => agent.Describe(meaning));
        Assert.Equal(0, agent.Recorder.LastNanoseconds);
        float[] observation = new float[agent.Network.Definition.ObservationSpace.Size], action = new float[agent.Network.Definition.ActionSpace.Size];
        agent.Act(observation, action);
        agent.Describe(meaning);
        Assert.Equal(1, meaning.Sum(), 1e-5);
        Assert.Equal(MathF.Exp(agent.LogProbability), meaning[(int)action[0]], 1e-5);
        Assert.Equal(agent.Recorder.Calls.Warmup!.Max, (long)agent.Recorder.LastNanoseconds);
        Assert.Throws<ArgumentException>(() => agent.Describe(new float[meaning.Length + 1]));

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) agent.Describe(meaning);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static bool Close(float a, float b) => MathF.Abs(a - b) <= 1e-6f * MathF.Max(1, MathF.Abs(b));
}
