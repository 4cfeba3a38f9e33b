using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training.Tests;

/// <summary>Environments that fail or hang in a run.</summary>
public sealed class FailingEnvironmentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rlseq-failing-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Where a row broke, the next value is the one that was seen before the step, the reward is nothing, and no episode is reported.</summary>
    [Theory, InlineData(ActingChoice.Managed), InlineData(ActingChoice.Torch)]
    public void A_broken_episode_is_truncated_without_bootstrapping_from_what_was_not_seen(string acting)
    {
        using DisposeScope scope = NewDisposeScope();
        using var trainer = new Trainer(Restarting("lstm") with { Acting = acting }, () => new Fragile());
        int rows = trainer.Environments.Rows;
        using var rollout = new Rollout(24, rows, 2, 1, new StateHistory(trainer.Network.Memory.Layout, rows, 24, 24, 0));
        IReadOnlyList<CollectedEpisode> ended = trainer.Collector.Collect(rollout);
        float[] observations = [.. Rollout.Floats(rollout.Observations)], values = [.. Rollout.Floats(rollout.Values)];
        bool[] starts = rollout.Starts.data<bool>().ToArray();
        int broken = 0;
        for (int at = 0; at < 24 * rows; at++)
        {
            if (observations[at * 2] != Fragile.BreaksNext) continue;
            broken++;
            Assert.True(rollout.Done[at]);
            Assert.Equal((0, values[at]), (rollout.Rewards[at], rollout.NextValues[at]));
            Assert.NotEqual(0, values[at]);
            if (at + rows < 24 * rows) Assert.True(starts[at + rows]);
        }
        Assert.InRange(broken, 5, 100);
        Assert.Equal(broken, trainer.EnvironmentFailures);
        Assert.Equal(rollout.Done.Count(done => done) - broken, ended.Count);
        Assert.All(ended, episode => Assert.Equal(Fragile.Length, episode.Length));
    }

    /// <summary>A row that is restarted because its next reset failed has done its last step: reward, length and discount are those of the episode that ended.</summary>
    [Theory, InlineData(""), InlineData("1ms")]
    public void An_episode_that_ends_before_a_reset_fails_counts_as_it_was(string period)
    {
        const int steps = 24;
        using DisposeScope scope = NewDisposeScope();
        using var trainer = new Trainer(Restarting("none").With("clock.period", period), () => new BrokenReset());
        int rows = trainer.Environments.Rows;
        using var rollout = new Rollout(steps, rows, trainer.Network.ObservationSpace.Size, 1, new StateHistory(trainer.Network.Memory.Layout, rows, steps, steps, 0), decisions: trainer.Collector.Decides);
        IReadOnlyList<CollectedEpisode> ended = trainer.Collector.Collect(rollout);
        Assert.InRange(trainer.EnvironmentFailures, 5, 100);
        Assert.All(rollout.Rewards, reward => Assert.Equal(1, reward)); // of every step, the last one included
        Assert.Equal(rows * (steps / BrokenReset.Length), ended.Count);
        Assert.All(ended, episode => Assert.Equal((BrokenReset.Length, BrokenReset.Length), (episode.Length, episode.Return)));
        if (rollout.Decisions is not { } decisions) return;
        Assert.All(decisions.Discounts, discount => Assert.Equal(trainer.Configuration.Ppo.Discount, discount));
        Assert.Equal(new ClockMetrics(1, 0, 0, 1), decisions.Measure());
    }

    [Fact]
    public void With_restarts_the_result_depends_on_no_thread_either()
    {
        using var one = new Trainer(Restarting("gru"), () => new Fragile());
        using var three = new Trainer(Restarting("gru") with { CollectThreads = 3 }, () => new Fragile());
        one.Run();
        three.Run();
        Assert.Equal(Trained.Weights(one), Trained.Weights(three));
        Assert.Equal(one.EnvironmentFailures, three.EnvironmentFailures);
        Assert.True(one.EnvironmentFailures > 20);
        Assert.Equal(one.Episodes.MeanReturn, three.Episodes.MeanReturn);
    }

    [Fact]
    public void Restarts_are_counted_in_progress_and_metrics_and_after_resuming()
    {
        long failures = 0;
        using (TrainingRun run = TrainingRun.Begin(Restarting("none"), _folder, () => new Fragile()))
        using (var stop = new CancellationTokenSource())
        {
            run.Run(progress =>
            {
                failures = progress.EnvironmentFailures;
                if (progress.Update == 2) stop.Cancel();
            }, stop.Token);
        }
        Assert.True(failures > 5);
        Assert.Equal(failures, MetricsFile.Read(Path.Combine(_folder, TrainingRun.MetricsName)).Entries[^1]["environment_failures"]);
        using TrainingRun resumed = TrainingRun.Resume(_folder, () => new Fragile());
        Assert.Equal(failures, resumed.Trainer.EnvironmentFailures);
        using var whole = new Trainer(Restarting("none"), () => new Fragile());
        whole.Run();
        resumed.Run();
        Assert.Equal(whole.EnvironmentFailures, resumed.Trainer.EnvironmentFailures);
        Assert.Equal(Trained.Weights(whole), Trained.Weights(resumed.Trainer));
    }

    [Fact]
    public void A_failure_keeps_the_last_checkpoint_and_leaves_what_plays_it_again()
    {
        int made = 0;
        TrainingConfiguration configuration = Trained.Small("lstm") with { CheckpointEvery = 1 };
        EnvironmentException failure;
        using (TrainingRun run = TrainingRun.Begin(configuration, _folder, () => new Late(made++ == 3)))
            failure = Assert.Throws<EnvironmentException>(() => run.Run());
        FailureFile file = FailureFile.Read(Path.Combine(_folder, FailureFile.Name));
        Assert.Equal((failure.EpisodeSeed, failure.Step, "Too late."), (file.EpisodeSeed, file.Step, file.Error));
        Assert.Equal(failure.Actions!, file.Actions);
        using var again = new Late(fails: true, after: 0);
        Assert.Equal("Too late.", Assert.Throws<InvalidOperationException>(() => file.Replay(again)).Message);
        using TrainingRun resumed = TrainingRun.Resume(_folder, () => new Late(false));
        Assert.True(resumed.Trainer.Updates >= 1);
        resumed.Run();
        Assert.True(resumed.Trainer.Finished);
    }

    [Fact]
    public void What_is_no_failure_file_is_refused()
    {
        string path = Path.Combine(_folder, "file.json");
        foreach (string text in (string[])["", "null", "{}", "[1]", "{\"environment\": 3}", "x"])
        {
            File.WriteAllText(path, text);
            Assert.Contains("is not the failure.json of a run", Assert.ThrowsAny<UserInputException>(() => FailureFile.Read(path)).Message, StringComparison.Ordinal);
        }
        Assert.Contains("cannot be read", Assert.ThrowsAny<UserInputException>(() => FailureFile.Read(path + "2")).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void A_hanging_environment_ends_the_run(int threads)
    {
        using var release = new ManualResetEventSlim();
        int made = 0;
        TrainingConfiguration configuration = (Trained.Small("lstm") with { CollectThreads = threads }).With("environment.step_timeout", "0.25");
        using (var trainer = new Trainer(configuration, () => new Corridors { Waits = made++ == 6 ? release : null }))
        {
            EnvironmentException failure = Assert.Throws<EnvironmentException>(trainer.Update);
            Assert.Equal(5, failure.Row); // the first that was made was the trainer's probe
            Assert.Contains("Corridors: row 5 failed in step 2", failure.Message, StringComparison.Ordinal);
            Assert.Contains("did not return within 0.25 seconds", failure.Message, StringComparison.Ordinal);
        }
        release.Set();
    }

    /// <summary>The first resets of all come before anything is collected.</summary>
    [Fact]
    public void An_environment_that_hangs_in_the_first_reset_ends_the_run()
    {
        using var release = new ManualResetEventSlim();
        int made = 0;
        EnvironmentException failure = Assert.Throws<EnvironmentException>(() =>
            new Trainer(Trained.Small("none").With("environment.step_timeout", "0.25"), () => new StuckReset(made++ == 3 ? release : null)).Dispose());
        release.Set();
        Assert.Contains("StuckReset: row 2 failed in Reset of the episode", failure.Message, StringComparison.Ordinal);
        Assert.Contains("did not return within 0.25 seconds", failure.Message, StringComparison.Ordinal);
    }

    private static TrainingConfiguration Restarting(string memory) => Trained.Small(memory).With("environment.on_error", "restart");

    /// <summary>Episodes of five steps; a drawn one says in its observation that the next step breaks, and it does.</summary>
    private sealed class Fragile() : SaveableEnvironment(Space.Box(-5, 5, 2), Space.Discrete(3), "Fragile")
    {
        public const int Length = 5;
        public const float BreaksNext = 5;
        private bool _breaks;

        protected override void OnReset(Span<float> observation) => Observe(observation);

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation.Fill(float.NaN); // as an environment leaves it that fails half-way
            if (_breaks) throw new InvalidOperationException("Broken.");
            Observe(observation);
            return new StepResult(action[0], false, Truncated: Steps == Length);
        }

        protected override void OnSave(ref MessagePack.MessagePackWriter writer) => writer.Write(_breaks);

        protected override void OnRestore(ref MessagePack.MessagePackReader reader) => _breaks = reader.ReadBoolean();

        private void Observe(Span<float> observation)
        {
            _breaks = Random.NextInt(15) == 0;
            (observation[0], observation[1]) = (_breaks ? BreaksNext : Random.NextFloat(-1, 1), Steps / 5f);
        }
    }

    /// <summary>Episodes of four steps with a reward of 1 each; one in three resets fails.</summary>
    private sealed class BrokenReset() : EnvironmentBase(Space.Box(-1, 1, 1), Space.Discrete(2), "BrokenReset")
    {
        public const int Length = 4;

        protected override void OnReset(Span<float> observation)
        {
            if (Random.NextInt(3) == 0) throw new InvalidOperationException("No beginning.");
            observation[0] = 0;
        }

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation[0] = Random.NextFloat(-1, 1);
            return new StepResult(1, Terminated: Steps == Length, Truncated: false);
        }
    }

    /// <summary>Fails at the fourth step of the episode after some others.</summary>
    private sealed class Late(bool fails, int after = 8) : EnvironmentBase(Space.Box(-1, 1, 1), Space.Discrete(3), "Late")
    {
        private int _episodes = -1;

        protected override void OnReset(Span<float> observation)
        {
            observation[0] = Random.NextFloat(-1, 1);
            _episodes++;
        }

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            if (fails && _episodes >= after && Steps == 4) throw new InvalidOperationException("Too late.");
            observation[0] = Random.NextFloat(-1, 1);
            return new StepResult(0, Terminated: Steps == 6, Truncated: false);
        }
    }

    /// <summary>Waits for the test before its first observation.</summary>
    private sealed class StuckReset(ManualResetEventSlim? release) : EnvironmentBase(Space.Discrete(2), Space.Discrete(2))
    {
        protected override void OnReset(Span<float> observation)
        {
            release?.Wait();
            observation[0] = 0;
        }

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            observation[0] = 1;
            return new(0, Terminated: Steps == 5, Truncated: false);
        }
    }
}
