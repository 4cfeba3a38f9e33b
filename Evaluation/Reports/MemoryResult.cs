namespace RLSeq.Evaluation;

/// <summary>One memory on one environment: its training runs, one per seed, and how fast it acts.</summary>
public sealed record MemoryResult
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The memory's name.</summary>
    public required string Memory { get; init; }

    /// <summary>The runs, failed ones included.</summary>
    public IReadOnlyList<RunResult> Runs { get; init; } = [];

    /// <summary>The latency of acting, or null where it was not measured.</summary>
    public LatencyResult? Latency { get; init; }
}
