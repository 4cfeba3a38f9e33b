using RLSeq.Agents;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Learning.Tests;

/// <summary>Trainings of a few seconds on a task whose ceiling without memory is known, so that every test run sees learning work.</summary>
public sealed class QuickLearningTests
{
    [Theory]
    [InlineData("gru", 0.9, 1)]
    [InlineData("lstm", 0.9, 1)]
    [InlineData("transformer", 0.9, 1)]
    [InlineData("none", -0.25, 0.25)] // two standard errors of 256 episodes around 0, twice
    public void A_cue_is_recalled_with_a_memory_and_never_without(string memory, double low, double high)
    {
        using var trainer = new Trainer(new TrainingConfiguration
        {
            Environment = "Recall",
            Steps = 24_000,
            Device = "cpu",
            Network = new NetworkSettings { Hidden = 16 },
            Memory = new MemoryOptions { Name = memory, Layers = 1, Heads = 2, Context = 4 },
            Ppo = new PpoSettings { Rollout = 16, LearningRate = 5e-3 },
        }, () => new Recall());
        trainer.Run();
        using var world = new Recall();
        double mean = Evaluator.Run(PolicyNetwork.From(trainer.Export()), world, new EvaluationSettings { Episodes = 256 }).MeanReturn;
        Assert.InRange(mean, low, high);
    }
}
