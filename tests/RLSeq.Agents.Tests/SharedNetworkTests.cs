namespace RLSeq.Agents.Tests;

/// <summary>One network, its weights packed once, acts for many threads at the same time.</summary>
public sealed class SharedNetworkTests
{
    private const int Threads = 4, Rows = 3;

    public static TheoryData<string, string, int> All => new()
    {
        { "lstm", "f32", 3000 }, { "gru", "int8", 1500 }, { "min-gru", "bf16", 1500 }, { "gated-delta-net", "f32", 800 }, { "linear-attention", "int8", 800 }, { "lru", "int8", 1500 }, { "ffm", "bf16", 1500 },
        { "transformer", "f32", 800 }, { "transformer-absolute", "int8/bf16", 400 }, { "transformer", "f32/int8", 400 }, { "transformer-window", "f32", 40 },
        { "transformer-gated", "int8", 300 }, { "transformer-distinct", "f32", 800 }, { "hcam", "f32", 400 },
    };

    /// <summary>Each thread makes its agents, acts and takes its states over, all beginning at once; each gets exactly what it gets alone.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task Threads_that_share_a_network_get_what_each_gets_alone(string name, string precision, int steps)
    {
        PolicyDefinition policy = WideMemories.Policy(name, precision);
        var network = PolicyNetwork.From(policy);
        float[][] observations = [.. Enumerable.Range(0, Threads).Select(thread => TestModules.Observations(policy, Rows * 50, (ulong)thread))];
        float[][] alone = [.. observations.Select((mine, thread) => Run(network, mine, thread, steps))];
        float[][] together = new float[Threads][];
        using var begin = new Barrier(Threads);
        Task[] threads = [.. Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                begin.SignalAndWait();
                together[thread] = Run(network, observations[thread], thread, steps);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))]; // each on a thread of its own, and what it throws fails the test
        await Task.WhenAll(threads);
        for (int thread = 0; thread < Threads; thread++) Near.Same(alone[thread], together[thread], $"{name} {precision}, thread {thread}");
        Assert.False(alone[0].AsSpan().SequenceEqual(alone[1]), "Threads that do the same show nothing.");
    }

    /// <summary>Acts in all rows, some beginning anew, with a state saved and loaded on the way.</summary>
    /// <returns>Every action, its log-probability and value, <c>[steps, 3, Rows]</c>.</returns>
    private static float[] Run(PolicyNetwork network, float[] observations, int thread, int steps)
    {
        var agents = new AgentBatch(network, Rows, seed: 5, firstRow: Rows * thread);
        int size = network.Definition.ObservationSpace.Size * Rows, given = observations.Length / size;
        float[] results = new float[steps * 3 * Rows], state = new float[agents.Layout.Size];
        for (int t = 0; t < steps; t++)
        {
            if (t % 37 == thread) agents.Reset(t % Rows);
            if (t % 101 == 100)
            {
                agents.Save(0, state);
                agents.Load(Rows - 1, state);
            }
            Span<float> result = results.AsSpan(t * 3 * Rows, 3 * Rows);
            agents.Act([0, 1, 2], observations.AsSpan(t % given * size, size), default, result[..Rows], result[Rows..(2 * Rows)], result[(2 * Rows)..], ActionSelection.Sample);
        }
        return results;
    }
}
