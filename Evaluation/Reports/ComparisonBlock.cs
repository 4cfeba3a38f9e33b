namespace RLSeq.Evaluation;

/// <summary>The lines of one environment.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Rows">One row per memory, in the order of the comparison.</param>
public sealed record ComparisonBlock(EnvironmentInfo Environment, IReadOnlyList<ComparisonRow> Rows)
{
    /// <summary>The memory with the highest mean return against each other one, from the best of these down.</summary>
    public IReadOnlyList<MemoryDifference> Differences { get; init; } = [];
}
