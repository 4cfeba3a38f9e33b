using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json.Nodes;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Evaluation;
using RLSeq.Training;

namespace RLSeq.Cli.Tests;

/// <summary>What OpenTelemetry sees of training and evaluating, in the process and over the wire.</summary>
[Collection(TrainedRunTests.Name)]
public class TelemetryTests(TrainedRun run)
{
    private static readonly TrainingConfiguration Tiny = new()
    {
        Environment = "RepeatPreviousEasy",
        Steps = 3 * 4 * 64,
        Device = "cpu",
        Network = new NetworkSettings { Hidden = 8 },
        Memory = new MemoryOptions { Name = "lstm" },
        Ppo = new PpoSettings { Environments = 4, Rollout = 64, Epochs = 1, Minibatches = 2 },
    };

    [Fact]
    public void A_listener_sees_training()
    {
        using var seen = new Measurements();
        long episodes;
        using (var trainer = new Trainer(Tiny))
        {
            trainer.Run();
            episodes = trainer.Episodes.Count;
        }
        Assert.Equal(Tiny.Steps, seen.Of("rlseq.training.steps").Sum(one => one.Value));
        Assert.Equal(3, seen.Of("rlseq.training.updates").Sum(one => one.Value));
        Assert.Equal(3, seen.Of("rlseq.training.collect.duration").Count(one => one.Value > 0));
        Assert.Equal(3, seen.Of("rlseq.training.update.duration").Count(one => one.Value > 0));
        Assert.Equal(3, seen.Of("rlseq.training.kl").Count());
        Assert.Equal(3, seen.Of("rlseq.training.clip_fraction").Count(one => one.Value is >= 0 and <= 1));
        Assert.Equal(["policy", "value"], seen.Of("rlseq.training.loss").Select(one => one.Tags["rlseq.loss"]).Distinct().Order());
        Assert.True(episodes > 0);
        Assert.Equal(episodes, seen.Of("rlseq.episode.return").Count(one => one.Value is >= -1.001 and <= 1.001));
        Assert.Equal(episodes, seen.Of("rlseq.episode.length").Count(one => one.Value == 51)); // every episode of this task
        Assert.All(seen.Of("rlseq.training.steps").Concat(seen.Of("rlseq.episode.return")), one =>
        {
            Assert.Equal("RepeatPreviousEasy", one.Tags["rlseq.environment"]);
            Assert.Equal("lstm", one.Tags["rlseq.memory"]);
        });
        Assert.Empty(seen.Of("rlseq.agent.action.duration")); // collecting is no acting under a clock
    }

    [Fact]
    public void A_listener_sees_every_action_of_an_evaluation_in_seconds()
    {
        var network = PolicyNetwork.From(PolicyFile.Load(run.Policy));
        using IEnvironment environment = EnvironmentRegistry.Create("RepeatPreviousEasy");
        using var seen = new Measurements();
        EvaluationResult result = Evaluator.Run(network, environment, new EvaluationSettings { Episodes = 2 });
        double[] durations = [.. seen.Of("rlseq.agent.action.duration").Select(one => one.Value)];
        Assert.Equal(result.Steps, durations.Length);
        Assert.All(durations, seconds => Assert.InRange(seconds, 0, result.Seconds));
        Assert.Equal("s", seen.Units["rlseq.agent.action.duration"]);

        // The slowest action after the warm-up is the slowest of the agent's own record, which keeps half a percent or better.
        double slowest = durations[Agent.WarmupActions..].Max();
        Assert.InRange(result.Latency.Max / 1e9, slowest * 0.99, slowest * 1.01);
    }

    [Fact]
    public void A_listener_sees_a_run_and_its_updates_as_activities()
    {
        using var folder = new TemporaryFolder();
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RLSeqTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using (var training = TrainingRun.Begin(Tiny, folder["run"])) training.Run();
        Assert.Equal(["rlseq.training.update", "rlseq.training.update", "rlseq.training.update", "rlseq.training.run"], ended.Select(activity => activity.OperationName));
        Assert.All(ended.SkipLast(1), update => Assert.Equal(ended[^1].SpanId, update.ParentSpanId));
        Assert.All(ended, activity => Assert.Equal("lstm", activity.GetTagItem("rlseq.memory")));
    }

    [Fact]
    public void Training_is_exported_to_the_endpoint_that_the_standard_variable_names()
    {
        using var receiver = new OtlpReceiver();
        using var folder = new TemporaryFolder();
        _ = Rlseq.RunWith(receiver.Variables, ["train", "--memory", "none", "--steps", "256", "--episodes", "2", .. Rlseq.Tiny, "--out", folder["run"], "--json"]).Json;
        string metrics = Posted(receiver, "/v1/metrics");
        foreach (string name in (string[])["RLSeq", "rlseq.training.steps", "rlseq.training.updates", "rlseq.training.loss", "rlseq.training.kl", "rlseq.training.collect.duration",
            "rlseq.episode.return", "rlseq.episode.length", "rlseq.agent.action.duration", "RepeatPreviousEasy", "service.name"])
            Assert.Contains(name, metrics, StringComparison.Ordinal);
        string traces = Posted(receiver, "/v1/traces");
        foreach (string name in (string[])["rlseq.training.run", "rlseq.training.update", "rlseq.evaluation"]) Assert.Contains(name, traces, StringComparison.Ordinal);
    }

    [Fact]
    public void The_actions_of_an_evaluation_are_exported()
    {
        using var receiver = new OtlpReceiver();
        _ = Rlseq.RunWith(receiver.Variables, "evaluate", run.Policy, "--episodes", "2", "--json").Json;
        string metrics = Posted(receiver, "/v1/metrics");
        Assert.Contains("rlseq.agent.action.duration", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("rlseq.training", metrics, StringComparison.Ordinal);
    }

    /// <summary>Read with the protocol's field numbers, the figures are those of --json.</summary>
    [Fact]
    public void What_a_clock_counts_is_exported_and_every_episode_is_a_span()
    {
        using var receiver = new OtlpReceiver();
        JsonNode json = Rlseq.RunWith(receiver.Variables, "evaluate", run.Policy, "--episodes", "3", "--period", "2ms", "--clock", "wall", "--latency", "fixed:3ms", "--json").Json;
        List<OtlpContent.Metric> metrics = OtlpContent.Metrics(receiver);
        Assert.Equal(("{decision}", (double)json["misses"]!), Sum("rlseq.clock.misses"));
        Assert.Equal(("{observation}", (double)json["dropped"]!), Sum("rlseq.clock.dropped"));
        Assert.True((long)json["misses"]! > 0 && (long)json["dropped"]! > 0);
        Assert.Equal(("s", (long)json["steps"]! + 3), Count("rlseq.clock.tick.jitter")); // and tick 0 of each episode
        Assert.Equal(("{step}", 3), Count("rlseq.episode.length"));
        Assert.Equal((double)json["return_mean"]! * 3, Named("rlseq.episode.return").Points.Sum(point => point.Sum), 1e-9);
        foreach (string name in (string[])["rlseq.clock.misses", "rlseq.episode.return"])
            Assert.All(Named(name).Points, point => Assert.Equal(("RepeatPreviousEasy", "lstm"), (point.Attributes["rlseq.environment"], point.Attributes["rlseq.memory"])));
        Assert.Equal(("histogram", "histogram"), (Named("rlseq.clock.tick.jitter").Kind, Named("rlseq.agent.action.duration").Kind));
        Assert.Equal(RLSeqTelemetry.DurationBuckets, Named("rlseq.clock.tick.jitter").Bounds); // microseconds and seconds alike have buckets
        Assert.Equal(RLSeqTelemetry.DurationBuckets, Named("rlseq.agent.action.duration").Bounds);

        List<OtlpContent.Span> spans = OtlpContent.Spans(receiver);
        OtlpContent.Span evaluation = Assert.Single(spans, span => span.Name == "rlseq.evaluation");
        OtlpContent.Span[] episodes = [.. spans.Where(span => span.Name == "rlseq.evaluation.episode")];
        Assert.Equal(3, episodes.Length);
        Assert.All(episodes, span => Assert.Equal((evaluation.Trace, evaluation.Id), (span.Trace, span.Parent)));
        Assert.Equal((double)json["return_mean"]!, episodes.Average(span => (double)span.Attributes["rlseq.episode.return"]), 1e-9);
        Assert.Equal((long)json["steps"]!, episodes.Sum(span => (long)span.Attributes["rlseq.episode.length"]));
        Assert.Equal((long)json["misses"]!, episodes.Sum(span => (long)span.Attributes["rlseq.clock.misses"]));
        Assert.Equal([0L, 1L, 2L], episodes.Select(span => (long)span.Attributes["rlseq.episode.number"]).Order());

        OtlpContent.Metric Named(string name) => Assert.Single(metrics, metric => metric.Name == name);

        (string, double) Sum(string name) => (Named(name).Unit, Named(name).Points.Sum(point => point.Sum));

        (string, long) Count(string name) => (Named(name).Unit, Named(name).Points.Sum(point => point.Count));
    }

    [Fact]
    public void An_endpoint_that_is_no_address_costs_a_warning_and_nothing_else()
    {
        Rlseq.Finished end = Rlseq.RunWith(new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "nonsense" }, "memories", "--json");
        Assert.NotEmpty(end.Json.AsArray());
        Assert.Contains("Warning: OTEL_EXPORTER_OTLP_ENDPOINT is 'nonsense'", end.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_where_nobody_listens_costs_nothing()
    {
        var variables = new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" };
        Rlseq.Finished end = Rlseq.RunWith(variables, "evaluate", run.Policy, "--episodes", "2", "--json");
        Assert.Equal(2, (int)end.Json["episodes"]!);
        Assert.DoesNotContain("Exception", end.Error, StringComparison.Ordinal);
    }

    /// <summary>Everything that was posted to a path; names are UTF-8 in it.</summary>
    private static string Posted(OtlpReceiver receiver, string path)
    {
        var posts = receiver.Posts.Where(post => post.Path == path).ToList();
        Assert.NotEmpty(posts);
        Assert.All(posts, post => Assert.Equal("application/x-protobuf", post.ContentType));
        return string.Concat(posts.Select(post => Encoding.UTF8.GetString(post.Body)));
    }

    /// <summary>Listens to the meter.</summary>
    private sealed class Measurements : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<(string Instrument, double Value, Dictionary<string, object?> Tags)> _all = [];

        public Measurements()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name != RLSeqTelemetry.Name) return;
                Units[instrument.Name] = instrument.Unit;
                listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
            _listener.Start();
        }

        public Dictionary<string, string?> Units { get; } = [];

        public IEnumerable<(string Instrument, double Value, Dictionary<string, object?> Tags)> Of(string instrument) => _all.Where(one => one.Instrument == instrument);

        public void Dispose() => _listener.Dispose();

        private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (_all) _all.Add((instrument.Name, value, tags.ToArray().ToDictionary()));
        }
    }
}
