using System.Diagnostics.Metrics;
using System.Globalization;
using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

public sealed class LatencyRecorderTests
{
    private static readonly ActionStage[] Stages = [ActionStage.Encode, ActionStage.Memory, ActionStage.Heads, ActionStage.Sample];

    public static TheoryData<string> All => TestModules.AllMemories;

    [Theory]
    [MemberData(nameof(All))]
    public void Every_action_is_split_into_stages_when_asked(string memory)
    {
        PolicyDefinition policy = TestModules.Policy(memory);
        var agent = new Agent(PolicyNetwork.From(policy));
        float[] observation = TestModules.Observations(policy, 1, 1), action = new float[1];
        for (int i = 0; i < Agent.WarmupActions + 10; i++) agent.Act(observation, action);
        Assert.All(Stages, stage => Assert.Null(agent.Recorder.Stage(stage)));
        agent.Recorder.Stages = true;
        for (int i = 0; i < 50; i++) agent.Act(observation, action);
        agent.Recorder.Stages = false;
        for (int i = 0; i < 5; i++) agent.Act(observation, action);
        Assert.All(Stages, stage => Assert.Equal(50, agent.Recorder.Stage(stage)!.Count));
        Assert.Equal((65, 65), (agent.Recorder.Calls.Count, agent.Recorder.Actions));
    }

    [Fact]
    public void The_stages_of_a_call_add_up_to_it()
    {
        // One call: the sums of its stages and of the call are exact, but for a nanosecond of rounding each.
        var agents = new AgentBatch(PolicyNetwork.From(TestModules.Policy("lstm")), 2) { Recorder = new LatencyRecorder { Stages = true } };
        Act(agents);
        Assert.All(Stages, stage => Assert.Equal(1, agents.Recorder.Stage(stage)!.Count));
        Assert.InRange(agents.Recorder.Calls.Mean - Stages.Sum(stage => agents.Recorder.Stage(stage)!.Mean), -1, Stages.Length);
        Assert.True(agents.Recorder.Stage(ActionStage.Encode)!.Max > 0);
    }

    [Fact]
    public void A_call_that_throws_is_recorded_nowhere()
    {
        // The encoder passes the observation on and the head multiplies by 10, so an observation of 3e38 overflows in the heads, and the last
        // stage throws: the others have ended by then.
        var writer = new PolicyWriter();
        writer.Tensor("weight", [10], 1, 1);
        writer.Tensor("bias", [0], 1);
        var encoder = new PolicyWriter();
        encoder.Set("layers", 1);
        encoder.Set("activation", "relu");
        encoder.Tensor("0.weight", [1], 1, 1);
        encoder.Tensor("0.bias", [0], 1);
        PolicyModule head = writer.ToModule("linear");
        var policy = new PolicyDefinition(Space.Box(0, float.PositiveInfinity, 1), Space.Discrete(1), encoder.ToModule("mlp"), TestModules.None(1), head, head);
        var agents = new AgentBatch(PolicyNetwork.From(policy), 1) { Recorder = new LatencyRecorder { Stages = true } };
        float[] action = new float[1];
        using var seen = new Measured();
        Assert.Throws<ArithmeticException>(() => agents.Act([0], [3e38f], default, action));
        Assert.Throws<ArgumentException>(() => agents.Act([0], [float.NaN], default, action));
        Assert.Equal((0, 0, 0, 0), (agents.Recorder.Calls.Count, agents.Recorder.Actions, seen.Durations, seen.Stages.Count));
        Assert.All(Stages, stage => Assert.Equal(0, agents.Recorder.Stage(stage)!.Count));
        agents.Act([0], [1], default, action);
        Assert.Equal((1, 1, 1), (agents.Recorder.Calls.Count, agents.Recorder.Actions, seen.Durations));
        Assert.Equal(["encode", "memory", "heads", "sample"], seen.Stages);
        Assert.All(Stages, stage => Assert.Equal(1, agents.Recorder.Stage(stage)!.Count));
        Assert.InRange(agents.Recorder.Calls.Mean - Stages.Sum(stage => agents.Recorder.Stage(stage)!.Mean), -1, Stages.Length);
    }

    [Fact]
    public void Stages_switched_on_in_the_middle_of_a_call_begin_with_the_next_to_end()
    {
        var recorder = new LatencyRecorder();
        recorder.Begin();
        recorder.EndStage(ActionStage.Encode);
        recorder.Stages = true;
        foreach (ActionStage stage in Stages[1..3]) recorder.EndStage(stage);
        recorder.End(1);
        Assert.Equal([0, 1, 1, 1], Stages.Select(stage => recorder.Stage(stage)!.Count));
    }

    /// <summary>A listener is told when the time has been taken: what it finds in the action was written within.</summary>
    [Fact]
    public void Clipping_an_action_belongs_to_its_time()
    {
        var network = PolicyNetwork.From(TestModules.Policy("none", actions: Space.Box(-0.01f, 0.01f, 2)));
        var agent = new Agent(network) { Selection = ActionSelection.Sample };
        var agents = new AgentBatch(network, 2) { Recorder = new LatencyRecorder() };
        float[] observations = TestModules.Observations(network.Definition, 2, 1), one = new float[2], two = new float[4];
        one.AsSpan().Fill(5);
        two.AsSpan().Fill(5);
        using var seen = new Measured { OnAction = () => Assert.True(one.Concat(two).All(x => x is 5 or (>= -0.01f and <= 0.01f))) };
        agent.Act(observations.AsSpan(0, 4), one);
        agents.Act([1, 0], observations, default, two);
        Assert.Equal(2, seen.Durations);
        Assert.DoesNotContain(5, one.Concat(two));
    }

    [Fact]
    public void The_warm_up_is_apart_in_everything()
    {
        var recorder = new LatencyRecorder(warmupCalls: 3) { Stages = true };
        for (int i = 0; i < 5; i++)
        {
            recorder.Begin();
            Allocate(1000);
            GC.Collect(1); // what the recorder must see
            foreach (ActionStage stage in Stages.SkipLast(1)) recorder.EndStage(stage);
            recorder.End(7);
        }
        Assert.Equal((3, 2, 14), (recorder.Calls.Warmup!.Count, recorder.Calls.Count, recorder.Actions));
        Assert.All(Stages, stage => Assert.Equal(2, recorder.Stage(stage)!.Count));
        Assert.InRange(recorder.AllocatedBytes, 2000, 2999);
        // Tests that run at the same time may cause collections too.
        Assert.True(recorder.Collections(0) >= 2 && recorder.Collections(1) >= 2 && recorder.Collections(2) <= recorder.Collections(1));
        recorder.Reset();
        Assert.Equal((0, 0, 0, 0), (recorder.Calls.Count, recorder.Actions, recorder.AllocatedBytes, recorder.Collections(0)));
        Assert.All(Stages, stage => Assert.Equal(0, recorder.Stage(stage)!.Count));
        recorder.Begin();
        recorder.End(1);
        Assert.Equal((1, 1), (recorder.Calls.Count, recorder.Actions));
    }

    [Fact]
    public void Only_what_falls_into_a_call_is_counted()
    {
        var recorder = new LatencyRecorder();
        GC.Collect(); // outside of the call: must not be counted
        Allocate(100_000);
        recorder.Begin();
        Allocate(500);
        recorder.End(1);
        Allocate(100_000);
        Assert.InRange(recorder.AllocatedBytes, 500, 999);
    }

    [Fact]
    public void Merging_adds_everything()
    {
        LatencyRecorder plain = new(), split = new() { Stages = true };
        Record(new LatencyRecorder { Stages = true }, 1); // the runtime allocates where code runs for the first time
        Record(plain, 3);
        Record(split, 4);
        plain.Merge(split);
        Assert.Equal((7, 14, 4), (plain.Calls.Count, plain.Actions, plain.Stage(ActionStage.Memory)!.Count));
        Assert.False(plain.Stages);
        Assert.Equal((4, 8), (split.Calls.Count, split.Actions));
        Assert.Equal(plain.AllocatedBytes, 7 * (split.AllocatedBytes / 4));
        split.Merge(new LatencyRecorder());
        Assert.Equal(4, split.Calls.Count);

        static void Record(LatencyRecorder recorder, int calls)
        {
            for (int i = 0; i < calls; i++)
            {
                recorder.Begin();
                Allocate(200);
                foreach (ActionStage stage in Stages.SkipLast(1)) recorder.EndStage(stage);
                recorder.End(2);
            }
        }
    }

    [Fact]
    public void A_report_is_a_snapshot_and_prints_a_table()
    {
        var agent = new Agent(PolicyNetwork.From(TestModules.Policy("lstm")));
        agent.Recorder.Stages = true;
        float[] observation = TestModules.Observations(agent.Network.Definition, 1, 1), action = new float[1];
        for (int i = 0; i < Agent.WarmupActions + 200; i++) agent.Act(observation, action);
        LatencyReport report = agent.Recorder.Report();
        LatencyHistogram calls = agent.Latency;
        Assert.Equal(
            new LatencySummary(200, calls.Mean, calls.Percentile(50), calls.Percentile(90), calls.Percentile(99), calls.Percentile(99.9), calls.Percentile(99.99), calls.Max), report.Calls);
        Assert.Equal(Stages, report.Stages.Keys);
        Assert.Equal((Agent.WarmupActions, 200, 0, 3), (report.Warmup!.Count, report.Actions, report.AllocatedBytes, report.Collections.Count));
        string[] lines = report.ToString().Split('\n');
        Assert.Equal(["µs", "call", "encode", "memory", "heads", "sample", "warm-up", "200"], lines.Select(line => line.Split(' ')[0]));
        Assert.Equal(["µs", "calls", "mean", "p50", "p90", "p99", "p99.9", "p99.99", "max"], lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        string[] cells = lines[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(("200", (calls.Max / 1e3).ToString("0.00", CultureInfo.InvariantCulture)), (cells[1], cells[^1]));
        agent.Act(observation, action);
        Assert.Equal(200, report.Calls.Count);
        Assert.Equal(["µs", "call", "0"], new LatencyRecorder().Report().ToString().Split('\n').Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_allocated_per_action_with_everything_recorded_and_listened_to(string memory)
    {
        PolicyDefinition policy = TestModules.Policy(memory);
        var network = PolicyNetwork.From(policy);
        var agent = new Agent(network) { Selection = ActionSelection.Sample };
        var agents = new AgentBatch(network, 3) { Recorder = new LatencyRecorder() };
        agent.Recorder.Stages = agents.Recorder.Stages = true;
        float[] observations = TestModules.Observations(policy, 3, 9), actions = new float[3], logProbabilities = new float[3], values = new float[3];
        int[] rows = [1, 2, 0];
        using var seen = new Measured();
        for (int i = 0; i < 50; i++) Round();
        // Now and then the runtime's table of remembered casts grows, on whichever thread is casting; an action that allocates does so every time.
        long allocated = 1, rounds = 50;
        for (int attempt = 0; attempt < 3 && allocated != 0; attempt++, rounds += 50)
        {
            agent.Recorder.Reset();
            agents.Recorder.Reset();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++) Round();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
        Assert.Equal((0, 0), (agent.Recorder.AllocatedBytes, agents.Recorder.AllocatedBytes));
        Assert.Equal(2 * rounds, seen.Durations);

        void Round()
        {
            agent.Act(observations.AsSpan(0, 4), actions.AsSpan(0, 1));
            agents.Act(rows, observations, actions, logProbabilities, values, ActionSelection.Sample);
        }
    }

    [Fact]
    public void A_batch_without_a_recorder_tells_nobody()
    {
        using var seen = new Measured();
        var agents = new AgentBatch(PolicyNetwork.From(TestModules.Policy("lstm")), 2);
        Act(agents);
        Assert.Equal(0, seen.Durations);
        agents.Recorder = new LatencyRecorder();
        Act(agents);
        Assert.Equal((1, 0), (seen.Durations, seen.Stages.Count));
        agents.Recorder.Stages = true;
        Act(agents);
        Assert.Equal(["encode", "memory", "heads", "sample"], seen.Stages);
    }

    [Fact]
    public void Loading_a_policy_with_an_example_is_no_action()
    {
        byte[] file = PolicyFile.Write(PolicyFiles.WithExample(TestModules.Policy("lstm")));
        using var seen = new Measured();
        PolicyFile.Read(file);
        Assert.Equal(0, seen.Durations);
    }

    [Fact]
    public void Collections_and_bytes_are_counted_for_whoever_looks()
    {
        using var seen = new Measured();
        (long[] collectionsBefore, long bytesBefore) = seen.Look();
        var recorder = new LatencyRecorder();
        recorder.Begin();
        Allocate(5000);
        GC.Collect(1); // what the counter must see
        recorder.End(1);
        (long[] collections, long bytes) = seen.Look();
        Assert.InRange(bytes - bytesBefore, 5000, long.MaxValue); // other tests may add theirs
        Assert.Equal(3, collections.Length);
        Assert.True(collections[0] > collectionsBefore[0] && collections[1] > collectionsBefore[1]);
    }

    /// <summary>Such as an exporter does, whose first measurement of a stage makes room for it.</summary>
    [Fact]
    public void What_a_listener_allocates_is_not_counted_as_the_actions()
    {
        using var seen = new Measured { OnAction = () => Allocate(5000), OnStage = () => Allocate(5000) };
        var recorder = new LatencyRecorder { Stages = true };
        for (int call = 0; call < 2; call++)
        {
            recorder.Begin();
            recorder.EndStage(ActionStage.Encode);
            recorder.End(1);
        }
        Assert.Equal((2, 4), (seen.Durations, seen.Stages.Count));
        Assert.Equal(0, recorder.AllocatedBytes);
    }

    private static void Act(AgentBatch agents)
    {
        int rows = agents.Rows;
        float[] observations = TestModules.Observations(agents.Network.Definition, rows, 4);
        agents.Act([.. Enumerable.Range(0, rows)], observations, new float[rows], new float[rows], new float[rows], ActionSelection.Mode);
    }

    private static void Allocate(int bytes) => GC.KeepAlive(new byte[bytes]);

    /// <summary>Listens to the agents' instruments, on this thread only: other tests act at the same time.</summary>
    private sealed class Measured : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly int _thread = Environment.CurrentManagedThreadId;
        private readonly long[] _collections = new long[3];
        private long _bytes;

        public Measured()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                // Not by the meter's name: tests that load the engine a second time have a second one.
                if (ReferenceEquals(instrument.Meter, RLSeqTelemetry.Meter) && instrument.Name.StartsWith("rlseq.agent.", StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<double>(OnDuration);
            _listener.SetMeasurementEventCallback<long>(OnCount);
            _listener.Start();
        }

        public int Durations { get; private set; }

        /// <summary>What to look at whenever an action is told of.</summary>
        public Action? OnAction { get; init; }

        /// <summary>The same for a stage.</summary>
        public Action? OnStage { get; init; }

        public List<string> Stages { get; } = new(1000);

        /// <summary>The observable counters' values.</summary>
        public (long[] Collections, long Bytes) Look()
        {
            _listener.RecordObservableInstruments();
            return ([.. _collections], _bytes);
        }

        public void Dispose() => _listener.Dispose();

        private void OnDuration(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        {
            if (Environment.CurrentManagedThreadId != _thread) return;
            Assert.True(instrument.Unit == "s" && value is >= 0 and < 10);
            if (instrument.Name == "rlseq.agent.action.duration")
            {
                Durations++;
                OnAction?.Invoke();
                return;
            }
            Assert.True(instrument.Name == "rlseq.agent.stage.duration" && tags.Length == 1 && tags[0].Key == "rlseq.stage");
            Stages.Add((string)tags[0].Value!);
            OnStage?.Invoke();
        }

        private void OnCount(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        {
            if (instrument.Name == "rlseq.agent.allocated")
            {
                Assert.True(instrument.Unit == "By" && tags.Length == 0);
                _bytes = value;
                return;
            }
            Assert.True(instrument.Name == "rlseq.agent.collections" && tags.Length == 1 && tags[0].Key == "gc.heap.generation");
            _collections[((string)tags[0].Value!)[3] - '0'] = value;
        }
    }
}
