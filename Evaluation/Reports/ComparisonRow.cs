namespace RLSeq.Evaluation;

/// <summary>One line of a comparison: a memory on an environment, its runs summarised.</summary>
public sealed record ComparisonRow
{
    /// <summary>A curve has dozens of intervals, which are drawn or decide by a wide margin; 2,000 replicates keep a report to seconds.</summary>
    internal const int DrawnReplicates = 2_000;

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

    /// <summary>The most memory that a training process of it held resident, in bytes, or null if it was not measured.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>How soon it learned, or null where no run's learning curve tells.</summary>
    public LearningSpeed? Speed { get; init; }

    /// <summary>Its curves of return against deadline; empty where they were not measured.</summary>
    public IReadOnlyList<DeadlineSummary> Deadlines { get; init; } = [];

    /// <summary>What it earns with its state tampered with; empty where that was not measured.</summary>
    public IReadOnlyList<MemoryUseFigure> MemoryUse { get; init; } = [];

    internal static ComparisonRow From(EnvironmentInfo environment, MemoryResult result, BootstrapOptions options)
    {
        BootstrapOptions drawn = options with { Replicates = Math.Min(options.Replicates, DrawnReplicates) };
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
            PeakMemoryBytes = usable.Select(run => run.PeakMemoryBytes).DefaultIfEmpty(0).Max() is > 0 and var peak ? peak : null,
            Speed = LearningSpeed.From(usable, environment.RandomReturn, drawn),
            Deadlines = [.. result.Deadlines.Select(curve => DeadlineSummary.From(environment, result, curve, drawn)).OfType<DeadlineSummary>()],
            MemoryUse = MemoryUseFigure.From(result.MemoryUse, drawn),
        };
    }
}
