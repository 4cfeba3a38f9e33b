using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.Loader;
using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>Warming up changes nothing, and leaves nothing to compile.</summary>
public sealed class WarmUpTests
{
    private static readonly Space Mixed = Space.Tuple(Space.Discrete(3), Space.Box(-0.1f, 0.1f, 2));

    public static TheoryData<string> All => TestModules.AllMemories;

    [Theory]
    [MemberData(nameof(All))]
    public void An_agent_in_the_middle_of_an_episode_stays_as_it_is(string memory)
    {
        var network = PolicyNetwork.From(TestModules.Policy(memory, actions: Mixed));
        Agent warmed = Make(), untouched = Make();
        float[] observations = TestModules.Observations(network.Definition, 60, 3), a = new float[3], b = new float[3];
        for (int t = 0; t < 60; t++)
        {
            foreach ((Agent agent, float[] action) in new[] { (warmed, a), (untouched, b) })
            {
                if (t == 11) agent.Reset();
                agent.Act(observations.AsSpan(4 * t, 4), action);
            }
            AssertSame(b, a);
            if (t is not (0 or 25 or 40)) continue;

            Assert.False(warmed.WarmUp(TimeSpan.Zero));
            Assert.True(warmed.WarmUp(Virtual(), TimeSpan.FromMinutes(1), CancellationToken.None));
            AssertSame(b, a);
        }
        Assert.Equal((Agent.WarmupActions, 60 - Agent.WarmupActions, 60 - Agent.WarmupActions), (warmed.Latency.Warmup!.Count, warmed.Latency.Count, warmed.Recorder.Actions));
        Assert.Equal(warmed.Latency.Count, warmed.Recorder.Stage(ActionStage.Memory)!.Count);

        Agent Make()
        {
            var agent = new Agent(network, seed: 9) { Selection = ActionSelection.Sample };
            agent.Recorder.Stages = true;
            return agent;
        }

        void AssertSame(float[] expected, float[] action)
        {
            Near.Same(expected, action, "actions");
            Near.Same(State(untouched), State(warmed), "state");
            Near.Same(untouched.Logits, warmed.Logits, "logits");
            Assert.Equal((untouched.Steps, untouched.Value, untouched.LogProbability, untouched.Selection), (warmed.Steps, warmed.Value, warmed.LogProbability, warmed.Selection));
            Assert.Equal((untouched.Recorder.Calls.Count, untouched.Recorder.Calls.Warmup!.Count, true), (warmed.Recorder.Calls.Count, warmed.Recorder.Calls.Warmup!.Count, warmed.Recorder.Stages));
        }

        static float[] State(Agent agent)
        {
            float[] state = new float[agent.Layout.Size];
            agent.Save(state);
            return state;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_batch_stays_as_it_is(string memory)
    {
        var network = PolicyNetwork.From(TestModules.Policy(memory, actions: Mixed));
        foreach (int rows in new[] { 1, 7 })
        {
            AgentBatch warmed = new(network, rows, seed: 3) { Selection = ActionSelection.Sample }, untouched = new(network, rows, seed: 3) { Selection = ActionSelection.Sample };
            if (rows == 7) warmed.Recorder = new LatencyRecorder(2);
            int[] all = [.. Enumerable.Range(0, rows)];
            float[] a = new float[3 * rows], b = new float[3 * rows], state = new float[warmed.Layout.Size], expected = new float[warmed.Layout.Size];
            for (int t = 0; t < 20; t++)
            {
                float[] observations = TestModules.Observations(network.Definition, rows, (ulong)t);
                warmed.Act(all, observations, default, a);
                untouched.Act(all, observations, default, b);
                Near.Same(b, a, $"actions of step {t}");
                if (t == 6) Assert.True(warmed.WarmUp(Virtual(), TimeSpan.FromMinutes(1), CancellationToken.None));
                if (t == 9) Assert.False(warmed.WarmUp(TimeSpan.Zero));
                Near.Same(untouched.Values, warmed.Values, $"values of step {t}");
                Near.Same(untouched.LogProbabilities, warmed.LogProbabilities, $"log-probabilities of step {t}");
                Near.Same(untouched.Logits, warmed.Logits, $"logits of step {t}");
                foreach (int row in all)
                {
                    warmed.Save(row, state);
                    untouched.Save(row, expected);
                    Near.Same(expected, state, $"state of row {row} at step {t}");
                    Assert.Equal(untouched.GetSteps(row), warmed.GetSteps(row));
                }
            }
            Assert.Equal(ActionSelection.Sample, warmed.Selection);
            if (warmed.Recorder is { } recorder) Assert.Equal((18, 2, 18 * 7, false), (recorder.Calls.Count, recorder.Calls.Warmup!.Count, recorder.Actions, recorder.Stages));
        }
    }

    [Fact]
    public void No_listener_hears_of_it()
    {
        var network = PolicyNetwork.From(TestModules.Policy("lstm"));
        int heard = 0, thread = Environment.CurrentManagedThreadId; // other tests act at the same time
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter, RLSeqTelemetry.Meter)) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => heard += Environment.CurrentManagedThreadId == thread ? 1 : 0);
        listener.Start();
        var agent = new Agent(network);
        agent.WarmUp(Virtual(), TimeSpan.FromMinutes(1), CancellationToken.None);
        new AgentBatch(network, 3).WarmUp(Virtual(), TimeSpan.FromMinutes(1), CancellationToken.None);
        Assert.Equal(0, heard);
        agent.Act(TestModules.Observations(network.Definition, 1, 1), new float[1]);
        Assert.Equal(1, heard);
    }

    /// <summary>
    /// The engine is loaded a second time, where nothing of it has been compiled yet. What the first real actions have compiled on their own thread is
    /// counted, not timed; what the runtime does in the background meanwhile is on another thread.
    /// </summary>
    [Theory]
    [InlineData("none")]
    [InlineData("lstm")]
    [InlineData("lstm int8")]
    [InlineData("ffm")]
    [InlineData("lru")]
    [InlineData("min-gru")]
    [InlineData("gated-delta-net")]
    [InlineData("linear-attention")]
    [InlineData("hcam")]
    [InlineData("transformer")]
    [InlineData("transformer int8")]
    [InlineData("transformer-gated")]
    [InlineData("transformer-distinct")]
    [InlineData("transformer-window")]
    public void Nothing_is_left_to_compile(string memory)
    {
        Assert.Equal(0, InAnEngineOfItsOwn(nameof(FirstActions.OfAgent), memory, warm: true));
        Assert.Equal(0, InAnEngineOfItsOwn(nameof(FirstActions.OfBatch), memory, warm: true));
    }

    [Theory]
    [InlineData(nameof(FirstActions.OfAgent))]
    [InlineData(nameof(FirstActions.OfBatch))]
    public void Without_it_much_is(string actions) => Assert.InRange(InAnEngineOfItsOwn(actions, "lstm", warm: false), 50, 1000);

    [Fact]
    public void Rounds_go_on_until_the_runtime_is_calm()
    {
        // The runtime compiles in the pauses after rounds 1, 2 and 4, so it is calm from the fifth on.
        TimeSpan now = TimeSpan.Zero;
        int turns = 0, pauses = 0;
        long compiled = 10;
        var rounds = new WarmUpRounds(() => now, () => compiled, (time, _) =>
        {
            now += time;
            if (++pauses is 1 or 2 or 4) compiled++;
        });
        Assert.True(rounds.Run(turn => Assert.Equal(turns++, turn), 1, TimeSpan.FromMinutes(1), CancellationToken.None));
        int calm = (int)Math.Ceiling(WarmUpRounds.Calm / WarmUpRounds.Pause);
        Assert.Equal((4 + calm, WarmUpRounds.Turns * (4 + calm)), (pauses, turns));

        // It has to be calm, but everything has to have been reached, too.
        (turns, pauses) = (0, 10);
        int least = WarmUpRounds.Turns * (calm + 5);
        Assert.True(rounds.Run(_ => turns++, least - 1, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal(least, turns);
    }

    [Fact]
    public void Rounds_end_at_the_limit_though_never_before_everything_was_called_once()
    {
        TimeSpan now = TimeSpan.Zero;
        long compiled = 0;
        int turns = 0;
        var restless = new WarmUpRounds(() => now, () => compiled++, (time, _) => now += time);
        Assert.False(restless.Run(Turn, 1, TimeSpan.FromSeconds(2), CancellationToken.None));
        Assert.InRange(now.TotalSeconds, 2, 2.001); // a pause ends there, too
        Assert.True(turns > 500);

        turns = 0;
        Assert.False(restless.Run(Turn, 1, TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(WarmUpRounds.FirstTurns, turns);
        Assert.Throws<ArgumentOutOfRangeException>(() => restless.Run(Turn, 1, TimeSpan.FromMilliseconds(-1), CancellationToken.None));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Agent(PolicyNetwork.From(TestModules.Policy("none"))).WarmUp(TimeSpan.FromSeconds(-1)));

        void Turn(int turn)
        {
            turns++;
            now += TimeSpan.FromMilliseconds(1);
        }
    }

    [Fact]
    public void Rounds_without_a_second_compilation_have_no_pauses()
    {
        int turns = 0;
        var once = new WarmUpRounds(() => TimeSpan.Zero, compiled: null, (_, _) => Assert.Fail("It paused."));
        Assert.True(once.Run(_ => turns++, 130, TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal(3 * WarmUpRounds.Turns, turns);
    }

    [Fact]
    public void It_can_be_cancelled_between_two_actions_and_in_a_pause()
    {
        using var at = new CancellationTokenSource();
        int turns = 0;
        var rounds = new WarmUpRounds(() => TimeSpan.Zero, () => 1, (_, _) => at.Cancel());
        Assert.Throws<OperationCanceledException>(() => rounds.Run(_ => turns++, 1, TimeSpan.FromMinutes(1), at.Token));
        Assert.Equal(WarmUpRounds.Turns, turns);
        Assert.Throws<OperationCanceledException>(() => new Agent(PolicyNetwork.From(TestModules.Policy("none"))).WarmUp(at.Token));
        Assert.Throws<OperationCanceledException>(() => new AgentBatch(PolicyNetwork.From(TestModules.Policy("none")), 2).WarmUp(at.Token));
    }

    /// <summary>Rounds whose time goes on in pauses only, and whose runtime is calm from the beginning.</summary>
    private static WarmUpRounds Virtual()
    {
        TimeSpan now = TimeSpan.Zero;
        return new WarmUpRounds(() => now, () => 1, (time, _) => now += time);
    }

    private static int InAnEngineOfItsOwn(string method, string memory, bool warm)
    {
        Assembly self = new OwnEngine().LoadFromAssemblyPath(typeof(FirstActions).Assembly.Location);
        return (int)self.GetType(typeof(FirstActions).FullName!, throwOnError: true)!.GetMethod(method)!.Invoke(null, [memory, warm])!;
    }

    /// <summary>The engine and these tests once more; what is not RLSeq's is the runtime's, or xunit's.</summary>
    private sealed class OwnEngine : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string path = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            return assemblyName.Name!.StartsWith("RLSeq.", StringComparison.Ordinal) && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }

    /// <summary>Counts the methods that the first real actions have compiled on their own thread.</summary>
    private static class FirstActions
    {
        private const int Steps = 100, Rows = 6;

        public static int OfAgent(string memory, bool warm)
        {
            PolicyDefinition policy = Policy(memory);
            var agent = new Agent(PolicyNetwork.From(policy));
            agent.Recorder.Stages = true;
            // Everything of the test itself is called before it counts, or stands in this method.
            ReadOnlySpan<float> observation = TestModules.Observations(policy, 1, 1);
            Span<float> action = new float[policy.ActionSpace.Size];
            ReadOnlySpan<bool> mask = new[] { true, false, true };
            if (warm) agent.WarmUp(Virtual(), TimeSpan.FromMinutes(1), CancellationToken.None);
            _ = System.Runtime.JitInfo.GetCompiledMethodCount(currentThread: true);
            long before = System.Runtime.JitInfo.GetCompiledMethodCount(currentThread: true);
            for (int t = 0; t < Steps; t++)
            {
                if (t == 90) agent.Reset();
                agent.Selection = t % 2 == 0 ? ActionSelection.Mode : ActionSelection.Sample;
                agent.Act(observation, action);
                agent.Act(observation, mask, action);
                agent.Peek(observation);
            }
            return (int)(System.Runtime.JitInfo.GetCompiledMethodCount(currentThread: true) - before);
        }

        public static int OfBatch(string memory, bool warm)
        {
            PolicyDefinition policy = Policy(memory);
            var agents = new AgentBatch(PolicyNetwork.From(policy), Rows) { Recorder = new LatencyRecorder(Agent.WarmupActions) };
            ReadOnlySpan<int> all = (int[])[5, 1, 2, 3, 4, 0], one = (int[])[4];
            ReadOnlySpan<float> observations = TestModules.Observations(policy, Rows, 1), observation = TestModules.Observations(policy, 1, 1);
            Span<float> actions = new float[Rows * policy.ActionSpace.Size], action = new float[policy.ActionSpace.Size], values = new float[Rows], logProbabilities = new float[Rows];
            ReadOnlySpan<bool> masks = (bool[])[.. Enumerable.Repeat(new[] { true, false, true }, Rows).SelectMany(mask => mask)];
            if (warm) agents.WarmUp(Virtual(), TimeSpan.FromMinutes(1), CancellationToken.None);
            _ = System.Runtime.JitInfo.GetCompiledMethodCount(currentThread: true);
            long before = System.Runtime.JitInfo.GetCompiledMethodCount(currentThread: true);
            for (int t = 0; t < Steps; t++)
            {
                if (t == 90) agents.Reset(4);
                agents.Selection = t % 2 == 0 ? ActionSelection.Mode : ActionSelection.Sample;
                agents.Act(all, observations, masks, actions);
                agents.Act(one, observation, default, action);
                agents.Act(all, observations, masks, actions, logProbabilities, values, ActionSelection.Sample);
                agents.Peek(all, observations, values);
            }
            return (int)(System.Runtime.JitInfo.GetCompiledMethodCount(currentThread: true) - before);
        }

        /// <summary>
        /// Wider than the widest vectors, with a window that two panels of keys hold. transformer-window, which goes through all of its window every
        /// time, has a short one: where loops run a thousand times in one call, the runtime compiles the method anew in its middle, on this thread.
        /// </summary>
        private static PolicyDefinition Policy(string memory)
        {
            const int Hidden = 40;
            string[] words = memory.Split(' ');
            PolicyDefinition policy = TestModules.Policy(words[0], Hidden, actions: Mixed);
            TransformerForm? form = words[0] switch
            {
                "transformer" => TransformerForm.Relative,
                "transformer-absolute" => TransformerForm.Absolute,
                "transformer-gated" => TransformerForm.Gated,
                "transformer-distinct" => TransformerForm.Distinct,
                "transformer-window" => TransformerForm.Window,
                _ => null,
            };
            if (form is not null) policy = policy with { Memory = TestModules.Transformer(Hidden, layers: 2, heads: 2, context: form == TransformerForm.Window ? 3 : 70, ffn: 24, form: form) };
            return words.Length == 1 ? policy : policy with { Precision = PolicyPrecision.TryParse(words[1], out PolicyPrecision precision) ? precision : throw new FormatException(words[1]) };
        }
    }
}
