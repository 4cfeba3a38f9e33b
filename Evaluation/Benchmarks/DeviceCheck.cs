using RLSeq.Environments;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Holds a device to the CPU: the same network, sequences and states must give the same outputs and gradients, and train.</summary>
/// <param name="Memory">The memory that was checked.</param>
/// <param name="OutputError">The largest <c>|a − b| / max(1, |b|)</c> over logits, values and state.</param>
/// <param name="GradientError">The same over all gradients.</param>
/// <param name="FirstRatioError">The largest distance of PPO's first ratio from 1 while training on the device: acting against learning.</param>
/// <param name="StepsPerSecond">Of a short training on the device.</param>
public sealed record DeviceCheck(string Memory, double OutputError, double GradientError, double FirstRatioError, double StepsPerSecond)
{
    /// <summary>What the errors must stay within: float32 with another order of summation.</summary>
    public const double Tolerance = 1e-3;

    private const int Steps = 24, Rows = 6, Observations = 4, Choices = 3;

    /// <summary>Whether everything is within the tolerance.</summary>
    public bool Passed => OutputError <= Tolerance && GradientError <= Tolerance && FirstRatioError <= Tolerance;

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
        return new DeviceCheck(memory, Error(actual.outputs, expected.outputs), Error(actual.gradients, expected.gradients), ratio, last!.StepsPerSecond);
    }

    private static (Tensor[] Outputs, Tensor[] Gradients) Compute(TrainingConfiguration configuration, Device device)
    {
        manual_seed(1); // weights and inputs are drawn on the CPU, so they are the same for every device
        using var network = new ActorCritic(Space.Box(-1, 1, Observations), Space.Discrete(Choices), configuration.MemorySettings, configuration.Network.EncoderLayers);
        Tensor x = randn(Steps, Rows, Observations), starts = rand(Steps, Rows) < 0.1;
        network.to(device);
        x = x.to(device);
        (Tensor logits, Tensor values, MemoryState state) = network.Forward(x, network.Memory.InitialState(Rows, x), starts.to(device));
        (logits.square().mean() + values.square().mean()).backward();
        Tensor[] outputs = [logits.detach().cpu(), values.detach().cpu(), .. Enumerable.Range(0, state.Layout.Blocks.Count).Select(block => state[block].detach().cpu())];
        Tensor[] gradients = [.. network.parameters().Select(parameter => parameter.grad).OfType<Tensor>().Select(gradient => gradient.detach().cpu().clone())];
        return (outputs, gradients);
    }

    private static double Error(Tensor[] actual, Tensor[] expected) =>
        actual.Length != expected.Length ? double.PositiveInfinity
            : actual.Zip(expected, (a, b) => (double)((a - b).abs() / b.abs().clamp(1)).max().item<float>()).Aggregate(0.0, Math.Max); // unlike Enumerable.Max, it keeps NaN
}
