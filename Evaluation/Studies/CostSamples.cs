namespace RLSeq.Evaluation;

/// <summary>What a probe measured, a number for every round; the rounds of all probes took turns.</summary>
public sealed record CostSamples
{
    /// <summary>The width that was timed.</summary>
    public required int Hidden { get; init; }

    /// <summary>The parameters of the whole network.</summary>
    public required long Parameters { get; init; }

    /// <summary>The median of an action in each round, in microseconds; empty where acting was not timed.</summary>
    public IReadOnlyList<double> P50Us { get; init; } = [];

    /// <summary>The 99th percentile in each round, in microseconds.</summary>
    public IReadOnlyList<double> P99Us { get; init; } = [];

    /// <summary>Environment steps trained per second in each round; empty where training was not timed.</summary>
    public IReadOnlyList<double> StepsPerSecond { get; init; } = [];
}
