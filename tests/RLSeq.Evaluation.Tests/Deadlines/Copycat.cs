using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Evaluation.Tests;

/// <summary>Shows a random number every tick; the action earns its own product with the number's sign, -1 to 1, so that a stale or missing action shows in the return.</summary>
internal sealed class Copycat(int length = 24) : EnvironmentBase(Space.Box(-1, 1, 1), Space.Discrete(3))
{
    private float _shown;

    /// <summary>A policy that has learned nothing, for the copycat with or without a clock's report.</summary>
    public static PolicyNetwork Policy(bool reports = false, string memory = "lstm")
    {
        using var world = new Copycat();
        manual_seed(5);
        Space observations = reports ? new ClockReport(world.ObservationSpace, world.ActionSpace).Space : world.ObservationSpace;
        using var network = new ActorCritic(observations, world.ActionSpace, new MemorySettings(memory, Hidden: 8, Layers: 1, Heads: 1, Context: 4, FeedForward: 8), 1);
        return PolicyNetwork.From(network.Export());
    }

    /// <summary>Latencies of 3 to 90 µs, slower after the first decision, as a recording could have them.</summary>
    public static RecordedLatency Recording()
    {
        var random = new RandomSource(3);
        List<long> first = [], rest = [];
        for (int i = 0; i < 50; i++) first.Add(3_000 + random.NextInt(2_000));
        for (int i = 0; i < 200; i++) rest.Add(i % 20 == 0 ? 90_000 : 5_001 + random.NextInt(9_000));
        return new RecordedLatency([new LatencySegment(0, 1, first), new LatencySegment(1, 24, rest)], "made up");
    }

    protected override void OnReset(Span<float> observation) => observation[0] = _shown = Number();

    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        float reward = (Discrete(action) - 1) * Math.Sign(_shown);
        observation[0] = _shown = Number();
        return new(reward, Terminated: Steps == length, Truncated: false);
    }

    private float Number() => (float)((2 * Random.NextDouble()) - 1);
}
