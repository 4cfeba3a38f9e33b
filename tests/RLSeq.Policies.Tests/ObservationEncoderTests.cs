using RLSeq.Agents;
using RLSeq.Environments;
using TorchSharp.Modules;

namespace RLSeq.Policies.Tests;

public sealed class ObservationEncoderTests
{
    private const int Encoded = 2 + 4 + 3 + (2 + 4);

    private static readonly Space Wide = Space.Tuple(Space.Box(-1000, 1000, 2), Space.Bytes(2, 2), Space.Discrete(3), Space.MultiDiscrete(2, 4));

    [Theory, InlineData(false), InlineData(true)]
    public void Every_part_is_encoded_in_its_place(bool normalize)
    {
        using DisposeScope scope = NewDisposeScope();
        using var encoder = new ObservationEncoder(Wide, Encoded, 1);
        // With a tenth of the identity as weights, a feature is tanh(encoded / 10).
        using (no_grad())
        {
            foreach ((string name, Tensor parameter) in encoder.named_parameters())
                parameter.copy_(name.EndsWith("weight", StringComparison.Ordinal) ? eye(Encoded) * 0.1 : zeros(Encoded));
        }
        if (normalize) encoder.Normalize(Statistics());
        Tensor observations = tensor(
        [
            0.5f, -3, 0, 51, 102, 255, 2, 1, 2,
            400, -700, 255, 0, 153, 204, 0, 0, 3,
        ], [1, 2, 9]);
        double[] expected = normalize
            ? [(0.5 - 2) * 0.25, (-3 + 1) * 4, 0, 0.2, 0.4, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 10, -10, 1, 0, 0.6, 0.8, 1, 0, 0, 1, 0, 0, 0, 0, 1]
            : [0.5, -3, 0, 0.2, 0.4, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 400, -700, 1, 0, 0.6, 0.8, 1, 0, 0, 1, 0, 0, 0, 0, 1];
        Tensor features = encoder.Forward(observations);
        Assert.Equal([1, 2, Encoded], features.shape);
        float[] actual = features.detach().contiguous().data<float>().ToArray();
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(actual[i] - Math.Tanh(expected[i] / 10)) <= 1e-6, $"Element {i}: {actual[i]} instead of {Math.Tanh(expected[i] / 10)}.");
    }

    /// <summary>Acting against learning, on every kind of space, for values and for the probabilities of what acting chose.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void Acting_computes_what_learning_does(bool normalize)
    {
        const int Rows = 64;
        using DisposeScope scope = NewDisposeScope();
        manual_seed(3);
        using var network = new ActorCritic(Wide, Space.MultiDiscrete(3, 2), new MemorySettings("none", 16, 1, 1, 1, 0), encoderLayers: 2);
        using (no_grad())
        {
            foreach (Tensor parameter in network.parameters()) parameter.add_(randn(parameter.shape) * 0.1);
        }
        if (normalize) network.Encoder.Normalize(Statistics());

        var random = new RandomSource(5);
        var observations = new float[Rows * Wide.Size];
        for (int row = 0; row < Rows; row++)
        {
            Span<float> observation = observations.AsSpan(row * Wide.Size, Wide.Size);
            Wide.Sample(ref random, observation);
            if (row % 4 == 0) continue; // beyond the clamp
            for (int i = 0; i < 2; i++) observation[i] = (float)random.NextGaussian();
        }

        float[] actions = new float[2 * Rows], logProbabilities = new float[Rows], values = new float[Rows], modes = new float[2 * Rows], modeLogProbabilities = new float[Rows];
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var agents = new AgentBatch(PolicyNetwork.From(network.Export()), Rows, seed: 9);
        agents.Act(rows, observations, actions, logProbabilities, values, ActionSelection.Sample);
        agents.Act(rows, observations, modes, modeLogProbabilities, values, ActionSelection.Mode);

        Tensor input = tensor(observations, [1, Rows, Wide.Size]);
        (Tensor logits, Tensor expected, _) = network.Forward(input, network.Memory.InitialState(Rows, input), zeros(1, Rows, dtype: @bool));
        MemorySubject.Agree(values, Floats(expected));
        MemorySubject.Agree(logProbabilities, Floats(network.Distribution.LogProbability(logits, tensor(actions, [1, Rows, 2]))));
        MemorySubject.Agree(modeLogProbabilities, Floats(network.Distribution.LogProbability(logits, tensor(modes, [1, Rows, 2]))));
        Assert.Equal(6, actions.Chunk(2).Select(action => (action[0], action[1])).Distinct().Count());

        // The most likely choice of each component is torch's.
        Tensor first = logits.narrow(-1, 0, 3).argmax(-1), second = logits.narrow(-1, 3, 2).argmax(-1);
        Assert.Equal(first.contiguous().data<long>().ToArray(), modes.Chunk(2).Select(action => (long)action[0]));
        Assert.Equal(second.contiguous().data<long>().ToArray(), modes.Chunk(2).Select(action => (long)action[1]));
    }

    /// <summary>Means 2 and -1 and deviations 4 and 1/4 for the continuous elements; the others pass.</summary>
    private static ObservationNormalization Statistics()
    {
        float[] mean = new float[Encoded], scale = [.. Enumerable.Repeat(1f, Encoded)];
        (mean[0], mean[1], scale[0], scale[1]) = (2, -1, 0.25f, 4);
        return new ObservationNormalization(mean, scale, 10);
    }

    private static float[] Floats(Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();
}
