using RLSeq.Environments;

namespace RLSeq.Training.Tests;

public sealed class WideSpaceTests
{
    public static TheoryData<string> Memories => Trained.Memories;

    /// <summary>Law 9 where every kind of space takes part, and where the normalisation's clamp matters.</summary>
    [Theory, MemberData(nameof(Memories))]
    public void Law_9_the_first_ratio_is_one_with_every_kind_of_space(string memory)
    {
        const int Steps = 48, Rows = 12, Observation = 9, Action = 2;
        TrainingConfiguration small = Trained.Small(memory);
        Assert.True(small.Ppo.NormalizeObservations);
        // One minibatch, so that the first ratio is that of the whole rollout; steps large enough that the policy is no longer uniform.
        PpoSettings ppo = small.Ppo with { Environments = Rows, Rollout = Steps, Minibatches = 1, Epochs = 6, LearningRate = 1e-2 };
        using var trainer = new Trainer(small with { Ppo = ppo, Steps = 3 * Steps * Rows }, () => new WideObservations());
        for (int update = 0; update < 3; update++)
        {
            TrainingProgress progress = trainer.Update();
            Assert.True(progress.Learning.FirstRatioError <= 1e-4, $"Update {update}: the first ratio is {progress.Learning.FirstRatioError} away from 1.");
        }

        // The clamp was at work, and the policy depends on what it sees.
        using var rollout = new Rollout(Steps, Rows, Observation, Action, new StateHistory(trainer.Network.Memory.Layout, Rows, Steps, ppo.Bptt, 0));
        trainer.Collector.Collect(rollout);
        float[] scale = trainer.Observed.ToNormalization().Scale[..2];
        float[] observations = [.. Rollout.Floats(rollout.Observations)], logProbabilities = [.. Rollout.Floats(rollout.LogProbabilities)];
        Assert.Contains(observations.Chunk(Observation), observation => Math.Abs(observation[0] * scale[0]) > 12);
        Assert.Contains(observations.Chunk(Observation), observation => Math.Abs(observation[1] * scale[1]) > 12);
        Assert.True(logProbabilities.Max() - logProbabilities.Min() > 0.5);
    }

    /// <summary>Of 2²⁰ choices, each of 64 · 1024 samples in the one minibatch has a logit: an array of 275 GB.</summary>
    [Fact]
    public void An_action_space_that_is_too_wide_is_refused_before_anything_is_allocated()
    {
        TrainingConfiguration small = Trained.Small("none"), wide = small with { Ppo = small.Ppo with { Environments = 64, Rollout = 1024, Minibatches = 1 } };
        var exception = Assert.Throws<UserInputException>(() => MemoryBudget.Check(wide, Space.Discrete(2), Space.Discrete(1 << 20)));
        Assert.Contains("64 environments × 1024 steps, 1 numbers observed and 1048577 for actions", exception.Message, StringComparison.Ordinal);
        MemoryBudget.Check(wide, Space.Discrete(2), Space.Discrete(2));
    }

    [Theory]
    [InlineData(true, "ActionSpace is null.")]
    [InlineData(false, "ObservationSpace is null.")]
    public void An_environment_without_a_space_is_refused(bool observes, string missing)
    {
        var exception = Assert.Throws<UserInputException>(() => new Trainer(Trained.Small("none"), () => new Spaceless(observes)));
        Assert.Contains(missing, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_factory_that_gives_nothing_is_refused() =>
        Assert.Contains("The factory returned null.", Assert.Throws<UserInputException>(() => new Trainer(Trained.Small("none"), () => null!)).Message, StringComparison.Ordinal);
}
