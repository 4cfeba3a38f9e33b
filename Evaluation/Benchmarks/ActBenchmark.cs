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

    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(0.7);

    /// <summary>Times a network with random weights; the memory is filled to its context before.</summary>
    /// <param name="memory">The memory and its sizes.</param>
    /// <param name="encoderLayers">Layers before it.</param>
    /// <param name="actions">Actions to time.</param>
    /// <param name="stages">Whether to split them by stage, which itself takes some of the time.</param>
    /// <exception cref="UserInputException">A size is impossible.</exception>
    public static ActBenchmark Run(MemorySettings memory, int encoderLayers, int actions, bool stages = false)
    {
        using ActorCritic network = RandomNetwork(memory, encoderLayers);
        var agent = new Agent(PolicyNetwork.From(network.Export())) { Selection = ActionSelection.Sample };
        agent.Recorder.Stages = stages;
        return Run(agent, network.ParameterCount, actions);
    }

    /// <summary>The network that benchmarks of acting time, with random weights.</summary>
    /// <param name="memory">The memory and its sizes.</param>
    /// <param name="encoderLayers">Layers before it.</param>
    internal static ActorCritic RandomNetwork(MemorySettings memory, int encoderLayers)
    {
        manual_seed(1);
        return new ActorCritic(Observations, Choices, memory, encoderLayers);
    }

    private static ActBenchmark Run(Agent agent, long parameters, int actions)
    {
        Space space = agent.Network.Definition.ObservationSpace;
        long stateBytes = agent.Layout.Bytes;
        int warmup = 1000 + agent.Layout.Blocks.Select(block => block.WindowLength).DefaultIfEmpty(0).Max();
        const int Distinct = 256;
        var random = new RandomSource(1);
        var observations = new float[Distinct * space.Size];
        for (int i = 0; i < Distinct; i++) space.Sample(ref random, observations.AsSpan(i * space.Size, space.Size));
        var action = new float[agent.Network.Definition.ActionSpace.Size];
        agent.Reset();
        // By time as well: the runtime compiles hot code anew in the background, some 100 ms after it became hot, and then once more.
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < warmup || Stopwatch.GetElapsedTime(began) < Warmup; i++) Act(i);
        GC.Collect(); // what building the network left behind must not be collected while actions are timed
        agent.Recorder.Reset();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < actions; i++) Act(i);
        double allocated = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / actions;
        LatencyHistogram latency = agent.Latency;

        // An action reads every weight once, and a Transformer the keys and values of its window: as many floats as the layer inputs, twice.
        long bytes = (parameters * sizeof(float)) + (2 * stateBytes);
        double floor = bytes / MachineRates.ReadBandwidth(bytes) * 1e6;
        return new ActBenchmark(latency.Percentile(50) / 1e3, latency.Percentile(99) / 1e3, latency.Percentile(99.9) / 1e3, latency.Max / 1e3, floor, allocated, stateBytes, parameters, actions)
        {
            Recorded = agent.Recorder.Report(),
        };

        void Act(int i) => agent.Act(observations.AsSpan(i % Distinct * space.Size, space.Size), action);
    }
}
