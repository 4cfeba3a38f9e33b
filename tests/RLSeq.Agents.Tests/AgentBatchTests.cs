using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

public sealed class AgentBatchTests
{
    private const int Rows = 6, Steps = 40;

    private static readonly Space Mixed = Space.Tuple(Space.Discrete(3), Space.Box(-1, 1, 2), Space.MultiDiscrete(2, 4));

    public static TheoryData<string> All => TestModules.AllMemories;

    [Theory]
    [MemberData(nameof(All))]
    public void Any_split_into_batches_and_calls_gives_the_same_bits(string memory)
    {
        PolicyDefinition policy = TestModules.Policy(memory);
        var network = PolicyNetwork.From(policy);
        Trace expected = Run([new AgentBatch(network, Rows, 5, 10)], policy, oneByOne: false);
        Assert.Equal(expected, Run([new AgentBatch(network, Rows, 5, 10)], policy, oneByOne: true));
        Assert.Equal(expected, Run([new AgentBatch(network, 2, 5, 10), new AgentBatch(network, 1, 5, 12), new AgentBatch(network, 3, 5, 13)], policy, oneByOne: false));
        Assert.NotEqual(expected, Run([new AgentBatch(network, Rows, 6, 10)], policy, oneByOne: false));
        Assert.NotEqual(expected, Run([new AgentBatch(network, Rows, 5, 11)], policy, oneByOne: false));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_saved_row_continues_identically_in_another_batch(string memory)
    {
        PolicyDefinition policy = TestModules.Policy(memory);
        var network = PolicyNetwork.From(policy);
        AgentBatch original = new(network, 3, 8, 0), resumed = new(network, 1, 8, firstRow: 2);
        float[] observations = TestModules.Observations(policy, 2 * Steps, 1), state = new float[original.Layout.Size];
        for (int t = 0; t < Steps; t++) ActOne(original, 2, observations, t);
        original.Save(2, state);
        resumed.Load(0, state);
        resumed.SetSteps(0, original.GetSteps(2));
        Assert.Equal((ulong)Steps, original.GetSteps(2));
        for (int t = Steps; t < 2 * Steps; t++) Assert.Equal(ActOne(original, 2, observations, t), ActOne(resumed, 0, observations, t));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Looking_ahead_gives_the_value_that_acting_gives(string memory)
    {
        PolicyDefinition policy = TestModules.Policy(memory);
        var agents = new AgentBatch(PolicyNetwork.From(policy), 2);
        float[] observations = TestModules.Observations(policy, Steps, 2), value = new float[1];
        for (int t = 0; t < Steps; t++)
        {
            agents.Peek([1], observations.AsSpan(t * 4, 4), value);
            Assert.Equal((ulong)t, agents.GetSteps(1));
            Assert.Equal(value[0], ActOne(agents, 1, observations, t).Value);
        }
    }

    [Fact]
    public void Many_agents_act_as_single_ones_do_inside_the_space()
    {
        foreach (Space actions in new Space[] { Space.Discrete(3), Space.Box(-0.01f, 0.01f, 2) })
        {
            PolicyDefinition policy = TestModules.Policy("lstm", actions: actions);
            var network = PolicyNetwork.From(policy);
            var batch = new AgentBatch(network, 3);
            Agent[] single = [new(network), new(network), new(network)];
            float[] one = new float[actions.Size], many = new float[2 * actions.Size];
            bool[] masks = actions.MaskSize == 0 ? [] : [true, true, false, false, true, true];
            for (int t = 0; t < 20; t++)
            {
                float[] observations = TestModules.Observations(policy, 2, (ulong)t);
                batch.Act([2, 0], observations, masks, many);
                for (int r = 0; r < 2; r++)
                {
                    single[2 - (2 * r)].Act(observations.AsSpan(4 * r, 4), masks.AsSpan(r * actions.MaskSize, actions.MaskSize), one);
                    Near.Same(one, many.AsSpan(r * actions.Size, actions.Size), $"{actions}, step {t}, agent {r}");
                }
            }
            Assert.Throws<ArgumentException>(() => batch.Act([0, 1, 2, 0], new float[16], [], new float[4 * actions.Size]));
        }
    }

    [Theory]
    [InlineData(ActionSelection.Mode)]
    [InlineData(ActionSelection.Sample)]
    public void The_short_call_selects_as_told_clips_and_keeps_values_and_log_probabilities(ActionSelection selection)
    {
        Space space = Space.Tuple(Space.Discrete(3), Space.Box(-0.1f, 0.2f, 2));
        PolicyDefinition policy = TestModules.Policy("lstm", actions: space);
        var network = PolicyNetwork.From(policy);
        AgentBatch brief = new(network, 4, seed: 6) { Selection = selection }, full = new(network, 4, seed: 6);
        Assert.Equal(ActionSelection.Mode, full.Selection);
        Assert.True(brief.Values.IsEmpty && brief.LogProbabilities.IsEmpty);
        float[] clipped = new float[12], drawn = new float[12], logProbabilities = new float[4], values = new float[4];
        int[][] calls = [[3, 0, 2, 1], [1, 3], [2]];
        int outside = 0;
        for (int t = 0; t < 60; t++)
        {
            int[] rows = calls[t % calls.Length];
            int n = rows.Length;
            float[] observations = TestModules.Observations(policy, n, (ulong)t);
            bool[] masks = t % 2 == 0 ? [] : [.. Enumerable.Repeat(new[] { true, false, true }, n).SelectMany(mask => mask)];
            brief.Act(rows, observations, masks, clipped.AsSpan(0, 3 * n));
            full.Act(rows, observations, masks, drawn.AsSpan(0, 3 * n), logProbabilities.AsSpan(0, n), values.AsSpan(0, n), selection);
            for (int r = 0; r < n; r++)
            {
                if (!space.Contains(drawn.AsSpan(3 * r, 3))) outside++;
                space.Clip(drawn.AsSpan(3 * r, 3));
            }
            Near.Same(drawn.AsSpan(0, 3 * n), clipped.AsSpan(0, 3 * n), $"actions of step {t}");
            foreach (AgentBatch batch in new[] { brief, full })
            {
                Near.Same(values.AsSpan(0, n), batch.Values, $"values of step {t}");
                Near.Same(logProbabilities.AsSpan(0, n), batch.LogProbabilities, $"log-probabilities of step {t}");
            }
            if (t == 30) brief.Peek([0], observations.AsSpan(0, 4), new float[1]); // looking ahead is no call that leaves values
            Near.Same(values.AsSpan(0, n), brief.Values, $"values of step {t}, later");
        }
        Assert.True(selection == ActionSelection.Mode || outside > 10, "A test in which nothing is clipped shows little.");
        Assert.Throws<ArgumentException>(() => full.Act([0], new float[4], default, new float[3], new float[2], new float[1], selection));
        Assert.Throws<ArgumentException>(() => full.Act([0], new float[4], default, new float[3], new float[1], new float[2], selection));
        Assert.Equal(full.GetSteps(0), brief.GetSteps(0));
    }

    [Fact]
    public void Log_probabilities_belong_to_the_logits_and_the_mode_is_the_largest()
    {
        PolicyDefinition policy = TestModules.Policy("lstm", actions: Space.MultiDiscrete(3, 4));
        var network = PolicyNetwork.From(policy);
        var agents = new AgentBatch(network, 4);
        float[] observations = TestModules.Observations(policy, 4, 3), actions = new float[8], logProbabilities = new float[4], values = new float[4];
        foreach (ActionSelection selection in Enum.GetValues<ActionSelection>())
        {
            agents.Act([3, 0, 2, 1], observations, actions, logProbabilities, values, selection);
            Assert.Equal(4 * 7, agents.Logits.Length);
            for (int r = 0; r < 4; r++)
            {
                float[] logits = agents.Logits.Slice(r * 7, 7).ToArray();
                Assert.Equal(network.Distribution.LogProbability(logits, actions.AsSpan(2 * r, 2)), logProbabilities[r]);
                if (selection == ActionSelection.Mode) Assert.Equal(logits[..3].Max(), logits[(int)actions[2 * r]]);
            }
        }
    }

    [Fact]
    public void Actions_follow_the_softmax_of_the_logits()
    {
        PolicyDefinition policy = TestModules.Policy("none");
        var agents = new AgentBatch(PolicyNetwork.From(policy), 1, seed: 3);
        float[] observation = TestModules.Observations(policy, 1, 4), action = new float[1], scratch = new float[1];
        int[] counts = new int[5];
        const int Draws = 10_000;
        for (int i = 0; i < Draws; i++)
        {
            agents.Act([0], observation, action, scratch, scratch, ActionSelection.Sample);
            counts[(int)action[0]]++;
        }
        double[] weights = [.. agents.Logits.ToArray().Select(x => Math.Exp(x))];
        double chiSquare = Enumerable.Range(0, 5).Sum(i => Math.Pow(counts[i] - (Draws * weights[i] / weights.Sum()), 2) / (Draws * weights[i] / weights.Sum()));
        Assert.InRange(chiSquare, 0, 18.47); // 4 degrees of freedom, p = 0.001
    }

    [Fact]
    public void The_encoder_normalises_and_applies_its_layers()
    {
        PolicyDefinition policy = TestModules.Policy("none") with { ObservationSpace = Space.Box(-9, 9, 2), Encoder = Identity(2), Normalization = new ObservationNormalization([1, 2], [2, 0.5f], 3) };
        policy = policy with { PolicyHead = TestModules.Linear(2, 5, "p"), ValueHead = Sum(2) };
        var agents = new AgentBatch(PolicyNetwork.From(policy), 1);
        float[] value = new float[1];
        agents.Peek([0], [1.25f, -7f], value);
        Near.Equal(Math.Tanh(0.5) + Math.Tanh(-3), value[0], 1e-6, "tanh of the normalised and clipped observation");
    }

    [Fact]
    public void New_weights_keep_the_states_and_another_architecture_is_refused()
    {
        PolicyDefinition first = TestModules.Policy("transformer"), second = TestModules.Policy("transformer", salt: "2");
        var agents = new AgentBatch(PolicyNetwork.From(first), 2);
        float[] observations = TestModules.Observations(first, 20, 6), state = new float[agents.Layout.Size];
        for (int t = 0; t < 10; t++) ActOne(agents, 1, observations, t);
        agents.Save(1, state);
        agents.Network = PolicyNetwork.From(second);
        var expected = new AgentBatch(agents.Network, 2);
        expected.Load(1, state);
        expected.SetSteps(1, 10);
        for (int t = 10; t < 20; t++) Assert.Equal(ActOne(expected, 1, observations, t), ActOne(agents, 1, observations, t));
        Assert.Throws<ArgumentException>(() => agents.Network = PolicyNetwork.From(TestModules.Policy("lstm")));
        Assert.Throws<ArgumentException>(() => agents.Network = PolicyNetwork.From(TestModules.Policy("transformer", hidden: 12)));

        // Heads do not show in the state's layout; they are sizes all the same.
        PolicyDefinition otherHeads = first with { Memory = TestModules.Transformer(8, layers: 2, heads: 1, context: 3, ffn: 12) };
        Assert.False(PolicyNetwork.From(otherHeads).HasArchitectureOf(agents.Network));
        Assert.True(PolicyNetwork.From(first).HasArchitectureOf(agents.Network));
    }

    [Theory]
    [InlineData(NumberFormat.Float32)]
    [InlineData(NumberFormat.BFloat16)]
    [InlineData(NumberFormat.Int8)]
    public void More_rows_than_an_array_can_hold_are_refused_with_their_sizes(NumberFormat cache)
    {
        var network = PolicyNetwork.From(TestModules.Policy("transformer") with { Precision = new PolicyPrecision(NumberFormat.Float32, cache) });
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => new AgentBatch(network, 200_000_000)).Message;
        Assert.Contains("200000000 rows", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AgentBatch(PolicyNetwork.From(TestModules.Policy("lstm")), int.MaxValue));
    }

    [Fact]
    public void Bad_calls_are_refused_before_anything_changes()
    {
        PolicyDefinition policy = TestModules.Policy("lstm");
        var agents = new AgentBatch(PolicyNetwork.From(policy), 2);
        float[] good = TestModules.Observations(policy, 2, 7);
        float[] before = new float[agents.Layout.Size], after = new float[agents.Layout.Size];
        ActOne(agents, 1, good, 0);
        agents.Save(1, before);
        Assert.Contains("Discrete(4)", Assert.Throws<ArgumentException>(() => Act([1], [0, 0, 0, 4])).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => Act([1, 1], good)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Act([1], good));
        Assert.Throws<ArgumentOutOfRangeException>(() => Act([2], good[..4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => agents.GetSteps(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => agents.SetSteps(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AgentBatch(PolicyNetwork.From(policy), 0));
        agents.Save(1, after);
        Near.Same(before, after, "state");
        Assert.Equal(1ul, agents.GetSteps(1));

        void Act(int[] rows, float[] observations) =>
            agents.Act(rows, observations, new float[rows.Length], new float[rows.Length], new float[rows.Length], ActionSelection.Mode);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_is_allocated_per_action(string memory) => AssertNothingIsAllocated(TestModules.Policy(memory, hidden: 16));

    [Theory]
    [InlineData("gru", "int8")]
    [InlineData("lstm", "bf16")]
    [InlineData("lstm", "int8")]
    [InlineData("ffm", "int8")]
    [InlineData("lru", "int8")]
    [InlineData("min-gru", "int8")]
    [InlineData("gated-delta-net", "bf16")]
    [InlineData("gated-delta-net", "int8")]
    [InlineData("linear-attention", "int8")]
    [InlineData("hcam", "bf16")]
    [InlineData("hcam", "int8")]
    [InlineData("transformer", "bf16")]
    [InlineData("transformer", "int8")]
    [InlineData("transformer-gated", "bf16")]
    [InlineData("transformer-distinct", "bf16")]
    [InlineData("transformer-distinct", "int8")]
    [InlineData("transformer-gated", "int8")]
    [InlineData("transformer odd", "int8/bf16")]
    public void Nothing_is_allocated_per_action_in_fewer_bits(string memory, string text)
    {
        Assert.True(PolicyPrecision.TryParse(text, out PolicyPrecision precision));
        AssertNothingIsAllocated(TestModules.Policy(memory, hidden: 16) with { Precision = precision });
    }

    [Fact]
    public void Nothing_is_allocated_per_continuous_or_masked_action()
    {
        AssertNothingIsAllocated(TestModules.Policy("lstm", actions: Space.Box(-1, 1, 3)));
        AssertNothingIsAllocated(TestModules.Policy("lstm", actions: Mixed));
    }

    [Fact]
    public void Mixed_and_masked_actions_do_not_depend_on_the_batch()
    {
        PolicyDefinition policy = TestModules.Policy("lstm", actions: Mixed);
        var network = PolicyNetwork.From(policy);
        AgentBatch whole = new(network, Rows, 5), part = new(network, 2, 5, firstRow: 3);
        float[] actions = new float[Rows * 5], logProbabilities = new float[Rows], values = new float[Rows], few = new float[10], fewLog = new float[2];
        for (int t = 0; t < Steps; t++)
        {
            float[] observations = TestModules.Observations(policy, Rows, 100 + (ulong)t);
            bool[] masks = Masks(Rows, t);
            whole.Act([.. Enumerable.Range(0, Rows)], observations, masks, actions, logProbabilities, values, ActionSelection.Sample);
            part.Act([1, 0], [.. observations[16..20], .. observations[12..16]], [.. masks[36..45], .. masks[27..36]], few, fewLog, new float[2], ActionSelection.Sample);
            Near.Same([.. actions[20..25], .. actions[15..20], logProbabilities[4], logProbabilities[3]], [.. few, .. fewLog], $"step {t}");
        }
    }

    [Fact]
    public void A_forbidden_choice_is_never_made()
    {
        PolicyDefinition policy = TestModules.Policy("lstm", actions: Mixed);
        var agents = new AgentBatch(PolicyNetwork.From(policy), Rows, seed: 2);
        float[] actions = new float[Rows * 5], logProbabilities = new float[Rows], values = new float[Rows];
        int forbidden = 0;
        for (int t = 0; t < 2000; t++)
        {
            bool[] masks = Masks(Rows, t);
            ActionSelection selection = t % 4 == 0 ? ActionSelection.Mode : ActionSelection.Sample;
            agents.Act([.. Enumerable.Range(0, Rows)], TestModules.Observations(policy, Rows, (ulong)t), masks, actions, logProbabilities, values, selection);
            for (int r = 0; r < Rows; r++)
            {
                Assert.True(masks[(9 * r) + (int)actions[5 * r]]);
                Assert.True(masks[(9 * r) + 3 + (int)actions[(5 * r) + 3]]);
                Assert.True(masks[(9 * r) + 5 + (int)actions[(5 * r) + 4]]);
                float[] logits = agents.Logits.Slice(13 * r, 13).ToArray();
                Assert.Equal(agents.Distribution.LogProbability(logits, actions.AsSpan(5 * r, 5)), logProbabilities[r]);
                Assert.True(float.IsFinite(logProbabilities[r]));
                forbidden += masks.AsSpan(9 * r, 9).Count(false);
            }
        }
        Assert.True(forbidden > 2000 * Rows);
    }

    [Fact]
    public void A_bad_mask_is_refused_before_anything_changes()
    {
        PolicyDefinition policy = TestModules.Policy("lstm", actions: Mixed);
        var agents = new AgentBatch(PolicyNetwork.From(policy), 2);
        float[] observations = TestModules.Observations(policy, 2, 1), before = new float[agents.Layout.Size], after = new float[agents.Layout.Size];
        agents.Save(1, before);
        bool[] nothing = [.. Enumerable.Repeat(true, 14), false, false, false, false];
        Assert.Contains("row 1", Assert.Throws<ArgumentException>(() => Act(nothing)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Act(new bool[9]));
        agents.Save(1, after);
        Assert.Equal(before, after);
        Assert.Equal(0ul, agents.GetSteps(1));

        void Act(bool[] masks) => agents.Act([0, 1], observations, masks, new float[10], new float[2], new float[2], ActionSelection.Sample);
    }

    [Fact]
    public void A_batch_gives_actions_as_drawn_and_an_agent_clips_them()
    {
        PolicyDefinition policy = TestModules.Policy("none", actions: Space.Box(-0.25f, 0.5f, 2));
        var network = PolicyNetwork.From(policy);
        var agents = new AgentBatch(network, 1, seed: 4);
        var agent = new Agent(network, seed: 4) { Selection = ActionSelection.Sample };
        float[] drawn = new float[2], clipped = new float[2], logProbability = new float[1];
        int outside = 0;
        for (int t = 0; t < 200; t++)
        {
            float[] observation = TestModules.Observations(policy, 1, (ulong)t);
            agents.Act([0], observation, drawn, logProbability, new float[1], ActionSelection.Sample);
            agent.Act(observation, clipped);
            Assert.Equal(drawn.Select(x => Math.Clamp(x, -0.25f, 0.5f)), clipped);
            Assert.Equal(logProbability[0], agent.LogProbability);
            if (drawn[0] != clipped[0]) outside++;
        }
        Assert.InRange(outside, 20, 180);
    }

    /// <summary>Masks that forbid about half of the choices, and leave each component one at least.</summary>
    private static bool[] Masks(int rows, int t)
    {
        var random = new RandomSource(1000 + (ulong)t);
        bool[] masks = new bool[rows * 9];
        for (int i = 0; i < masks.Length; i++) masks[i] = random.NextInt(2) == 0;
        for (int r = 0; r < rows; r++) masks[(9 * r) + random.NextInt(3)] = masks[(9 * r) + 3 + random.NextInt(2)] = masks[(9 * r) + 5 + random.NextInt(4)] = true;
        return masks;
    }

    private static void AssertNothingIsAllocated(PolicyDefinition policy)
    {
        var network = PolicyNetwork.From(policy);
        var agents = new AgentBatch(network, 5);
        var agent = new Agent(network) { Selection = ActionSelection.Sample };
        int size = policy.ActionSpace.Size;
        float[] observations = TestModules.Observations(policy, 5, 9), actions = new float[5 * size], logProbabilities = new float[5], values = new float[5];
        float[] state = new float[agents.Layout.Size];
        bool[] masks = new bool[5 * policy.ActionSpace.MaskSize];
        masks.AsSpan().Fill(true);
        int[] rows = [4, 2, 0, 1, 3];
        for (int i = 0; i < 50; i++) Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++) Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Round()
        {
            agents.Act(rows, observations, actions, logProbabilities, values, ActionSelection.Sample);
            agents.Act(rows, observations, masks, actions, logProbabilities, values, ActionSelection.Mode);
            agents.Peek(rows, observations, values);
            agents.Reset(2);
            agents.Save(1, state);
            agents.Load(3, state);
            agent.Act(observations.AsSpan(0, 4), masks.AsSpan(0, masks.Length / 5), actions.AsSpan(0, size));
            agent.Reset();
        }
    }

    private static (float Action, float LogProbability, float Value) ActOne(AgentBatch agents, int row, float[] observations, int t)
    {
        float[] action = new float[1], logProbability = new float[1], value = new float[1];
        agents.Act([row], observations.AsSpan(t * 4, 4), action, logProbability, value, ActionSelection.Sample);
        return (action[0], logProbability[0], value[0]);
    }

    private static PolicyModule Identity(int size)
    {
        var writer = new PolicyWriter();
        writer.Set("layers", 1);
        writer.Set("activation", "tanh");
        float[] weight = new float[size * size];
        for (int i = 0; i < size; i++) weight[(i * size) + i] = 1;
        writer.Tensor("0.weight", weight, size, size);
        writer.Tensor("0.bias", new float[size], size);
        return writer.ToModule("mlp");
    }

    private static PolicyModule Sum(int size)
    {
        var writer = new PolicyWriter();
        writer.Tensor("weight", [.. Enumerable.Repeat(1f, size)], 1, size);
        writer.Tensor("bias", [0], 1);
        return writer.ToModule("linear");
    }

    /// <summary>Runs six rows whose episodes begin at different steps, cut into batches.</summary>
    private static Trace Run(AgentBatch[] batches, PolicyDefinition policy, bool oneByOne)
    {
        var trace = new Trace();
        for (int t = 0; t < Steps; t++)
        {
            float[] observations = TestModules.Observations(policy, Rows, 100 + (ulong)t);
            int first = 0;
            foreach (AgentBatch batch in batches)
            {
                for (int row = 0; row < batch.Rows; row++)
                    if ((t + first + row) % 9 == 0) batch.Reset(row);
                int n = oneByOne ? 1 : batch.Rows;
                for (int row = 0; row < batch.Rows; row += n)
                {
                    float[] actions = new float[n], logProbabilities = new float[n], values = new float[n];
                    batch.Act([.. Enumerable.Range(row, n)], observations.AsSpan((first + row) * 4, n * 4), actions, logProbabilities, values, ActionSelection.Sample);
                    for (int i = 0; i < n; i++) trace.Add(actions[i], logProbabilities[i], values[i]);
                }
                first += batch.Rows;
            }
        }
        return trace;
    }

    /// <summary>Everything that came out, compared exactly.</summary>
    private sealed class Trace : List<float>, IEquatable<Trace>
    {
        public void Add(float action, float logProbability, float value) => AddRange([action, logProbability, value]);

        public bool Equals(Trace? other) => other is not null && this.SequenceEqual(other);

        public override bool Equals(object? obj) => Equals(obj as Trace);

        public override int GetHashCode() => Count;
    }
}
