namespace RLSeq.Evaluation;

/// <summary>How long an agent took to act: from observation to action, in microseconds, warm-up excluded.</summary>
public sealed record LatencyResult
{
    /// <summary>The median.</summary>
    public required double P50Us { get; init; }

    /// <summary>The latency that 90 % of the actions stay within.</summary>
    public required double P90Us { get; init; }

    /// <summary>The latency that 99 % of the actions stay within.</summary>
    public required double P99Us { get; init; }

    /// <summary>The latency that 99.9 % of the actions stay within.</summary>
    public required double P999Us { get; init; }

    /// <summary>The slowest action.</summary>
    public required double MaxUs { get; init; }

    /// <summary>The mean.</summary>
    public required double MeanUs { get; init; }

    /// <summary>How many actions were timed.</summary>
    public required long Count { get; init; }

    /// <summary>Bytes allocated per action; 0 for the acting engine.</summary>
    public double AllocatedBytesPerAction { get; init; }

    /// <summary>What was measured and how, for instance <c>managed engine, batch 1, 1 thread, back to back</c>.</summary>
    public required string Conditions { get; init; }

    /// <summary>The whole distribution, from fast to slow; empty if it was not kept.</summary>
    public IReadOnlyList<LatencyBucket> Histogram { get; init; } = [];

    /// <summary>The latency by position in the episode, from its beginning; empty if it was not split.</summary>
    public IReadOnlyList<LatencyAtPosition> ByPosition { get; init; } = [];

    /// <summary>The same actions at 60 Hz instead of back to back, caches cold as in a game; null if that was not measured.</summary>
    public LatencyResult? Paced { get; init; }
}
