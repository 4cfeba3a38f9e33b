using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>Refuses sizes that this machine's memory cannot hold, before anything is allocated.</summary>
public static class MemoryBudget
{
    /// <summary>Estimates the bytes of a run: rollout, states, and the activations of one minibatch.</summary>
    /// <param name="configuration">The sizes.</param>
    /// <param name="observationSize">Floats of an observation.</param>
    public static double Estimate(TrainingConfiguration configuration, int observationSize)
    {
        PpoSettings ppo = configuration.Ppo;
        MemorySettings memory = configuration.MemorySettings;
        double rows = ppo.Environments, steps = ppo.Rollout, width = memory.Hidden, sequence = configuration.SequenceLength;
        double feedForward = FeedForward(memory);
        double batch = Math.Ceiling(rows * (steps / sequence) / ppo.Minibatches);
        double rollout = rows * steps * (observationSize + 8);
        bool attends = Attends(memory);
        double states = attends ? 4 * rows * memory.Layers * (memory.Context + steps) * width : 2 * rows * (steps / sequence) * width;
        double perStep = attends
            ? memory.Layers * ((10 * width) + (2 * feedForward) + (4.0 * memory.Heads * (memory.Context + sequence)))
            : 14 * width;
        double activations = 2 * batch * sequence * (perStep + ((configuration.Network.EncoderLayers + 2) * width));
        return sizeof(float) * (rollout + states + activations + ((3 + configuration.Threads) * Weights(configuration))); // every learning thread has a gradient of its own
    }

    /// <summary>Checks that agents can act in both engines: the weights, which exist in libtorch, in the exported policy and in the managed engine, and the states.</summary>
    /// <param name="configuration">The sizes; those of PPO do not matter.</param>
    /// <param name="rows">How many agents.</param>
    /// <exception cref="UserInputException">They would not fit.</exception>
    public static void CheckActing(TrainingConfiguration configuration, int rows = 1)
    {
        MemorySettings memory = configuration.MemorySettings;
        double state = Attends(memory) ? (double)memory.Layers * (memory.Context + 1.0) * memory.Hidden : 2.0 * memory.Hidden;
        // The managed engine holds a Transformer's inputs, keys and values; libtorch holds the inputs, and copies them as it steps.
        double needed = sizeof(float) * ((5 * Weights(configuration)) + ((rows == 1 ? 4 : 8) * rows * state));
        Refuse(configuration, needed, Math.Max(state, LargestMatrix(memory)), rows == 1 ? "" : FormattableString.Invariant($" and a batch of {rows}"));
        if (rows * state > Array.MaxLength)
            throw new UserInputException(FormattableString.Invariant($"A batch of {rows} has {rows * state:N0} floats of memory state, and an array holds at most {Array.MaxLength:N0}. Choose smaller batches or sizes."));
    }

    private static bool Attends(MemorySettings memory) => MemoryRegistry.Find(memory.Name).Name == "transformer";

    private static double FeedForward(MemorySettings memory) => memory.FeedForward > 0 ? memory.FeedForward : 4.0 * memory.Hidden;

    private static double Weights(TrainingConfiguration configuration)
    {
        MemorySettings memory = configuration.MemorySettings;
        double width = memory.Hidden, attention = (4 * width * width) + (2 * width * FeedForward(memory)) + ((double)memory.Heads * memory.Context);
        return (configuration.Network.EncoderLayers * width * width) + (Attends(memory) ? memory.Layers * attention : 8 * width * width);
    }

    private static double LargestMatrix(MemorySettings memory) =>
        Attends(memory) ? Math.Max(memory.Hidden * FeedForward(memory), (double)memory.Heads * memory.Context) : 4.0 * memory.Hidden * memory.Hidden;

    /// <summary>Checks a run against the memory of this machine.</summary>
    /// <param name="configuration">The sizes.</param>
    /// <param name="observationSize">Floats of an observation.</param>
    /// <exception cref="UserInputException">It would not fit; the message says what takes how much.</exception>
    public static void Check(TrainingConfiguration configuration, int observationSize)
    {
        PpoSettings ppo = configuration.Ppo;
        MemorySettings memory = configuration.MemorySettings;
        double states = Attends(memory)
            ? (double)ppo.Environments * memory.Layers * ((double)memory.Context + ppo.Rollout) * memory.Hidden
            : 2.0 * ppo.Environments * (ppo.Rollout / configuration.SequenceLength) * memory.Hidden;
        double largest = Math.Max(Math.Max(states, LargestMatrix(memory)), (double)configuration.StepsPerUpdate * observationSize);
        Refuse(configuration, Estimate(configuration, observationSize), largest, $", {ppo.Environments} environments × {ppo.Rollout} steps");
    }

    private static void Refuse(TrainingConfiguration configuration, double needed, double largest, string rollout)
    {
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string? excess = needed > available ? FormattableString.Invariant($"about {needed / 1e9:N1} GB, and this machine has {available / 1e9:N1} GB")
            : largest * sizeof(float) > int.MaxValue ? FormattableString.Invariant($"an array of {largest * sizeof(float) / 1e9:N1} GB, and the largest is {int.MaxValue / 1e9:N1} GB")
            : null;
        if (excess is null) return;
        MemoryOptions memory = configuration.Memory;
        string sizes = Attends(configuration.MemorySettings) ? $", {memory.Layers} layers, feed-forward width {FeedForward(configuration.MemorySettings)} and context {memory.Context}" : "";
        throw new UserInputException($"These sizes need {excess}: memory {memory.Name} with hidden {configuration.Network.Hidden}{sizes}{rollout}. Choose smaller ones.");
    }
}
