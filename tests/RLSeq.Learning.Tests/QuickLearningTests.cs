using RLSeq.Agents;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Learning.Tests;

/// <summary>Trainings of a few seconds on tasks whose ceiling without learning is known, so that every test run sees learning work.</summary>
public sealed class QuickLearningTests
{
    [Theory]
    [InlineData("gru", 0.9, 1)]
    [InlineData("lstm", 0.9, 1)]
    [InlineData("ffm", 0.9, 1)]
    [InlineData("ffm-normalized", 0.9, 1)]
    [InlineData("lru", 0.9, 1)]
    [InlineData("min-gru", 0.9, 1)]
    [InlineData("gated-delta-net", 0.9, 1)]
    [InlineData("hcam", 0.9, 1)]
    [InlineData("transformer", 0.9, 1)]
    [InlineData("transformer-gated", 0.9, 1)]
    [InlineData("transformer-distinct", 0.9, 1)]
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

    [Fact]
    public void A_continuous_action_learns_to_hit_what_is_shown()
    {
        using var trainer = new Trainer(Short("Aim", 60_000), () => new Aim());
        using var world = new Aim();
        var settings = new EvaluationSettings { Episodes = 256 };
        Assert.InRange(Evaluator.Run(PolicyNetwork.From(trainer.Export()), world, settings).MeanReturn, -0.3, -0.15);
        trainer.Run();
        var network = PolicyNetwork.From(trainer.Export());
        Assert.InRange(Evaluator.Run(network, world, settings).MeanReturn, -0.01, 0);
        // What is explored became narrower too: it began with a deviation of 1, and the reward falls by its square.
        Assert.InRange(Evaluator.Run(network, world, settings with { Selection = ActionSelection.Sample }).MeanReturn, -0.1, -0.001);
    }

    [Fact]
    public void The_best_of_what_a_mask_allows_is_learned()
    {
        using var trainer = new Trainer(Short("BestAllowed", 60_000), () => new BestAllowed());
        trainer.Run();
        using var world = new BestAllowed();
        Assert.InRange(Evaluator.Run(PolicyNetwork.From(trainer.Export()), world, new EvaluationSettings { Episodes = 100 }).MeanReturn, 0.97, 1.001);
    }

    private static TrainingConfiguration Short(string environment, long steps) => new()
    {
        Environment = environment,
        Steps = steps,
        Device = "cpu",
        Network = new NetworkSettings { Hidden = 16 },
        Memory = new MemoryOptions { Name = "none" },
        Ppo = new PpoSettings { Rollout = 32, LearningRate = 5e-3 },
    };
}
