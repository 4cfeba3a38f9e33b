using System.Text.Json.Serialization;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>How thoroughly it is looked at whether memories are used, and so what that may cost.</summary>
/// <remarks>
/// A policy acts in all episodes of T steps four times (intact, zeroed, shuffled, and as the other episode of the shuffled ones), and then
/// k · T times for every truncation to k observations; these are 1, 2, 4, 8 and so on.
/// </remarks>
public sealed record MemoryUseSettings
{
    /// <summary>It is not looked at.</summary>
    public static MemoryUseSettings None { get; } = new() { Episodes = 0 };

    /// <summary>Some tenths of a second for a policy whose action takes microseconds.</summary>
    public static MemoryUseSettings Quick { get; } = new();

    /// <summary>For a study.</summary>
    public static MemoryUseSettings Full { get; } = new() { Episodes = 50, MostSteps = 1024, MostActions = 10_000_000 };

    /// <summary>Episodes of every intervention, the same for all; at least 2, or 0 to leave it out.</summary>
    public int Episodes { get; init; } = 10;

    /// <summary>The largest k: the most recent observations that a truncated state is made of.</summary>
    public int MostSteps { get; init; } = 64;

    /// <summary>Actions that one truncation of one policy may cost in all its episodes; a larger k is left out.</summary>
    public long MostActions { get; init; } = 50_000;

    /// <summary>Whether it is looked at.</summary>
    [JsonIgnore]
    public bool IsOn => Episodes > 0;

    /// <summary>Reads <c>none</c>, <c>quick</c> or <c>full</c>.</summary>
    /// <param name="text">The word.</param>
    /// <exception cref="UserInputException">It is none of these.</exception>
    public static MemoryUseSettings Parse(string text) => text switch
    {
        "none" => None,
        "quick" => Quick,
        "full" => Full,
        _ => throw new UserInputException($"--memory-use takes none, quick or full; given: '{text}'."),
    };

    /// <summary>Refuses what cannot be done.</summary>
    /// <exception cref="UserInputException">A number is out of range.</exception>
    public void Validate()
    {
        if (Episodes is < 0 or 1) throw new UserInputException($"Looking at the use of memory takes at least 2 episodes, so that states can be exchanged between them, or 0 to leave it out; given: {Episodes}.");
        if (MostSteps < 1 || MostActions < 0) throw new UserInputException($"Looking at the use of memory takes truncations to at least 1 observation, and a budget of actions from 0; given: {MostSteps} and {MostActions}.");
    }
}
