using RLSeq.Environments;

namespace RLSeq.Training.Tests;

/// <summary>Wrappers in a configuration: they go around the environment, into the run's files, and come back from them.</summary>
public sealed class WrappedTrainingTests
{
    [Fact]
    public void Wrappers_go_around_a_factorys_environment_and_into_the_policy()
    {
        using Trainer trainer = Trained.Trainer(Trained.Small("lstm").With("environment.wrappers", "previous-action, Frame-Stack=2"));
        Assert.Equal("previous-action,frame-stack=2", trainer.Configuration.EnvironmentOptions.Wrappers);
        Assert.Equal(2 * (1 + 1 + 1 + 1), trainer.Network.ObservationSpace.Size);
        trainer.Update();
        Agents.PolicyDefinition policy = trainer.Export();
        Assert.Equal(("Corridors", "previous-action,frame-stack=2"), (policy.Provenance["environment"], policy.Provenance["wrappers"]));
        Assert.False(policy.Provenance.ContainsKey("assembly"));
    }

    [Fact]
    public void What_a_task_needs_by_default_is_written_down()
    {
        EnvironmentRegistry.Register(new EnvironmentEntry("TestNeedsPrevious", "A test.", () => new Corridors()) { NeedsPreviousAction = true });
        TrainingConfiguration configuration = Trained.Small("none") with { Environment = "testneedsprevious" };
        using var trainer = new Trainer(configuration);
        Assert.Equal(("TestNeedsPrevious", "previous-action"), (trainer.Configuration.Environment, trainer.Configuration.EnvironmentOptions.Wrappers));
        using var bare = new Trainer(configuration.With("environment.wrappers", "bare"));
        Assert.Equal((2, "bare"), (bare.Network.ObservationSpace.Size, bare.Configuration.EnvironmentOptions.Wrappers));
    }

    /// <summary>Interrupted in the middle of wrapped episodes, resumed, and at the end the weights are those of a run that was not.</summary>
    [Fact]
    public void A_resumed_run_is_identical_to_one_that_was_not_interrupted()
    {
        TrainingConfiguration configuration = Trained.Small("lstm").With("environment.wrappers", "noise-observation=0.5,action-delay=2,observation-delay=1,time-limit=11");
        string folder = Directory.CreateTempSubdirectory("rlseq-wrapped-").FullName;
        try
        {
            using var whole = new Trainer(configuration, Trained.Environment);
            whole.Run();
            using (var stop = new CancellationTokenSource())
            using (TrainingRun run = TrainingRun.Begin(configuration, folder, Trained.Environment)) run.Run(progress => { if (progress.Update == 3) stop.Cancel(); }, stop.Token);
            using TrainingRun resumed = TrainingRun.Resume(folder, Trained.Environment);
            Assert.True(resumed.EnvironmentsRestored);
            resumed.Run();
            Assert.Equal(Trained.Weights(whole), Trained.Weights(resumed.Trainer));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Normalising_as_a_wrapper_is_the_trainers()
    {
        TrainingConfiguration configuration = new TrainingConfiguration().With("environment.wrappers", "normalize-observations,frame-stack=2,normalize-rewards");
        Assert.True(configuration.Ppo is { NormalizeObservations: true, NormalizeRewards: true });
        Assert.Equal("frame-stack=2", configuration.EnvironmentOptions.Wrappers);
    }

    [Theory]
    [InlineData("frame-stak=2", "Nearest: frame-stack")]
    [InlineData("discretize-actions=3", "does not fit Corridors: the actions Discrete(3) are discrete already.")]
    [InlineData("time-limit=none", "'none' is no whole number")]
    public void What_does_not_fit_is_refused_before_anything_is_trained(string wrappers, string because) =>
        Assert.Contains(because, Assert.ThrowsAny<UserInputException>(() => Trained.Trainer(Trained.Small("none").With("environment.wrappers", wrappers))).Message, StringComparison.Ordinal);
}
