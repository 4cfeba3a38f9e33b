using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Policies.Tests;

public sealed class GaussianDistributionTests
{
    private static readonly float[] Parameters = [0.25f, -1.5f, 0.5f, -0.7f];

    [Fact]
    public void Log_probability_entropy_and_gradients_have_the_closed_form()
    {
        // 15 + 5 x with x normal: the density is that of x, divided by 5.
        using DisposeScope scope = NewDisposeScope();
        ActionDistribution distribution = ActionDistribution.For(Space.Box(10, 20, 2));
        Assert.Equal((4, 2, 0), (distribution.Parameters, distribution.ActionSize, distribution.MaskSize));
        Tensor parameters = tensor(Parameters, [1, 4]).requires_grad_();
        float[] action = [17.5f, 4];
        double expected = 0, entropy = 0;
        double[] gradient = new double[4];
        for (int i = 0; i < 2; i++)
        {
            double deviation = Math.Exp(Parameters[2 + i]), z = (((action[i] - 15) / 5) - Parameters[i]) / deviation;
            expected += Math.Log(Math.Exp(-z * z / 2) / (5 * deviation * Math.Sqrt(2 * Math.PI)));
            entropy += 0.5 * Math.Log(2 * Math.PI * Math.E * Math.Pow(5 * deviation, 2));
            (gradient[i], gradient[2 + i]) = (z / deviation, (z * z) - 1);
        }
        Tensor logProbability = distribution.LogProbability(parameters, tensor(action, [1, 2])), actualEntropy = distribution.Entropy(parameters);
        Assert.Equal([1], logProbability.shape);
        Assert.Equal([1], actualEntropy.shape);
        Assert.Equal(expected, logProbability.item<float>(), 1e-5);
        Assert.Equal(entropy, actualEntropy.item<float>(), 1e-5);
        logProbability.sum().backward();
        Near(gradient, parameters.grad!);
        parameters.grad!.zero_();
        actualEntropy.sum().backward();
        Near([0, 0, 1, 1], parameters.grad!);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 100)]
    [InlineData(3, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, float.PositiveInfinity)]
    public void Acting_and_learning_agree_on_every_box(float low, float high)
    {
        using DisposeScope scope = NewDisposeScope();
        Space space = Space.Tuple(Space.Discrete(3), Space.Box(low, high, 3), Space.MultiDiscrete(2, 4));
        IActionDistribution acting = ActionDistributions.For(space);
        ActionDistribution learning = ActionDistribution.For(space);
        Assert.Equal((acting.Parameters, acting.ActionSize, acting.MaskSize), (learning.Parameters, learning.ActionSize, learning.MaskSize));
        var random = new RandomSource(4);
        const int Rows = 500;
        float[] parameters = new float[Rows * acting.Parameters], actions = new float[Rows * acting.ActionSize], logProbabilities = new float[Rows], entropies = new float[Rows];
        bool[] masks = new bool[Rows * acting.MaskSize];
        for (int i = 0; i < parameters.Length; i++) parameters[i] = (float)random.NextGaussian();
        for (int i = 0; i < masks.Length; i++) masks[i] = i % 9 is 1 or 3 or 7 || random.NextInt(2) == 0;
        float[] masked = [.. parameters];
        for (int row = 0; row < Rows; row++)
        {
            Span<float> own = masked.AsSpan(row * acting.Parameters, acting.Parameters), action = actions.AsSpan(row * acting.ActionSize, acting.ActionSize);
            if (row % 5 > 0) acting.Mask(own, masks.AsSpan(row * acting.MaskSize, acting.MaskSize));
            else masks.AsSpan(row * acting.MaskSize, acting.MaskSize).Fill(true);
            var counter = new CounterRandom(1, (uint)row, 0);
            logProbabilities[row] = acting.Sample(own, ref counter, action);
            entropies[row] = acting.Entropy(own);
        }
        Tensor learned = learning.Mask(tensor(parameters, [Rows, acting.Parameters]), tensor(masks, [Rows, acting.MaskSize]));
        Assert.Equal(masked, learned.data<float>().ToArray());
        MemorySubject.Agree(learning.LogProbability(learned, tensor(actions, [Rows, acting.ActionSize])), tensor(logProbabilities, [Rows]));
        MemorySubject.Agree(learning.Entropy(learned), tensor(entropies, [Rows]));
    }

    [Fact]
    public void Deviations_are_learned_beside_the_head_and_exported_as_its_biases()
    {
        using DisposeScope scope = NewDisposeScope();
        manual_seed(2);
        Space space = Space.Tuple(Space.Discrete(3), Space.Box(-1, 1, 2), Space.MultiDiscrete(2, 4));
        using var network = new ActorCritic(Space.Box(-1, 1, 2), space, new MemorySettings("none", 8, 1, 1, 1, 0), encoderLayers: 1);
        Tensor deviations = network.named_parameters().Single(entry => entry.name == "log_std").parameter;
        Assert.Equal([2], deviations.shape);
        using (no_grad()) deviations.copy_(tensor([0.5f, -0.25f]));

        PolicyModule head = network.Export().PolicyHead;
        PolicyTensor weight = head.Tensors["weight"], bias = head.Tensors["bias"];
        Assert.Equal([13, 8], weight.Shape);
        for (int row = 0; row < 13; row++) Assert.Equal(row is 5 or 6, weight.Values.AsSpan(row * 8, 8).IndexOfAnyExcept(0f) < 0);
        Assert.Equal([0.5f, -0.25f], bias.Values[5..7]);

        // The same numbers come out of the forward pass, and gradients reach them.
        Tensor input = rand(4, 3, 2);
        (Tensor parameters, _, _) = network.Forward(input, network.Memory.InitialState(3, input), zeros(4, 3, dtype: @bool));
        Assert.Equal([4, 3, 13], parameters.shape);
        MemorySubject.Agree(parameters.narrow(-1, 5, 2), tensor([0.5f, -0.25f]).expand(4, 3, 2));
        network.Distribution.Entropy(parameters).sum().backward();
        MemorySubject.Agree(deviations.grad!, tensor([12f, 12f]));
    }

    private static void Near(double[] expected, Tensor actual)
    {
        float[] values = actual.contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], values[i], 1e-5);
    }
}
