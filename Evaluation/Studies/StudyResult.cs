namespace RLSeq.Evaluation;

/// <summary>What came out of a study.</summary>
public sealed record StudyResult
{
    /// <summary>The study.</summary>
    public required StudyPlan Plan { get; init; }

    /// <summary>All that was measured.</summary>
    public required StudyData Data { get; init; }

    /// <summary>The verdicts, by number.</summary>
    public required IReadOnlyList<ClaimResult> Claims { get; init; }

    /// <summary>When it began, in UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Time spent on it in all sessions; the last moments of one that was killed are not known.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The machine.</summary>
    public required MachineInfo Machine { get; init; }

    /// <summary>Whether every run of every claim ended well.</summary>
    public bool IsWhole => Claims.All(claim => claim.Failures.Count == 0);
}
