namespace RLSeq.Evaluation;

/// <summary>One line of a comparison: a memory on an environment, its runs summarised.</summary>
public sealed record ComparisonRow
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The memory's name.</summary>
    public required string Memory { get; init; }

    /// <summary>The mean return with its two-level interval (see <see cref="ReturnEstimate"/>), or null if no run is usable.</summary>
    public required Estimate? Return { get; init; }

    /// <summary>The interquartile mean over runs with its interval, or null if no run is usable.</summary>
    public required Estimate? InterquartileMean { get; init; }

    /// <summary>How many runs are behind the return.</summary>
    public int Seeds => Return?.Count ?? 0;

    /// <summary>How many runs failed or left returns that are not numbers; they are in no figure.</summary>
    public required int FailedRuns { get; init; }

    /// <summary>The latency, or null where it was not measured.</summary>
    public required LatencyResult? Latency { get; init; }

    /// <summary>How many numbers the policy learns, or null if no run tells.</summary>
    public required long? Parameters { get; init; }

    /// <summary>The memory's state of one acting agent in bytes, or null if no run tells.</summary>
    public required long? StateBytes { get; init; }

    /// <summary>Training steps per second, the median over the usable runs, or null if there is none.</summary>
    public required double? StepsPerSecond { get; init; }

    internal static ComparisonRow From(MemoryResult result, BootstrapOptions options)
    {
        List<RunResult> usable = [.. result.Runs.Where(run => run.IsUsable)];
        double[][] returns = [.. usable.Select(run => run.EpisodeReturns.ToArray())];
        return new ComparisonRow
        {
            Environment = result.Environment,
            Memory = result.Memory,
            Return = usable.Count > 0 ? ReturnEstimate.Mean(returns, options) : null,
            InterquartileMean = usable.Count > 0 ? ReturnEstimate.Iqm(returns, options) : null,
            FailedRuns = result.Runs.Count - usable.Count,
            Latency = result.Latency,
            Parameters = usable.Count > 0 ? usable[0].Parameters : null,
            StateBytes = usable.Count > 0 ? usable[0].StateBytes : null,
            StepsPerSecond = usable.Count > 0 && usable.All(run => double.IsFinite(run.StepsPerSecond))
                ? Statistic.Median([.. usable.Select(run => run.StepsPerSecond)])
                : null,
        };
    }
}
