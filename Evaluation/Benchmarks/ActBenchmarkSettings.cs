using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>What <see cref="ActBenchmark"/> times.</summary>
public sealed record ActBenchmarkSettings
{
    /// <summary>Actions to time, and to compare where the precision is not 32 bits.</summary>
    public int Actions { get; init; } = 20_000;

    /// <summary>The formats of weights, keys and values.</summary>
    public PolicyPrecision Precision { get; init; }

    /// <summary>Whether to split actions by stage, which itself takes some of the time.</summary>
    public bool Stages { get; init; }

    /// <summary>Seeds the network's random weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The rows of a batch to time as well, or 0.</summary>
    public int Rows { get; init; }
}
