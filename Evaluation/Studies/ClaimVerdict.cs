using System.Text.Json.Serialization;

namespace RLSeq.Evaluation;

/// <summary>One claim and its verdict.</summary>
public sealed record ClaimVerdict
{
    /// <summary>The claim's number.</summary>
    public required int Number { get; init; }

    /// <summary>The claim in one sentence.</summary>
    public required string Claim { get; init; }

    /// <summary>The verdict: supported, refuted, inconclusive or skipped.</summary>
    public required string Verdict { get; init; }

    /// <summary>What decided, in one or two sentences.</summary>
    public required string Reason { get; init; }

    /// <summary>What the build lacked for the parts that were not tested.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>What decided, or what was missing for anything to.</summary>
    [JsonIgnore]
    public string Decided
    {
        get
        {
            string missing = ComparisonSummary.Join(Missing);
            if (Verdict == StudyTables.Name(Evaluation.Verdict.Skipped)) return $"It needs {missing}.";
            return missing.Length > 0 ? $"{Reason} Missing: {missing}." : Reason;
        }
    }
}
