using RLSeq.Training;

namespace RLSeq.Cli.Output;

/// <summary>Says where a run asks for more threads than this machine has cores. It is no error: another machine's run must resume as it was configured.</summary>
internal static class ThreadsWarning
{
    public static void Print(TrainingConfiguration configuration)
    {
        if (Of(configuration, Environment.ProcessorCount) is { } warning) Console.Error.WriteLine(warning);
    }

    /// <summary>The warning; null where the cores suffice.</summary>
    /// <param name="configuration">The run's configuration.</param>
    /// <param name="cores">The machine's cores.</param>
    internal static string? Of(TrainingConfiguration configuration, int cores)
    {
        (string key, int threads) = configuration.Threads >= configuration.CollectThreads ? ("threads", configuration.Threads) : ("collect_threads", configuration.CollectThreads);
        return threads <= cores ? null : $"Warning: {key} is {threads}, but this machine has {cores} {(cores == 1 ? "core" : "cores")}; threads that share a core wait for each other, and the run is slower than with {key}={cores}.";
    }
}
