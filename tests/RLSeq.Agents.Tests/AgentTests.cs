using System.Diagnostics.Metrics;

namespace RLSeq.Agents.Tests;

public sealed class AgentTests
{
    [Fact]
    public void An_agent_is_a_batch_of_one()
    {
        PolicyDefinition policy = TestModules.Policy("lstm");
        var network = PolicyNetwork.From(policy);
        var agent = new Agent(network, seed: 4);
        var batch = new AgentBatch(network, 1, seed: 4);
        float[] observations = TestModules.Observations(policy, 20, 1), a = new float[1], b = new float[1], logProbability = new float[1], value = new float[1];
        Assert.Equal(ActionSelection.Mode, agent.Selection);
        for (int t = 0; t < 20; t++)
        {
            if (t == 12)
            {
                agent.Reset();
                batch.Reset(0);
            }
            agent.Selection = t % 2 == 0 ? ActionSelection.Mode : ActionSelection.Sample;
            agent.Act(observations.AsSpan(t * 4, 4), a);
            batch.Act([0], observations.AsSpan(t * 4, 4), b, logProbability, value, agent.Selection);
            Assert.Equal((b[0], logProbability[0], value[0]), (a[0], agent.LogProbability, agent.Value));
            Near.Same(batch.Logits, agent.Logits, "logits");
        }
    }

    [Theory]
    [InlineData("lstm")]
    [InlineData("transformer")]
    public void Looking_ahead_changes_nothing_and_a_saved_agent_draws_on(string memory)
    {
        PolicyDefinition policy = TestModules.Policy(memory);
        var network = PolicyNetwork.From(policy);
        Agent agent = new(network, seed: 4) { Selection = ActionSelection.Sample }, untouched = new(network, seed: 4) { Selection = ActionSelection.Sample }, resumed = new(network, seed: 4) { Selection = ActionSelection.Sample };
        float[] observations = TestModules.Observations(policy, 60, 1), a = new float[1], b = new float[1], state = new float[agent.Layout.Size];
        for (int t = 0; t < 60; t++)
        {
            ReadOnlySpan<float> observation = observations.AsSpan(t * 4, 4);
            float value = agent.Value, ahead = agent.Peek(observation);
            Assert.Equal(value, agent.Value);
            agent.Act(observation, a);
            untouched.Act(observation, b);
            Assert.Equal((b[0], untouched.LogProbability, ahead), (a[0], agent.LogProbability, agent.Value));
            Assert.Equal((ulong)t + 1, agent.Steps);
            if (t >= 30)
            {
                resumed.Act(observation, b);
                Assert.Equal((a[0], agent.LogProbability), (b[0], resumed.LogProbability));
            }
            if (t != 29) continue;
            agent.Save(state);
            resumed.Load(state);
            resumed.Steps = agent.Steps;
        }
        Assert.Throws<ArgumentException>(() => agent.Peek([0, 0, 0, float.NaN]));
        Assert.Equal(60, agent.Latency.Count + agent.Latency.Warmup!.Count);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_as_any_bad_file() =>
        Assert.Contains("missing.rlseq", Assert.Throws<PolicyFormatException>(() => Agent.Load("no/such/folder/missing.rlseq")).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_action_is_timed_the_first_ones_apart()
    {
        PolicyDefinition policy = TestModules.Policy("none");
        var agent = new Agent(PolicyNetwork.From(policy));
        float[] observation = TestModules.Observations(policy, 1, 1), action = new float[1];
        for (int i = 0; i < Agent.WarmupActions + 10; i++) agent.Act(observation, action);
        Assert.Equal((Agent.WarmupActions, 10), (agent.Latency.Warmup!.Count, agent.Latency.Count));
        Assert.True(agent.Latency.Max > 0);
    }

    [Fact]
    public void Whoever_listens_is_told_how_long_an_action_took()
    {
        var agent = new Agent(PolicyNetwork.From(TestModules.Policy("none")));
        float[] observation = TestModules.Observations(agent.Network.Definition, 1, 1), action = new float[1];
        var seconds = new List<double>();
        using (var listener = new MeterListener())
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter, RLSeqTelemetry.Meter) && instrument.Name == "rlseq.agent.action.duration") self.EnableMeasurementEvents(instrument);
            };
            int thread = Environment.CurrentManagedThreadId; // other tests act at the same time
            listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
            {
                if (Environment.CurrentManagedThreadId == thread) seconds.Add(value);
                Assert.Equal("s", instrument.Unit);
            });
            listener.Start();
            agent.Act(observation, action);
            Assert.InRange(Assert.Single(seconds), 1e-9, 10);
        }
        agent.Act(observation, action);
        Assert.Single(seconds);
    }

    [Fact]
    public void The_instruments_have_the_documented_names()
    {
        Assert.Equal(("RLSeq", "RLSeq"), (RLSeqTelemetry.Meter.Name, RLSeqTelemetry.Activities.Name));
        Assert.Equal(
            ["rlseq.episode.return", "rlseq.episode.length", "rlseq.training.steps", "rlseq.training.updates", "rlseq.training.loss", "rlseq.training.kl", "rlseq.training.clip_fraction", "rlseq.training.collect.duration", "rlseq.training.update.duration"],
            new Instrument[]
            {
                RLSeqTelemetry.EpisodeReturn, RLSeqTelemetry.EpisodeLength, RLSeqTelemetry.TrainingSteps, RLSeqTelemetry.TrainingUpdates, RLSeqTelemetry.TrainingLoss,
                RLSeqTelemetry.TrainingKl, RLSeqTelemetry.TrainingClipFraction, RLSeqTelemetry.CollectDuration, RLSeqTelemetry.UpdateDuration,
            }.Select(instrument => instrument.Name));
    }

    [Fact]
    public void Every_duration_comes_with_buckets_that_tell_actions_apart()
    {
        var durations = new List<Histogram<double>>();
        using (var listener = new MeterListener { InstrumentPublished = (instrument, _) => Add(instrument) }) listener.Start();
        Assert.Contains(RLSeqTelemetry.ActionDuration, durations);
        Assert.Contains(RLSeqTelemetry.StageDuration, durations);
        Assert.All(durations, instrument => Assert.Equal(RLSeqTelemetry.DurationBuckets, instrument.Advice!.HistogramBucketBoundaries));
        Assert.Equal((1e-7, 1000), (RLSeqTelemetry.DurationBuckets[0], RLSeqTelemetry.DurationBuckets[^1]));
        foreach ((double bound, double next) in RLSeqTelemetry.DurationBuckets.Zip(RLSeqTelemetry.DurationBuckets.Skip(1))) Assert.InRange(next / bound, 1.99, 2.51);

        void Add(Instrument instrument)
        {
            if (ReferenceEquals(instrument.Meter, RLSeqTelemetry.Meter) && instrument is Histogram<double> { Unit: "s" } duration) durations.Add(duration);
        }
    }
}
