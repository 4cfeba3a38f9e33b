using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Holds a device to the CPU: the same network, sequences and states must give the same outputs and gradients, and train.</summary>
/// <param name="Memory">The memory that was checked.</param>
/// <param name="OutputError">The largest <c>|a − b| / max(1, |b|)</c> over logits, values and state.</param>
/// <param name="GradientError">The same over all gradients.</param>
/// <param name="FirstRatioError">The largest distance of PPO's first ratio from 1 while training on the device: acting against learning.</param>
/// <param name="ActingError">The same as the output error over logits and values of torch acting on the device, against the managed engine.</param>
/// <param name="StepsPerSecond">Of a short training on the device.</param>
public sealed record DeviceCheck(string Memory, double OutputError, double GradientError, double FirstRatioError, double ActingError, double StepsPerSecond)
{
    /// <summary>What the errors must stay within: float32 with another order of summation.</summary>
    public const double Tolerance = 1e-3;

    private const int Steps = 24, Rows = 6, Observations = 4, Choices = 3;

    /// <summary>Longer than the context, so that windows wrap.</summary>
    private const int ActingSteps = 64;

    /// <summary>Whether everything is within the tolerance.</summary>
    public bool Passed => OutputError <= Tolerance && GradientError <= Tolerance && FirstRatioError <= Tolerance && ActingError <= Tolerance;

    /// <summary>Checks one memory on a device.</summary>
    /// <param name="memory">The memory's name.</param>
    /// <param name="device">auto, cpu or cuda.</param>
    /// <exception cref="UserInputException">The memory is unknown or the device is not there.</exception>
    public static DeviceCheck Run(string memory, string device)
    {
        var configuration = new TrainingConfiguration { Device = device, Environment = "PositionOnlyCartPoleEasy", Memory = new MemoryOptions { Name = memory, Context = 16 } };
        configuration.Validate();
        using DisposeScope scope = NewDisposeScope();
        (Tensor[] outputs, Tensor[] gradients) expected = Compute(configuration, CPU), actual = Compute(configuration, TorchDevice.Resolve(device));
        using var trainer = new Trainer(configuration with { Steps = 4 * configuration.StepsPerUpdate });
        double ratio = 0;
        TrainingProgress? last = null;
        trainer.Run(progress =>
        {
            ratio = Math.Max(ratio, progress.Learning.FirstRatioError);
            last = progress;
        });
        return new DeviceCheck(memory, Error(actual.outputs, expected.outputs), Error(actual.gradients, expected.gradients), ratio, Acting(configuration, TorchDevice.Resolve(device)), last!.StepsPerSecond);
    }

    private static (Tensor[] Outputs, Tensor[] Gradients) Compute(TrainingConfiguration configuration, Device device)
    {
        using ActorCritic network = Network(configuration);
        Tensor x = randn(Steps, Rows, Observations), starts = rand(Steps, Rows) < 0.1;
        network.to(device);
        x = x.to(device);
        (Tensor logits, Tensor values, MemoryState state) = network.Forward(x, network.Memory.InitialState(Rows, x), starts.to(device));
        (logits.square().mean() + values.square().mean()).backward();
        Tensor[] outputs = [logits.detach().cpu(), values.detach().cpu(), .. Enumerable.Range(0, state.Layout.Blocks.Count).Select(block => state[block].detach().cpu())];
        Tensor[] gradients = [.. network.parameters().Select(parameter => parameter.grad).OfType<Tensor>().Select(gradient => gradient.detach().cpu().clone())];
        return (outputs, gradients);
    }

    /// <summary>Both engines act for the same rows, in calls of all rows and of some, with episodes that begin at random.</summary>
    private static double Acting(TrainingConfiguration configuration, Device device)
    {
        using ActorCritic network = Network(configuration);
        network.to(device);
        using var torch = new TorchAgentBatch(network, Rows);
        var managed = new AgentBatch(PolicyNetwork.From(network.Export()), Rows);
        var random = new RandomSource(1);
        int[] order = [.. Enumerable.Range(0, Rows)];
        double error = 0;
        for (int t = 0; t < ActingSteps; t++)
        {
            for (int row = 0; row < Rows; row++)
            {
                if (random.NextDouble() >= 0.03) continue;
                torch.Reset(row);
                managed.Reset(row);
            }
            int n = Rows - (t % 3);
            if (n == Rows) Array.Sort(order);
            else random.Shuffle<int>(order);
            var observations = new float[n * Observations];
            for (int i = 0; i < n; i++) network.ObservationSpace.Sample(ref random, observations.AsSpan(i * Observations, Observations));
            error = Math.Max(error, Error(Outputs(torch, order.AsSpan(0, n), observations), Outputs(managed, order.AsSpan(0, n), observations)));
        }
        return error;
    }

    /// <summary>Logits and values of one call.</summary>
    private static Tensor[] Outputs(IAgentBatch agents, ReadOnlySpan<int> rows, float[] observations)
    {
        float[] actions = new float[rows.Length], logProbabilities = new float[rows.Length], values = new float[rows.Length];
        agents.Act(rows, observations, actions, logProbabilities, values, ActionSelection.Sample);
        return [tensor(agents.Logits.ToArray()), tensor(values)];
    }

    /// <summary>Weights are drawn on the CPU, so they are the same for every device.</summary>
    private static ActorCritic Network(TrainingConfiguration configuration)
    {
        manual_seed(1);
        return new ActorCritic(Space.Box(-1, 1, Observations), Space.Discrete(Choices), configuration.MemorySettings, configuration.Network.EncoderLayers);
    }

    private static double Error(Tensor[] actual, Tensor[] expected) =>
        actual.Length != expected.Length ? double.PositiveInfinity
            : actual.Zip(expected, (a, b) => (double)((a - b).abs() / b.abs().clamp(1)).max().item<float>()).Aggregate(0.0, Math.Max); // unlike Enumerable.Max, it keeps NaN
}
