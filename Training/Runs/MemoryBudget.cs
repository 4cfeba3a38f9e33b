using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>Refuses sizes that this machine's memory cannot hold, before anything is allocated.</summary>
public static class MemoryBudget
{
    // What a process takes for any sizes: libtorch's and OpenBLAS's buffers and threads, compiled code, the managed heap's reserve.
    private const double FixedBytes = 64e6, BytesPerThread = 24e6;

    /// <summary>What allocators keep beyond what is in use.</summary>
    private const double Slack = 1.25;

    /// <summary>
    /// The most bytes that a run takes, beyond those of a process that has done nothing yet: 64 MB and 24 MB per thread, and 1.25 times 4 bytes for every
    /// float of the rollout, the states, the minibatch that is learned from, and the weights (docs/training.md has it term by term).
    /// </summary>
    /// <param name="configuration">The sizes.</param>
    /// <param name="observations">What an observation looks like.</param>
    /// <param name="actions">What an action looks like.</param>
    public static double Estimate(TrainingConfiguration configuration, Space observations, Space actions) =>
        FixedBytes + (BytesPerThread * (configuration.Threads + configuration.CollectThreads))
            + (Slack * sizeof(float) * (Rollout(configuration, observations, actions) + States(configuration) + Minibatch(configuration, observations, actions) + Weights(configuration, observations, actions)));

    /// <summary>Checks a run against the memory of this machine.</summary>
    /// <param name="configuration">The sizes.</param>
    /// <param name="observations">What an observation looks like.</param>
    /// <param name="actions">What an action looks like.</param>
    /// <exception cref="UserInputException">It would not fit; the message says what takes how much.</exception>
    public static void Check(TrainingConfiguration configuration, Space observations, Space actions)
    {
        PpoSettings ppo = configuration.Ppo;
        MemoryCost cost = Cost(configuration);
        double states = ppo.Environments * Math.Max((cost.Window + (cost.Window > 0 ? ppo.Rollout : 0)) * cost.Item, cost.State * (ppo.Rollout / configuration.SequenceLength));
        double largest = Math.Max(Math.Max(states, cost.LargestWeight), (double)configuration.StepsPerUpdate * Math.Max(observations.Size, Outputs(actions)));
        Refuse(configuration, cost, Estimate(configuration, observations, actions), largest, $", {ppo.Environments} environments × {ppo.Rollout} steps, {observations.Size} numbers observed and {Outputs(actions)} for actions");
    }

    /// <summary>Checks that agents can act in both engines: the weights, which exist in libtorch, in the exported policy and in the managed engine, and the states.</summary>
    /// <param name="configuration">The sizes; those of PPO do not matter.</param>
    /// <param name="rows">How many agents.</param>
    /// <exception cref="UserInputException">They would not fit.</exception>
    public static void CheckActing(TrainingConfiguration configuration, int rows = 1)
    {
        MemoryCost cost = Cost(configuration);
        double width = configuration.Network.Hidden, state = cost.State + ((cost.Window + 1) * cost.Item);
        // The managed engine holds a Transformer's inputs, keys and values; libtorch holds the inputs, and copies them as it steps.
        double needed = sizeof(float) * ((5 * (cost.Weights + (configuration.Network.EncoderLayers * width * width))) + ((rows == 1 ? 4 : 8) * rows * state));
        Refuse(configuration, cost, needed, Math.Max(state, cost.LargestWeight), rows == 1 ? "" : FormattableString.Invariant($" and a batch of {rows}"));
        if (rows * state > Array.MaxLength)
            throw new UserInputException(FormattableString.Invariant($"A batch of {rows} has {rows * state:N0} floats of memory state, and an array holds at most {Array.MaxLength:N0}. Choose smaller batches or sizes."));
    }

    /// <summary>N·T of what an environment says and is told, once, or twice with overlap; and the environments' own rows.</summary>
    private static double Rollout(TrainingConfiguration configuration, Space observations, Space actions) =>
        ((configuration.Overlap ? 2 : 1) * (double)configuration.StepsPerUpdate * (observations.Size + Outputs(actions) + 10 + (configuration.Clock.IsSet ? 4 : 0)))
            + (3.0 * configuration.Ppo.Environments * (observations.Size + Outputs(actions)));

    /// <summary>An action's floats and the choices that a mask speaks of: at least as many as the numbers that its distribution is made of.</summary>
    private static double Outputs(Space actions) => (double)actions.Size + actions.MaskSize;

    /// <summary>The states that sequences begin from, once per rollout, and those of the acting engine, which has a window's inputs, keys and values.</summary>
    private static double States(TrainingConfiguration configuration)
    {
        PpoSettings ppo = configuration.Ppo;
        MemoryCost cost = Cost(configuration);
        double stored = (cost.State * (ppo.Rollout / configuration.SequenceLength)) + (cost.Window > 0 ? (cost.Window + ppo.Rollout) * cost.Item : 0);
        double acting = (3 * cost.State) + (3 * (cost.Window + 64) * cost.Item); // rings are padded
        return ppo.Environments * (((configuration.Overlap ? 2 : 1) * stored) + acting);
    }

    /// <summary>What learning from one minibatch gathers, keeps and makes.</summary>
    private static double Minibatch(TrainingConfiguration configuration, Space observations, Space actions)
    {
        PpoSettings ppo = configuration.Ppo;
        MemoryCost cost = Cost(configuration);
        double length = configuration.SequenceLength, width = configuration.Network.Hidden;
        double sequences = Math.Ceiling(ppo.Environments * (ppo.Rollout / length) / ppo.Minibatches);
        double step = observations.Size + (3.0 * observations.EncodedSize) + (4 * configuration.Network.EncoderLayers * width) + (4 * width) + 32 + (6 * Outputs(actions)) + cost.Step + (cost.StepAndItem * (cost.Window + length));
        return sequences * ((length * step) + cost.State + (cost.Window * (cost.Item + cost.WindowItem)));
    }

    /// <summary>Weights: themselves, two means of Adam, a gradient for every thread, and three copies on the way to the engine that acts.</summary>
    private static double Weights(TrainingConfiguration configuration, Space observations, Space actions)
    {
        double width = configuration.Network.Hidden;
        double shared = (observations.EncodedSize * width) + (configuration.Network.EncoderLayers * width * (width + 1)) + ((32 + Outputs(actions)) * width);
        return (6 + configuration.Threads) * (Cost(configuration).Weights + shared);
    }

    private static MemoryCost Cost(TrainingConfiguration configuration) =>
        MemoryRegistry.Find(configuration.Memory.Name).Cost(configuration.MemorySettings, TorchDevice.Resolve(configuration.Device).type);

    private static void Refuse(TrainingConfiguration configuration, MemoryCost cost, double needed, double largest, string rollout)
    {
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string? excess = needed > available ? FormattableString.Invariant($"about {needed / 1e9:N1} GB, and this machine has {available / 1e9:N1} GB")
            : largest * sizeof(float) > int.MaxValue ? FormattableString.Invariant($"an array of {largest * sizeof(float) / 1e9:N1} GB, and the largest is {int.MaxValue / 1e9:N1} GB")
            : null;
        if (excess is null) return;
        MemoryOptions memory = configuration.Memory;
        double forward = memory.FeedForward > 0 ? memory.FeedForward : 4.0 * configuration.Network.Hidden;
        string sizes = cost.Window > 0 ? $", {memory.Layers} layers, feed-forward width {forward} and context {memory.Context}" : "";
        throw new UserInputException($"These sizes need {excess}: memory {memory.Name} with hidden {configuration.Network.Hidden}{sizes}{rollout}. Choose smaller ones.");
    }
}
