using System.Text.Json.Serialization;

namespace RLSeq.Evaluation;

/// <summary>One training run, a memory on an environment with a seed, and the evaluation of the policy that it left.</summary>
public sealed record RunResult
{
    /// <summary>The environment's name.</summary>
    public required string Environment { get; init; }

    /// <summary>The memory's name.</summary>
    public required string Memory { get; init; }

    /// <summary>The training seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Whether the run finished.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>What stopped a failed run.</summary>
    public string? Error { get; init; }

    /// <summary>Environment steps trained.</summary>
    public long Steps { get; init; }

    /// <summary>Seconds of training.</summary>
    public double Seconds { get; init; }

    /// <summary>Environment steps trained per second, collecting and updating together.</summary>
    public double StepsPerSecond { get; init; }

    /// <summary>The returns of training episodes over time.</summary>
    public IReadOnlyList<LearningCurvePoint> LearningCurve { get; init; } = [];

    /// <summary>The undiscounted return of every evaluation episode of the final policy.</summary>
    public IReadOnlyList<double> EpisodeReturns { get; init; } = [];

    /// <summary>The length of every evaluation episode, in steps.</summary>
    public IReadOnlyList<int> EpisodeLengths { get; init; } = [];

    /// <summary>How many numbers the policy learns, heads and encoder included.</summary>
    public long Parameters { get; init; }

    /// <summary>The memory's state of one acting agent, in bytes.</summary>
    public long StateBytes { get; init; }

    /// <summary>The most memory that the training process held resident, in bytes; 0 if it was not measured.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Whether the run finished with returns that statistics can use: at least one, and all of them finite.</summary>
    [JsonIgnore]
    public bool IsUsable => Status == RunStatus.Ok && EpisodeReturns.Count > 0 && EpisodeReturns.All(double.IsFinite);
}
