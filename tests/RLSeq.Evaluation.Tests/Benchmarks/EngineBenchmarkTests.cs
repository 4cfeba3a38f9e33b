using RLSeq.Policies;

namespace RLSeq.Evaluation.Tests;

public sealed class EngineBenchmarkTests
{
    /// <summary>Where the engines cross, from times of batches 1, 8, 64 and 512 in which torch was faster or not.</summary>
    [Theory]
    [InlineData(new[] { false, false, false, false }, 512, null)]
    [InlineData(new[] { false, false, false, true }, 64, 512)]
    [InlineData(new[] { false, true, true, true }, 1, 8)]
    [InlineData(new[] { true, true, true, true }, null, 1)]
    [InlineData(new[] { true, false, true, true }, 8, 64)] // one slow measurement in between is no crossing
    [InlineData(new[] { false, false, true, false }, 512, null)]
    public void The_crossing_is_where_torch_is_faster_for_good(bool[] torchIsFaster, int? managedUpTo, int? torchFrom)
    {
        int[] batches = [1, 8, 64, 512];
        var result = new EngineBenchmark("cpu", 1, [.. batches.Select((batch, i) => new EngineTiming(batch, 2, torchIsFaster[i] ? 1 : 3))]);
        Assert.Equal((managedUpTo, torchFrom), (result.ManagedUpTo, result.TorchFrom));
    }

    [Fact]
    public void Batches_are_measured_once_each_in_ascending_order_and_libtorchs_threads_are_put_back()
    {
        int threads = get_num_threads();
        EngineBenchmark result = EngineBenchmark.Run(new MemorySettings("transformer", 8, 1, 2, 3, 8), 1, [3, 1, 3], CPU, threads: threads + 1);
        Assert.Equal([1, 3], result.Timings.Select(timing => timing.Batch));
        Assert.All(result.Timings, timing => Assert.True(timing.ManagedMicroseconds > 0 && timing.TorchMicroseconds > 0));
        Assert.Equal(threads, get_num_threads());
        Assert.Equal(threads + 1, result.Threads);
    }

    [Fact]
    public void What_a_row_costs_is_the_calls_share() =>
        Assert.Equal((0.5, 2), (new EngineTiming(8, 4, 16).ManagedMicrosecondsPerRow, new EngineTiming(8, 4, 16).TorchMicrosecondsPerRow));
}
