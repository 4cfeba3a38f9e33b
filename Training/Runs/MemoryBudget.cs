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
        double feedForward = memory.FeedForward > 0 ? memory.FeedForward : 4 * width;
        double batch = Math.Ceiling(rows * (steps / sequence) / ppo.Minibatches);
        double rollout = rows * steps * (observationSize + 8);
        bool attends = MemoryRegistry.Find(memory.Name).Name == "transformer";
        double states = attends ? 4 * rows * memory.Layers * (memory.Context + steps) * width : 2 * rows * (steps / sequence) * width;
        double perStep = attends
            ? memory.Layers * ((10 * width) + (2 * feedForward) + (4.0 * memory.Heads * (memory.Context + sequence)))
            : 14 * width;
        double activations = 2 * batch * sequence * (perStep + ((configuration.Network.EncoderLayers + 2) * width));
        double weights = 4 * ((configuration.Network.EncoderLayers * width * width) + (attends ? memory.Layers * ((4 * width * width) + (2 * width * feedForward)) : 8 * width * width));
        return sizeof(float) * (rollout + states + activations + weights);
    }

    /// <summary>Checks a run against the memory of this machine.</summary>
    /// <param name="configuration">The sizes.</param>
    /// <param name="observationSize">Floats of an observation.</param>
    /// <exception cref="UserInputException">It would not fit; the message says what takes how much.</exception>
    public static void Check(TrainingConfiguration configuration, int observationSize)
    {
        double needed = Estimate(configuration, observationSize), available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed <= available) return;
        throw new UserInputException(FormattableString.Invariant(
            $"These sizes need about {needed / 1e9:0.#} GB, and this machine has {available / 1e9:0.#} GB: memory {configuration.Memory.Name} with hidden {configuration.Network.Hidden}, {configuration.Memory.Layers} layers and context {configuration.Memory.Context}, {configuration.Ppo.Environments} environments × {configuration.Ppo.Rollout} steps. Lower memory.context, network.hidden, ppo.environments or ppo.rollout."));
    }
}
