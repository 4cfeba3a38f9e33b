using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training.Tests;

/// <summary>Small trainings that take a fraction of a second.</summary>
internal static class Trained
{
    public static TheoryData<string> Memories => [.. MemoryRegistry.All.Select(entry => entry.Name)];

    /// <summary>Every memory with every engine that may act.</summary>
    public static TheoryData<string, string> Engines
    {
        get
        {
            var engines = new TheoryData<string, string>();
            foreach (MemoryEntry memory in MemoryRegistry.All)
                foreach (string acting in (string[])[ActingChoice.Managed, ActingChoice.Torch]) engines.Add(memory.Name, acting);
            return engines;
        }
    }

    public static TrainingConfiguration Small(string memory) => new()
    {
        Environment = "Corridors",
        Steps = 5 * 8 * 24,
        Device = "cpu",
        CheckpointEvery = 2,
        Network = new NetworkSettings { Hidden = 12 },
        Memory = new MemoryOptions { Name = memory, Layers = 2, Heads = 2, Context = 7, FeedForward = 16 },
        Ppo = new PpoSettings { Environments = 8, Rollout = 24, Bptt = 12, Epochs = 2, Minibatches = 3, NormalizeObservations = true, NormalizeRewards = true },
    };

    public static Trainer Trainer(TrainingConfiguration configuration) => new(configuration, Environment);

    public static IEnvironment Environment() => new Corridors();

    /// <summary>All weights, one after the other.</summary>
    public static float[] Weights(Trainer trainer)
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. trainer.Network.parameters().SelectMany(parameter => parameter.detach().cpu().contiguous().data<float>().ToArray())];
    }
}
