using RLSeq.Environments;

namespace RLSeq.Training.Tests;

/// <summary>Collecting ahead: what it holds is decided by the configuration, not by who is faster.</summary>
public sealed class OverlapTests
{
    private static readonly TrainingConfiguration Configuration = Trained.Small("lstm") with { Overlap = true, CheckpointEvery = 3 };

    [Fact]
    public void The_result_depends_on_the_seed_alone_and_differs_from_the_one_without()
    {
        float[] expected = Weights(Configuration);
        Assert.Equal(expected, Weights(Configuration));
        Assert.Equal(expected, Weights(Configuration with { CollectThreads = 3 }));
        Assert.NotEqual(expected, Weights(Configuration with { Overlap = false }));
    }

    /// <summary>A rollout that was collected ahead is one update behind; the one after a checkpoint, update 4, is collected with the newest weights.</summary>
    [Fact]
    public void A_rollout_lags_by_one_update_but_for_the_first_and_those_after_a_checkpoint()
    {
        using Trainer trainer = Trained.Trainer(Configuration);
        double[] errors = [.. Enumerable.Range(0, 5).Select(_ => trainer.Update().Learning.FirstRatioError)];
        Assert.Equal([true, false, false, true, false], errors.Select(error => error <= 1e-4));
    }

    /// <summary>Without learning there is no lag either: the same episodes and losses come out.</summary>
    [Fact]
    public void With_weights_that_stay_as_they_are_it_changes_nothing()
    {
        TrainingConfiguration still = Configuration with { Ppo = Configuration.Ppo with { LearningRate = 0, NormalizeObservations = false } };
        Assert.Equal(Losses(still with { Overlap = false }), Losses(still));

        static (double, double, long, double)[] Losses(TrainingConfiguration configuration)
        {
            var found = new List<(double, double, long, double)>();
            using Trainer trainer = Trained.Trainer(configuration);
            trainer.Run(progress => found.Add((progress.Learning.PolicyLoss, progress.Learning.ValueLoss, progress.Episodes, progress.Return)));
            Assert.Equal(5, found.Count);
            return [.. found];
        }
    }

    [Fact]
    public void A_run_that_dies_goes_on_from_its_checkpoint_as_if_it_had_not()
    {
        float[] expected = Weights(Configuration);
        string folder = Path.Combine(Directory.CreateTempSubdirectory("rlseq").FullName, "run");
        using (TrainingRun run = TrainingRun.Begin(Configuration, folder, Trained.Environment))
        {
            Assert.Throws<InvalidOperationException>(() => run.Run(progress =>
            {
                if (progress.Update == 4) throw new InvalidOperationException("killed");
            }));
        }
        using TrainingRun resumed = TrainingRun.Resume(folder, Trained.Environment);
        Assert.Equal(3, resumed.Trainer.Updates);
        resumed.Run();
        Assert.Equal(expected, Trained.Weights(resumed.Trainer));
    }

    [Fact]
    public void A_run_that_is_stopped_first_learns_from_what_was_collected_ahead()
    {
        using Trainer trainer = Trained.Trainer(Configuration);
        using var stop = new CancellationTokenSource();
        var updates = new List<long>();
        trainer.Run(progress =>
        {
            updates.Add(progress.Update);
            if (progress.Update == 1) stop.Cancel();
        }, stop.Token);
        Assert.Equal([1, 2], updates);
        Assert.False(trainer.IsAhead);
    }

    [Fact]
    public void An_environment_that_fails_meanwhile_is_reported_by_the_next_update()
    {
        int created = 0;
        using var trainer = new Trainer(Configuration, () => new FailingLater(created++ == 6));
        _ = trainer.Update();
        var exception = Assert.Throws<EnvironmentException>(trainer.Update);
        Assert.Contains("it broke", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Torch_acts_with_the_weights_that_change_so_it_cannot_act_ahead() =>
        Assert.Contains("overlap is true", Assert.Throws<UserInputException>(() => Trained.Trainer(Configuration with { Acting = ActingChoice.Torch })).Message, StringComparison.Ordinal);

    private static float[] Weights(TrainingConfiguration configuration)
    {
        using Trainer trainer = Trained.Trainer(configuration);
        trainer.Run();
        return Trained.Weights(trainer);
    }

    /// <summary>Breaks at its 30th step, which is in the second rollout.</summary>
    private sealed class FailingLater(bool fails) : EnvironmentBase(Space.Box(-1, 1, 2), Space.Discrete(2))
    {
        private int _steps;

        protected override void OnReset(Span<float> observation) => observation.Clear();

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            if (fails && ++_steps == 30) throw new InvalidOperationException("it broke");
            observation.Clear();
            return new(0, false, Steps == 10);
        }
    }
}
