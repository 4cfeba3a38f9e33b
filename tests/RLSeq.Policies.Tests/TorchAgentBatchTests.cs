using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.LibTorch;

namespace RLSeq.Policies.Tests;

/// <summary>The engine on libtorch is held to the managed one, which the laws hold to the memories.</summary>
public sealed class TorchAgentBatchTests : IDisposable
{
    private const int Rows = 6, Steps = 120, Choices = 3;
    private const ulong Seed = 5;
    private const int FirstRow = 10;

    private static readonly Space Observed = Space.Tuple(Space.Box(-1, 1, 3), Space.Discrete(4));

    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> Names => MemorySubject.Names;

    public void Dispose() => _scope.Dispose();

    [Theory, MemberData(nameof(Names))]
    public void It_acts_as_the_managed_engine(string memory)
    {
        using ActorCritic network = Network(memory);
        using TorchAgentBatch torch = new(network, Rows, Seed, FirstRow);
        AgentBatch managed = new(PolicyNetwork.From(network.Export()), Rows, Seed, FirstRow);
        var random = new RandomSource(3);
        int[] order = [.. Enumerable.Range(0, Rows)];
        int equal = 0, chosen = 0;
        for (int t = 0; t < Steps; t++)
        {
            for (int row = 0; row < Rows; row++)
            {
                if (random.NextDouble() >= 0.1) continue;
                torch.Reset(row);
                managed.Reset(row);
            }
            // All rows in order, which takes the states as they are, and some rows in any order, which gathers them.
            bool all = t % 3 == 0;
            if (all) Array.Sort(order);
            else random.Shuffle<int>(order);
            int n = all ? Rows : random.NextInt(Rows + 1);
            int[] rows = order[..n];
            float[] observations = Observations(n, ref random);
            ActionSelection selection = t % 5 == 0 ? ActionSelection.Mode : ActionSelection.Sample;

            (float[] actual, float[] expected) = (new float[n], new float[n]);
            torch.Peek(rows, observations, actual);
            managed.Peek(rows, observations, expected);
            MemorySubject.Agree(actual, expected);

            Acted a = Act(torch, rows, observations, selection), b = Act(managed, rows, observations, selection);
            MemorySubject.Agree(a.Logits, b.Logits);
            MemorySubject.Agree(a.Values, b.Values);
            for (int r = 0; r < n; r++)
            {
                chosen++;
                if (a.Actions[r] != b.Actions[r]) continue;
                equal++;
                MemorySubject.Agree(a.LogProbabilities.AsSpan(r, 1), b.LogProbabilities.AsSpan(r, 1), 5e-4);
            }
        }
        // The uniform number that decides an action lies within the rounding of a cumulative probability about once in 10,000 choices.
        Assert.InRange(chosen - equal, 0, 1);
        foreach (int row in order) Assert.Equal(managed.GetSteps(row), torch.GetSteps(row));
    }

    [Theory, MemberData(nameof(Names))]
    public void Looking_ahead_changes_nothing(string memory)
    {
        using ActorCritic network = Network(memory);
        using TorchAgentBatch torch = new(network, Rows);
        var random = new RandomSource(8);
        int[] all = [.. Enumerable.Range(0, Rows)], some = [4, 1];
        for (int t = 0; t < 9; t++) Act(torch, all, Observations(Rows, ref random), ActionSelection.Sample);
        float[][] before = SaveAll(torch);
        torch.Peek(all, Observations(Rows, ref random), new float[Rows]);
        torch.Peek(some, Observations(2, ref random), new float[2]);
        Assert.Equal(before, SaveAll(torch));
        Assert.All(all, row => Assert.Equal(9ul, torch.GetSteps(row)));

        float[] observations = Observations(Rows, ref random), ahead = new float[Rows];
        torch.Peek(all, observations, ahead);
        Assert.Equal(ahead, Act(torch, all, observations, ActionSelection.Sample).Values);
    }

    /// <summary>A state saved by either engine goes on in the other one, in another row, and what a reset leaves is empty.</summary>
    [Theory, MemberData(nameof(Names))]
    public void States_move_between_the_engines(string memory)
    {
        using ActorCritic network = Network(memory);
        using TorchAgentBatch torch = new(network, Rows);
        AgentBatch managed = new(PolicyNetwork.From(network.Export()), Rows);
        var random = new RandomSource(9);
        int[] all = [.. Enumerable.Range(0, Rows)];
        for (int t = 0; t < 8; t++)
        {
            float[] observations = Observations(Rows, ref random);
            Act(torch, all, observations, ActionSelection.Sample);
            Act(managed, all, observations, ActionSelection.Sample);
            if (t != 5) continue;
            torch.Reset(2); // row 2 has an empty state, row 3 one of two steps
            torch.Reset(3);
            managed.Reset(2);
            managed.Reset(3);
        }
        torch.Reset(2);
        managed.Reset(2);
        float[][] fromTorch = SaveAll(torch), fromManaged = SaveAll(managed);
        Assert.All(fromTorch[2], value => Assert.Equal(0, value));
        for (int row = 0; row < Rows; row++) MemorySubject.Agree(fromTorch[row], fromManaged[row]);

        for (int row = 0; row < Rows; row++)
        {
            int other = (row + 2) % Rows;
            torch.Load(other, fromManaged[row]);
            managed.Load(other, fromTorch[row]);
            var read = new float[torch.Layout.Size];
            torch.Save(other, read);
            Assert.Equal(fromManaged[row], read);
        }
        for (int t = 0; t < 8; t++)
        {
            float[] observations = Observations(Rows, ref random);
            MemorySubject.Agree(Act(torch, all, observations, ActionSelection.Mode).Logits, Act(managed, all, observations, ActionSelection.Mode).Logits);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void What_a_step_adds_to_a_window_is_what_the_managed_engine_adds(string memory)
    {
        using ActorCritic network = Network(memory);
        using TorchAgentBatch torch = new(network, Rows);
        AgentBatch managed = new(PolicyNetwork.From(network.Export()), Rows);
        var random = new RandomSource(4);
        for (int t = 0; t < 9; t++)
        {
            int[] rows = t % 2 == 0 ? [.. Enumerable.Range(0, Rows)] : [5, 0, 3];
            float[] observations = Observations(rows.Length, ref random);
            Act(torch, rows, observations, ActionSelection.Sample);
            Act(managed, rows, observations, ActionSelection.Sample);
            for (int block = 0; block < torch.Layout.Blocks.Count; block++)
            {
                (float[] actual, float[] expected) = (new float[torch.Layout.Blocks[block].ItemSize], new float[torch.Layout.Blocks[block].ItemSize]);
                if (!torch.Layout.Blocks[block].IsWindow)
                {
                    Assert.Throws<ArgumentOutOfRangeException>(() => torch.Newest(0, block, actual));
                    continue;
                }
                foreach (int row in rows)
                {
                    torch.Newest(row, block, actual);
                    managed.Newest(row, block, expected);
                    MemorySubject.Agree(actual, expected);
                }
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void New_weights_act_at_once_and_keep_the_states(string memory)
    {
        using ActorCritic network = Network(memory);
        using TorchAgentBatch torch = new(network, Rows);
        AgentBatch managed = new(PolicyNetwork.From(network.Export()), Rows);
        var random = new RandomSource(6);
        int[] all = [.. Enumerable.Range(0, Rows)];
        for (int t = 0; t < 12; t++)
        {
            if (t == 6)
            {
                Disturb(network, 0.2);
                managed.Network = PolicyNetwork.From(network.Export());
            }
            float[] observations = Observations(Rows, ref random);
            MemorySubject.Agree(Act(torch, all, observations, ActionSelection.Mode).Logits, Act(managed, all, observations, ActionSelection.Mode).Logits);
        }
    }

    [Fact]
    public void A_mask_forbids_as_in_the_managed_engine()
    {
        using ActorCritic network = Network("gru");
        using TorchAgentBatch torch = new(network, 2, Seed);
        AgentBatch managed = new(PolicyNetwork.From(network.Export()), 2, Seed);
        var random = new RandomSource(7);
        bool[] masks = [true, false, true, false, false, true];
        for (int t = 0; t < 20; t++)
        {
            float[] observations = Observations(2, ref random);
            Acted a = Act(torch, [0, 1], observations, ActionSelection.Sample, masks), b = Act(managed, [0, 1], observations, ActionSelection.Sample, masks);
            Assert.Equal(b.Actions, a.Actions);
            Assert.Equal([float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity], [a.Logits[1], a.Logits[3], a.Logits[4]]);
        }
        Assert.Contains("no choice", Assert.Throws<ArgumentException>(() => Act(torch, [0], Observations(1, ref random), ActionSelection.Sample, [false, false, false])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_calls_are_refused_before_anything_changes()
    {
        using ActorCritic network = Network("transformer");
        using TorchAgentBatch torch = new(network, 2);
        var random = new RandomSource(2);
        float[] good = Observations(2, ref random);
        Act(torch, [0, 1], good, ActionSelection.Mode);
        float[][] before = SaveAll(torch);
        float[] bad = [.. good];
        bad[6] = float.NaN;
        Assert.Contains("row 1 has NaN as element 2", Refused([0, 1], bad), StringComparison.Ordinal);
        Assert.Contains("Discrete(4)", Refused([1], [0, 0, 0, 4]), StringComparison.Ordinal);
        Assert.Contains("twice", Refused([1, 1], good), StringComparison.Ordinal);
        Refused([1], good);
        Refused([2], good[..4]);
        Assert.Throws<ArgumentOutOfRangeException>(() => torch.Reset(-1));
        Assert.Throws<ArgumentException>(() => torch.Save(0, new float[torch.Layout.Size + 1]));
        Assert.Throws<ArgumentException>(() => torch.Load(0, new float[torch.Layout.Size - 1]));
        foreach (float count in (float[])[-1, MemorySubject.Context + 1, 1.5f, float.NaN])
            Assert.Contains("count", Assert.Throws<ArgumentException>(() => torch.Load(0, [.. before[0][..^1], count])).Message, StringComparison.Ordinal);
        Assert.Contains("Infinity as element 3", Assert.Throws<ArgumentException>(() => torch.Load(0, [.. before[0][..3], float.NegativeInfinity, .. before[0][4..]])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TorchAgentBatch(network, 0));
        Assert.Equal(before, SaveAll(torch));
        Assert.Equal(1ul, torch.GetSteps(1));

        string Refused(int[] rows, float[] observations)
        {
            string acting = Assert.ThrowsAny<ArgumentException>(() => Act(torch, rows, observations, ActionSelection.Mode)).Message;
            Assert.Equal(acting, Assert.ThrowsAny<ArgumentException>(() => torch.Peek(rows, observations, new float[rows.Length])).Message);
            return acting;
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void No_tensor_is_left_behind(string memory)
    {
        using ActorCritic network = Network(memory);
        long before = LibTorchInfo.LiveHandles;
        using (TorchAgentBatch torch = new(network, Rows))
        {
            var random = new RandomSource(1);
            int[] all = [.. Enumerable.Range(0, Rows)];
            long running = 0;
            for (int t = 0; t < 6; t++)
            {
                Act(torch, all, Observations(Rows, ref random), ActionSelection.Sample);
                Act(torch, [3, 1], Observations(2, ref random), ActionSelection.Sample);
                torch.Peek(all, Observations(Rows, ref random), new float[Rows]);
                torch.Reset(t);
                torch.Load(0, SaveAll(torch)[1]);
                if (t == 1) running = LibTorchInfo.LiveHandles;
            }
            Assert.Equal(running, LibTorchInfo.LiveHandles);
        }
        Assert.Equal(before, LibTorchInfo.LiveHandles);
    }

    /// <summary>Weights large enough that every part matters, and normalised observations.</summary>
    private static ActorCritic Network(string memory)
    {
        manual_seed(7);
        var network = new ActorCritic(Observed, Space.Discrete(Choices), new MemorySettings(memory, MemorySubject.Width, Layers: 2, Heads: 2, MemorySubject.Context, FeedForward: 16), encoderLayers: 2);
        Disturb(network, 0.3);
        network.Encoder.Normalize(new ObservationNormalization([0.1f, -0.2f, 0.3f, 0, 0, 0, 0], [1.5f, 0.7f, 2f, 1, 1, 1, 1], 5));
        return network;
    }

    private static void Disturb(ActorCritic network, double scale)
    {
        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        foreach (Tensor parameter in network.parameters()) parameter.add_(randn(parameter.shape) * scale);
    }

    private static float[] Observations(int count, ref RandomSource random)
    {
        var observations = new float[count * Observed.Size];
        for (int i = 0; i < count; i++) Observed.Sample(ref random, observations.AsSpan(i * Observed.Size, Observed.Size));
        return observations;
    }

    private static Acted Act(IAgentBatch agents, int[] rows, float[] observations, ActionSelection selection, bool[]? masks = null)
    {
        int n = rows.Length;
        float[] actions = new float[n], logProbabilities = new float[n], values = new float[n];
        agents.Act(rows, observations, masks, actions, logProbabilities, values, selection);
        return new Acted(actions, logProbabilities, values, agents.Logits.ToArray());
    }

    private static float[][] SaveAll(IAgentBatch agents)
    {
        float[][] states = [.. Enumerable.Range(0, agents.Rows).Select(_ => new float[agents.Layout.Size])];
        for (int row = 0; row < agents.Rows; row++) agents.Save(row, states[row]);
        return states;
    }

    private sealed record Acted(float[] Actions, float[] LogProbabilities, float[] Values, float[] Logits);
}
