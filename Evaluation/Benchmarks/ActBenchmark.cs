using System.Diagnostics;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Evaluation;

/// <summary>What one action costs at batch 1: encoder, memory, heads and sampling, beside its floor.</summary>
/// <param name="P50Microseconds">Median.</param>
/// <param name="P99Microseconds">99th percentile.</param>
/// <param name="P999Microseconds">99.9th percentile.</param>
/// <param name="MaxMicroseconds">The slowest.</param>
/// <param name="FloorMicroseconds">Bytes that an action must read over the bandwidth of one core at that working set.</param>
/// <param name="AllocatedBytesPerAction">Managed bytes.</param>
/// <param name="StateBytes">The canonical state of one row.</param>
/// <param name="Parameters">Weights.</param>
/// <param name="Actions">Actions timed.</param>
public sealed record ActBenchmark(
    double P50Microseconds, double P99Microseconds, double P999Microseconds, double MaxMicroseconds, double FloorMicroseconds,
    double AllocatedBytesPerAction, long StateBytes, long Parameters, long Actions)
{
    /// <summary>All that was recorded of the actions timed, split by stage if that was asked for.</summary>
    public required LatencyReport Recorded { get; init; }

    /// <summary>With <see cref="Choices"/>, a small game: 4 numbers in, 2 choices out, as in cart-pole.</summary>
    internal static readonly Space Observations = Space.Box(-1, 1, 4);

    private static readonly Space Choices = Space.Discrete(2);

    /// <summary>One over the gain that a policy head begins with.</summary>
    private const float PolicyHeadGain = 100;

    /// <summary>What the precision costs on this network's random weights; null in 32 bits.</summary>
    public ConversionLoss? Conversion { get; init; }

    /// <summary>What one of many agents costs; null where no batch was asked for.</summary>
    public ManyAgents? Agents { get; init; }

    /// <summary>The 99.9th percentile over the median of a loop of plain arithmetic as long as an action, timed in turn with the actions: this machine's own tail.</summary>
    public required double PlainLoopTail { get; init; }

    /// <summary>Times a network with random weights; the memory is filled to its context before.</summary>
    /// <param name="memory">The memory and its sizes.</param>
    /// <param name="encoderLayers">Layers before it.</param>
    /// <param name="settings">What to time.</param>
    /// <exception cref="UserInputException">A size is impossible.</exception>
    public static ActBenchmark Run(MemorySettings memory, int encoderLayers, ActBenchmarkSettings settings)
    {
        using ActorCritic network = RandomNetwork(memory, encoderLayers, settings.Seed);
        PolicyDefinition policy = network.Export() with { Precision = settings.Precision };
        var packed = PolicyNetwork.From(policy);
        var agent = new Agent(packed) { Selection = ActionSelection.Sample };
        agent.Recorder.Stages = settings.Stages;
        return Run(agent, network.ParameterCount, settings.Actions) with
        {
            Conversion = Convert(policy, settings).Conversion, // last: by now the runtime has compiled what it runs
            Agents = settings.Rows > 0 ? ManyAgents.Measure(packed, settings.Rows) : null,
        };
    }

    /// <summary>
    /// The network that benchmarks of acting time, with random weights. The policy head is as large as the other layers: fresh from
    /// <see cref="ActorCritic"/> it is so small that all actions are equally likely, and no rounding could change one.
    /// </summary>
    /// <param name="memory">The memory and its sizes.</param>
    /// <param name="encoderLayers">Layers before it.</param>
    /// <param name="seed">Of the weights.</param>
    internal static ActorCritic RandomNetwork(MemorySettings memory, int encoderLayers, int seed = 1)
    {
        manual_seed(seed);
        var network = new ActorCritic(Observations, Choices, memory, encoderLayers);
        using IDisposable frozen = no_grad();
        foreach ((string name, TorchSharp.Modules.Parameter weight) in network.named_parameters())
            if (name == "policy.weight") _ = weight.mul_(PolicyHeadGain);
        return network;
    }

    private static PolicyDefinition Convert(PolicyDefinition policy, ActBenchmarkSettings settings)
    {
        if (settings.Precision == PolicyPrecision.Float32) return policy;
        var random = new RandomSource(2);
        var observations = new float[settings.Actions * Observations.Size];
        for (int i = 0; i < settings.Actions; i++) Observations.Sample(ref random, observations.AsSpan(i * Observations.Size, Observations.Size));
        return PolicyConverter.Convert(policy, settings.Precision, observations, new bool[settings.Actions]);
    }

    private static ActBenchmark Run(Agent agent, long parameters, int actions)
    {
        Space space = agent.Network.Definition.ObservationSpace;
        long stateBytes = agent.Layout.Bytes;
        int warmup = 1000 + agent.Layout.Blocks.Select(block => block.WindowLength).DefaultIfEmpty(0).Max();
        const int Distinct = 256, Turn = 5000; // the first action after a turn of the loop finds a cold core: too few of them to be the 99.9th percentile
        var random = new RandomSource(1);
        var observations = new float[Distinct * space.Size];
        for (int i = 0; i < Distinct; i++) space.Sample(ref random, observations.AsSpan(i * space.Size, space.Size));
        var action = new float[agent.Network.Definition.ActionSpace.Size];
        agent.Reset();
        for (int i = 0; i < warmup; i++) Act(i);
        int next = 0;
        Warmup.Run(() => Act(next++));
        for (int i = 0; i < warmup; i++) Act(i); // the pauses left the caches cold
        GC.Collect(); // what building the network left behind must not be collected while actions are timed
        var plain = new PlainLoop(agent.Latency.Percentile(50) / 1e3);
        agent.Recorder.Reset();
        Action<int> act = Act;
        long allocated = 0;
        for (int from = 0; from < actions; from += Turn)
        {
            int turn = Math.Min(Turn, actions - from);
            allocated += AllocatedBytes.Of(act, from, turn);
            plain.Repeat(turn);
        }
        LatencyHistogram latency = agent.Latency;

        // An action reads every weight once, and a Transformer the keys and values of its window.
        long bytes = agent.Network.BytesPerStep(int.MaxValue);
        double floor = bytes / MachineRates.ReadBandwidth(bytes) * 1e6;
        return new ActBenchmark(latency.Percentile(50) / 1e3, latency.Percentile(99) / 1e3, latency.Percentile(99.9) / 1e3, latency.Max / 1e3, floor, (double)allocated / actions, stateBytes, parameters, actions)
        {
            Recorded = agent.Recorder.Report(),
            PlainLoopTail = plain.Tail,
        };

        void Act(int i) => agent.Act(observations.AsSpan(i % Distinct * space.Size, space.Size), action);
    }
}
