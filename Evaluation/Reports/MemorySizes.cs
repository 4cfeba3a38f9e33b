using System.Globalization;
using System.Text.Json.Serialization;

namespace RLSeq.Evaluation;

/// <summary>The sizes that a memory was given so that all of a comparison have equally much of something, and how near that came.</summary>
public sealed record MemorySizes
{
    /// <summary>What was made equal.</summary>
    public required EqualBy By { get; init; }

    /// <summary>How much of it was aimed at: parameters, or bytes of state.</summary>
    public required long Target { get; init; }

    /// <summary>The width of encoder and memory, <c>network.hidden</c>.</summary>
    public required int Hidden { get; init; }

    /// <summary>The past steps that a memory with a context attends to, <c>memory.context</c>; others have it and ignore it.</summary>
    public required int Context { get; init; }

    /// <summary>How many numbers the policy learns at these sizes, heads and encoder included.</summary>
    public required long Parameters { get; init; }

    /// <summary>The canonical memory state of one agent at these sizes, in bytes.</summary>
    public required long StateBytes { get; init; }

    /// <summary>False where no size of the memory changes what was to be made equal, so that it kept the configured ones.</summary>
    public bool Adjustable { get; init; } = true;

    /// <summary>How much of it there is at these sizes.</summary>
    [JsonIgnore]
    public long Found => By == EqualBy.Parameters ? Parameters : StateBytes;

    /// <summary>How far off it is, as a share of the target: 0.01 is one hundredth more.</summary>
    [JsonIgnore]
    public double Off => (double)(Found - Target) / Target;

    /// <summary>The sizes as a phrase, such as <c>hidden 44, 33,812 parameters (+0.3 %)</c>.</summary>
    public string Describe()
    {
        string context = By == EqualBy.State ? string.Create(CultureInfo.InvariantCulture, $", context {Context}") : "";
        string unit = By == EqualBy.Parameters ? "parameters" : "bytes of state";
        string off = !Adjustable ? "which no size changes" : Found == Target ? "exact" : (100 * Off).ToString("+0.0#;-0.0#", CultureInfo.InvariantCulture) + " %";
        return string.Create(CultureInfo.InvariantCulture, $"hidden {Hidden}{context}: {Found:N0} {unit} ({off})");
    }
}
