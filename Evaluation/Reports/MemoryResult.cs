namespace RLSeq.Evaluation;

/// <summary>One memory on one environment: its training runs, one per seed, and how fast it acts.</summary>
public sealed record MemoryResult
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The memory's name.</summary>
    public required string Memory { get; init; }

    /// <summary>The sizes that it was given to be equal to the others; null where it had the configured ones.</summary>
    public MemorySizes? Sizes { get; init; }

    /// <summary>The runs, failed ones included.</summary>
    public IReadOnlyList<RunResult> Runs { get; init; } = [];

    /// <summary>The latency of acting, or null where it was not measured.</summary>
    public LatencyResult? Latency { get; init; }

    /// <summary>Return against deadline, a curve per slow-down; empty where that was not measured.</summary>
    public IReadOnlyList<DeadlineCurve> Deadlines { get; init; } = [];

    /// <summary>Return with the state tampered with, the intact one first; empty where that was not measured.</summary>
    public IReadOnlyList<MemoryUse> MemoryUse { get; init; } = [];
}
