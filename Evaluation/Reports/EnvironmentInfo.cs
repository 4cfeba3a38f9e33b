using System.Text.Json.Serialization;

namespace RLSeq.Evaluation;

/// <summary>One environment of a comparison, with the two returns that give its scale a meaning.</summary>
public sealed record EnvironmentInfo
{
    /// <summary>The environment's name, as given on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>One or two sentences: what must be remembered, and for how long.</summary>
    public string Description { get; init; } = "";

    /// <summary>The mean return of uniformly random actions, if known.</summary>
    public double? RandomReturn { get; init; }

    /// <summary>The return of a perfect or published agent, if known.</summary>
    public double? ReferenceReturn { get; init; }

    /// <summary>Whether returns can be put on the common scale where random actions score 0 and the reference 1.</summary>
    [JsonIgnore]
    public bool HasScale => RandomReturn is { } random && ReferenceReturn is { } reference && double.IsFinite(random) && double.IsFinite(reference) && random != reference;

    /// <summary>A return on the scale from random (0) to reference (1).</summary>
    /// <param name="episodeReturn">The return.</param>
    /// <exception cref="InvalidOperationException">One of the two anchors is not known.</exception>
    public double Normalize(double episodeReturn) => HasScale
        ? (episodeReturn - RandomReturn!.Value) / (ReferenceReturn!.Value - RandomReturn.Value)
        : throw new InvalidOperationException($"Returns of {Name} cannot be normalised: give it a random return and a reference return that differs from it.");
}
