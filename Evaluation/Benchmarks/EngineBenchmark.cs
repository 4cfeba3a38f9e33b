using System.Diagnostics;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Evaluation;

/// <summary>Where the engines cross: the same network acting through the managed engine and through libtorch, at several batch sizes.</summary>
/// <param name="Device">Where torch acts.</param>
/// <param name="Threads">libtorch's threads on the CPU; the managed engine takes one.</param>
/// <param name="Timings">One entry per batch size, in ascending order.</param>
public sealed record EngineBenchmark(string Device, int Threads, IReadOnlyList<EngineTiming> Timings)
{
    /// <summary>The batch sizes that are compared where none are named.</summary>
    public static IReadOnlyList<int> DefaultBatches { get; } = [1, 8, 64, 512];

    private const int Alternations = 7;

    /// <summary>A measurement repeats calls for this long, so that the clock's resolution does not matter.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);

    /// <summary>The smallest batch from which torch was faster at every size that was measured; null where it never was at the end.</summary>
    public int? TorchFrom
    {
        get
        {
            int? from = null;
            for (int i = Timings.Count - 1; i >= 0 && Timings[i].TorchIsFaster; i--) from = Timings[i].Batch;
            return from;
        }
    }

    /// <summary>The largest batch below <see cref="TorchFrom"/>; null where torch was faster throughout.</summary>
    public int? ManagedUpTo => Timings.LastOrDefault(timing => TorchFrom is not { } from || timing.Batch < from) is { Batch: > 0 } last ? last.Batch : null;

    /// <summary>Times both engines in turn; every row stands in the middle of an episode, its memory filled to the context.</summary>
    /// <param name="memory">The memory and its sizes.</param>
    /// <param name="encoderLayers">Layers before it.</param>
    /// <param name="batches">The batch sizes, each at least 1.</param>
    /// <param name="device">Where torch acts.</param>
    /// <param name="threads">libtorch's threads; the setting is put back afterwards.</param>
    /// <exception cref="UserInputException">A size is impossible.</exception>
    public static EngineBenchmark Run(MemorySettings memory, int encoderLayers, IReadOnlyList<int> batches, Device device, int threads)
    {
        using ActorCritic network = ActBenchmark.RandomNetwork(memory, encoderLayers);
        network.to(device);
        int[] sizes = [.. batches.Distinct().Order()];
        int before = get_num_threads();
        set_num_threads(threads);
        try
        {
            PolicyNetwork managed = PolicyNetwork.From(network.Export());
            float[] state = BatchCaller.FilledState(managed);
            return new EngineBenchmark(device.ToString(), threads, [.. sizes.Select(batch => Time(network, managed, state, batch))]);
        }
        finally
        {
            set_num_threads(before);
        }
    }

    private static EngineTiming Time(ActorCritic network, PolicyNetwork packed, float[] state, int batch)
    {
        using var torch = new TorchAgentBatch(network, batch);
        var managed = new AgentBatch(packed, batch);
        BatchCaller[] callers = [new(managed, state), new(torch, state)];
        foreach (BatchCaller caller in callers) Warmup.Run(caller.Act);
        double[][] times = [new double[Alternations], new double[Alternations]];
        // In turn, so that a machine that changes its speed changes it for both.
        for (int i = 0; i < Alternations; i++)
            for (int engine = 0; engine < callers.Length; engine++) times[engine][i] = callers[engine].Repeat(Shortest);
        foreach (double[] time in times) Array.Sort(time);
        return new EngineTiming(batch, times[0][Alternations / 2], times[1][Alternations / 2]);
    }
}
