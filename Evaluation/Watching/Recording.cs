using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>Episodes as they were played. Pictures and texts that return are kept once.</summary>
public sealed record Recording
{
    /// <summary>What was played, by whom and where.</summary>
    public required RecordingInfo Info { get; init; }

    /// <summary>How observations are shown.</summary>
    public required SpaceView Observations { get; init; }

    /// <summary>How full states are shown; null where the environment does not tell them.</summary>
    public SpaceView? FullStates { get; init; }

    /// <summary>How actions are shown.</summary>
    public required SpaceView Actions { get; init; }

    /// <summary>The episodes in order.</summary>
    public required IReadOnlyList<RecordedEpisode> Episodes { get; init; }

    /// <summary>All different pictures, as PNG.</summary>
    public required IReadOnlyList<byte[]> Pictures { get; init; }

    /// <summary>All different texts.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>The latencies of all actions in nanoseconds, warm-up apart.</summary>
    public required LatencyHistogram Latency { get; init; }

    /// <summary>Whether frames were left out, as they would have been more than the limit.</summary>
    public bool IsFull { get; init; }

    /// <summary>What failed in the middle of the last episode that was played; null where nothing did.</summary>
    public string? Failure { get; init; }
}
