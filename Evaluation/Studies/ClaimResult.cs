namespace RLSeq.Evaluation;

/// <summary>A claim with its verdict and all that it follows from.</summary>
public sealed record ClaimResult
{
    /// <summary>The claim.</summary>
    public required Claim Claim { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, in one or two sentences.</summary>
    public required string Reason { get; init; }

    /// <summary>The conditions.</summary>
    public required IReadOnlyList<ConditionResult> Conditions { get; init; }

    /// <summary>The controls.</summary>
    public required IReadOnlyList<ControlResult> Controls { get; init; }

    /// <summary>What was measured beside.</summary>
    public required IReadOnlyList<(Measure Measure, Measured Measured)> Observations { get; init; }

    /// <summary>What this build lacks for the parts that were not tested.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>The runs that failed, with why.</summary>
    public required IReadOnlyList<(string Run, string Error)> Failures { get; init; }

    /// <summary>The verdict as a sentence that follows from the rule.</summary>
    public string Summary => StudyTables.Sentence(this);
}
