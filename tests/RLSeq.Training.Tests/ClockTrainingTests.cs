using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training.Tests;

/// <summary>Whole runs under the clock.</summary>
public sealed class ClockTrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rlseq-clock-").FullName;

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (object[] row in Trained.Engines)
            {
                bool managed = Equals(row[1], ActingChoice.Managed);
                foreach (string rule in managed ? (string[])["repeat-last", "apply-late"] : ["no-op"]) cases.Add((string)row[0], (string)row[1], rule);
            }
            return cases;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Law 9 with misses in the middle of episodes, episodes that end anywhere, and from the second update on weights changed in between.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void Law_9_the_first_ratio_is_one(string memory, string acting, string rule)
    {
        TrainingConfiguration clocked = ClockCollectingTests.Clocked(memory, rule) with { Acting = acting };
        using Trainer trainer = Trained.Trainer(clocked with { Ppo = clocked.Ppo with { Epochs = 1, Minibatches = 1 } });
        for (int update = 0; update < 3; update++)
        {
            TrainingProgress progress = trainer.Update();
            Assert.True(progress.Learning.FirstRatioError <= 1e-4, $"Update {update}: the first ratio is {progress.Learning.FirstRatioError} away from 1.");
            Assert.InRange(progress.Learning.KlDivergence, -1e-7, 1e-7);
            Assert.InRange(progress.Clock!.MissRate, 0.3, 0.9);
            Assert.InRange(progress.Clock.AppliedShare, 0.2, 0.9);
            Assert.InRange(progress.Clock.TicksPerDecision, 1.3, 2);
        }
        Assert.True(trainer.Episodes.Count > 30);
    }

    [Theory, InlineData("lstm", "apply-late"), InlineData("transformer", "repeat-last")]
    public void The_same_seed_gives_the_same_weights_on_any_number_of_threads(string memory, string rule)
    {
        float[] Run(TrainingConfiguration configuration)
        {
            using Trainer trainer = Trained.Trainer(configuration);
            trainer.Run();
            return Trained.Weights(trainer);
        }

        TrainingConfiguration configuration = ClockCollectingTests.Clocked(memory, rule);
        float[] first = Run(configuration);
        Assert.Equal(first, Run(configuration));
        Assert.Equal(first, Run(configuration with { CollectThreads = 3 }));
        Assert.NotEqual(first, Run(configuration with { Clock = configuration.Clock with { SlowDown = 1.5 } }));
    }

    [Theory, InlineData("lstm", "apply-late"), InlineData("transformer", "repeat-last")]
    public void A_resumed_run_equals_one_that_was_never_stopped(string memory, string rule)
    {
        TrainingConfiguration configuration = ClockCollectingTests.Clocked(memory, rule);
        string whole = Path.Combine(_folder, "whole"), stopped = Path.Combine(_folder, "stopped");
        float[] expected = Finish(TrainingRun.Begin(configuration, whole, Trained.Environment));
        using (TrainingRun run = TrainingRun.Begin(configuration, stopped, Trained.Environment))
        {
            using var stop = new CancellationTokenSource();
            run.Run(progress =>
            {
                if (progress.Update == 3) stop.Cancel();
            }, stop.Token);
        }
        using (TrainingRun resumed = TrainingRun.Resume(stopped, Trained.Environment))
        {
            Assert.True(resumed.EnvironmentsRestored);
            Assert.Equal(configuration.Clock, resumed.Trainer.Configuration.Clock);
            Assert.Equal(expected, Finish(resumed));
        }
        IReadOnlyList<IReadOnlyDictionary<string, double>> one = Metrics(whole), two = Metrics(stopped);
        foreach (string field in (string[])["return_mean", "length_mean", "policy_loss", "miss_rate", "ticks_per_decision", "dropped_observations", "applied_share"])
            Assert.Equal(one.Select(entry => entry[field]), two.Select(entry => entry[field]));
        Assert.All(one, entry => Assert.Equal((entry["ticks_per_decision"] - 1) * 8 * 24, entry["dropped_observations"], 1e-6));
    }

    /// <summary>An agent that thinks in no time lives in a world that waits, whatever the kind of its actions and the engine that learns.</summary>
    [Theory, InlineData("lstm", "corridors"), InlineData("transformer", "corridors"), InlineData("gru", "mixed"), InlineData("none", "masked")]
    public void Without_latency_and_report_every_bit_is_that_of_no_clock(string memory, string actions)
    {
        Func<IEnvironment> environment = actions switch
        {
            "corridors" => Trained.Environment,
            "mixed" => () => new Playground(Space.Tuple(Space.Discrete(3), Space.Box(-1, 2, 2))),
            _ => () => new MaskedPlayground(Space.MultiDiscrete(3, 2)),
        };
        (float[] Weights, TrainingProgress Last) Run(ClockOptions clock)
        {
            using var trainer = new Trainer(Trained.Small(memory) with { Clock = clock, Threads = 2 }, environment);
            TrainingProgress? latest = null;
            trainer.Run(progress => latest = progress);
            return (Trained.Weights(trainer), latest!);
        }

        int threads = get_num_threads();
        (float[] weights, TrainingProgress last) = Run(new ClockOptions());
        (float[] clocked, TrainingProgress lastClocked) = Run(new ClockOptions { Period = "60Hz", Report = false });
        set_num_threads(threads);
        Assert.Equal(weights, clocked);
        Assert.Equal(last.Learning, lastClocked.Learning);
        Assert.Equal((last.Return, last.EpisodeLength), (lastClocked.Return, lastClocked.EpisodeLength));
        Assert.Null(last.Clock);
        Assert.Equal(new ClockMetrics(1, 0, 0, 1), lastClocked.Clock);
    }

    [Fact]
    public void The_policy_says_the_clock_it_was_trained_under()
    {
        string recording = Path.Combine(_folder, "recorded.msgpack");
        File.WriteAllBytes(recording, LatencyProfileFile.Write(new RecordedLatency([new LatencySegment(0, int.MaxValue, [400_000, 1_700_000])], "two")));
        TrainingConfiguration configuration = ClockCollectingTests.Clocked("none", "no-op", recording);
        using Trainer trainer = Trained.Trainer(configuration with { Clock = configuration.Clock with { Deadline = "900us", SlowDown = 1.1 } });
        Assert.InRange(trainer.Update().Clock!.MissRate, 0.3, 0.7);
        string path = Path.Combine(_folder, "policy.rlseq");
        PolicyFile.Save(path, trainer.Export());
        PolicyDefinition policy = PolicyFile.Load(path);
        Assert.Equal("recorded.msgpack", policy.Provenance["clock.latency"]);
        Assert.Equal(("900us", "no-op", "1.1"), (policy.Provenance["clock.deadline"], policy.Provenance["clock.on_miss"], policy.Provenance["clock.slow_down"]));
        Assert.Equal(policy.ObservationSpace, trainer.Configuration.Clock.Load()!.Around(new Corridors()).ObservationSpace);

        using Trainer waiting = Trained.Trainer(Trained.Small("none"));
        Assert.DoesNotContain(waiting.Export().Provenance.Keys, key => key.StartsWith("clock.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_under_the_clock_can_be_played_again_under_it()
    {
        TrainingConfiguration configuration = ClockCollectingTests.Clocked("none", "apply-late");
        var failure = new EnvironmentException("Corridors", 0, 7, 1, new InvalidOperationException("boom"), [1]);
        string path = Path.Combine(_folder, FailureFile.Name);
        Assert.True(FailureFile.Write(path, configuration, failure));
        Assert.Equal(configuration.Clock, FailureFile.Read(path).Clock);
        Assert.True(FailureFile.Write(path, Trained.Small("none"), failure));
        Assert.Equal(new ClockOptions(), FailureFile.Read(path).Clock);
    }

    [Fact]
    public void A_broken_row_goes_on_under_its_clock()
    {
        int steps = 0;
        TrainingConfiguration configuration = ClockCollectingTests.Clocked("lstm", "apply-late");
        configuration = configuration with { EnvironmentOptions = configuration.EnvironmentOptions with { OnError = EnvironmentOptions.Restart } };
        using var trainer = new Trainer(configuration, () => new Fragile(() => ++steps % 50 == 0));
        for (int update = 0; update < 3; update++) Assert.True(double.IsFinite(trainer.Update().Learning.PolicyLoss));
        Assert.InRange(trainer.EnvironmentFailures, 5, 100);
    }

    [Fact]
    public void A_world_with_several_agents_is_refused()
    {
        ClockOptions clock = new() { Period = "1ms" };
        const string several = "FogPongDuel";
        Assert.Contains("several agents", Assert.ThrowsAny<UserInputException>(() => NamedEnvironment.Of(new TrainingConfiguration { Environment = several, Clock = clock })).Message, StringComparison.Ordinal);
        Func<IEnvironment> seats = AgentSeats.Factory(EnvironmentRegistry.Get(several).CreateWorld!);
        Assert.Contains("several agents", Assert.ThrowsAny<UserInputException>(() => new Trainer(Trained.Small("none") with { Clock = clock }, seats)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clock.period", "soon", "clock.period")]
    [InlineData("clock.period", "2000000s", "at most 3600s")]
    [InlineData("clock.deadline", "2ms", "at most the period")]
    [InlineData("clock.action_delay", "2", "0 to 1")]
    [InlineData("clock.on_miss", "wait", "repeat-last, no-op, apply-late")]
    [InlineData("clock.latency", "slow", "latency profile")]
    [InlineData("clock.latency", "missing.msgpack", "cannot be read")]
    [InlineData("clock.slow_down", "0", "clock.slow_down")]
    public void Clocks_that_cannot_be_are_refused(string key, string value, string part)
    {
        TrainingConfiguration configuration = new TrainingConfiguration().With("clock.period", "1ms");
        Assert.Contains(part, Assert.ThrowsAny<UserInputException>(() => configuration.With(key, value).Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_period_the_world_waits_and_nothing_else_of_the_clock_makes_sense()
    {
        new TrainingConfiguration().With("clock.period", "60Hz").With("clock.period", "0").Validate();
        foreach ((string key, string value) in (ReadOnlySpan<(string, string)>)[("clock.deadline", "1ms"), ("clock.action_delay", "1"), ("clock.on_miss", "no-op"), ("clock.latency", "fixed:1ms"), ("clock.slow_down", "4"), ("clock.report", "false")])
            Assert.Contains($"{key} is {value}, but without clock.period", Assert.ThrowsAny<UserInputException>(new TrainingConfiguration().With(key, value).Validate).Message, StringComparison.Ordinal);
        Assert.Equal(Path.GetFullPath("a.msgpack"), new TrainingConfiguration().With("clock.latency", "a.msgpack").Clock.Latency);
    }

    private static float[] Finish(TrainingRun run)
    {
        using (run)
        {
            run.Run();
            return Trained.Weights(run.Trainer);
        }
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, double>> Metrics(string folder) => MetricsFile.Read(Path.Combine(folder, TrainingRun.MetricsName)).Entries;

    private sealed class Fragile(Func<bool> breaks) : EnvironmentBase(Space.Discrete(2), Space.Discrete(2), "Fragile")
    {
        protected override void OnReset(Span<float> observation) => observation[0] = 0;

        protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
        {
            if (breaks()) throw new InvalidOperationException("boom");
            observation[0] = Steps % 2;
            return new StepResult(1, Terminated: false, Truncated: Steps == 9);
        }
    }
}
