namespace RLSeq.Evaluation;

/// <summary>A study as the journal in its folder keeps it: what was asked for, and what that comes to in the version that began it.</summary>
public sealed record StoredStudy
{
    /// <summary>Under this key the journal keeps it.</summary>
    internal const string Key = "study";

    /// <summary>When the study began, in UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The claims' numbers.</summary>
    public required IReadOnlyList<int> Claims { get; init; }

    /// <summary>How large it is.</summary>
    public required StudyScale Scale { get; init; }

    /// <summary>Episodes that every trained policy is evaluated on.</summary>
    public required int EvaluationEpisodes { get; init; }

    /// <summary>The trainings, by their folders' names.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Timings that follow them.</summary>
    public required int Timings { get; init; }

    /// <summary>A plan as it is kept.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="started">When the study began.</param>
    internal static StoredStudy Of(StudyPlan plan, DateTimeOffset started) => new()
    {
        Started = started,
        Claims = [.. plan.Claims.Select(claim => claim.Number)],
        Scale = plan.Scale,
        EvaluationEpisodes = plan.EvaluationEpisodes,
        Runs = [.. plan.Runs.Select(run => run.Id)],
        Timings = plan.Probes.Count,
    };
}
