using RLSeq.Cli.Output;
using RLSeq.Training;

namespace RLSeq.Cli.Tests;

public sealed class ThreadsWarningTests
{
    [Theory]
    [InlineData(2, 2, 2, null)]
    [InlineData(3, 2, 2, "threads is 3, but this machine has 2 cores")]
    [InlineData(1, 2, 1, "collect_threads is 2, but this machine has 1 core;")]
    [InlineData(64, 64, 16, "slower than with threads=16")]
    public void More_threads_than_cores_are_told(int threads, int collect, int cores, string? expected)
    {
        string? warning = ThreadsWarning.Of(new TrainingConfiguration { Threads = threads, CollectThreads = collect }, cores);
        if (expected is null) Assert.Null(warning);
        else Assert.Contains(expected, warning, StringComparison.Ordinal);
    }
}
