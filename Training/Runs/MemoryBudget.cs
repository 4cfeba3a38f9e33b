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
        return sizeof(float) * (rollout + states + activations + (4 * Weights(configuration)));
    }

    /// <summary>Checks that one agent can act: the weights, which exist in libtorch, in the exported policy and in the engine, and the state.</summary>
    /// <param name="configuration">The sizes; those of PPO do not matter.</param>
    /// <exception cref="UserInputException">It would not fit.</exception>
    public static void CheckActing(TrainingConfiguration configuration)
    {
        MemorySettings memory = configuration.MemorySettings;
        double state = Attends(memory) ? (double)memory.Layers * (memory.Context + 1.0) * memory.Hidden : 2.0 * memory.Hidden;
        Refuse(configuration, sizeof(float) * ((5 * Weights(configuration)) + (4 * state)), Math.Max(state, LargestMatrix(memory)), "");
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
