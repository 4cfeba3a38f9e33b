using System.Globalization;

namespace RLSeq.Evaluation;

/// <summary>The tables of a study, the same in the terminal, in Markdown and in HTML.</summary>
internal static class StudyTables
{
    public static readonly string[] VerdictHeader = ["claim", "verdict", "because"];

    public static readonly string[] ConditionHeader = ["claimed", "measured [interval]", "values", "outcome"];

    public static readonly string[] ControlHeader = ["control", "measured", "needed", "met"];

    public static readonly string[] ArmHeader = ["task", "memory", "score [95 % interval]", "return [95 % interval]", "seeds", "parameters", "train steps/s"];

    public static readonly string[] ProbeHeader = ["network", "width", "parameters", "p50, µs [95 %]", "p99, µs [95 %]", "train steps/s [95 %]"];

    public static readonly string[] ObservationHeader = ["measured beside", "[95 % interval]", "values"];

    public static string Name(Verdict verdict) => verdict switch
    {
        Verdict.Supported => "supported",
        Verdict.Refuted => "refuted",
        Verdict.Inconclusive => "inconclusive",
        _ => "skipped",
    };

    public static string Name(Outcome outcome) => outcome switch
    {
        Outcome.Holds => "holds",
        Outcome.Fails => "fails",
        Outcome.Open => "open",
        _ => "not tested",
    };

    /// <summary>The verdict as a sentence that follows from the rule.</summary>
    public static string Sentence(ClaimResult claim) => claim.Verdict == Verdict.Skipped
        ? $"Skipped: it needs {ComparisonSummary.Join([.. claim.Missing])}."
        : $"{char.ToUpperInvariant(Name(claim.Verdict)[0])}{Name(claim.Verdict)[1..]}. {claim.Reason}{(claim.Missing.Count > 0 ? $" Missing: {ComparisonSummary.Join([.. claim.Missing])}." : "")}";

    public static IEnumerable<string[]> Verdicts(StudyResult study) => study.Claims.Select(claim => new[]
    {
        $"{claim.Claim.Number}. {claim.Claim.Sentence}",
        Name(claim.Verdict),
        claim.Verdict == Verdict.Skipped ? Sentence(claim) : claim.Reason,
    });

    public static IEnumerable<string[]> Conditions(ClaimResult claim) => claim.Conditions.Select(result => new[]
    {
        result.Condition.Text,
        result.Measured is { } measured ? StudyFigures.Estimate(measured, result.Condition.Measure.Unit) : $"needs {ComparisonSummary.Join([.. result.Condition.Measure.Missing])}",
        result.Measured is { } counted ? StudyFigures.Count(counted) : "-",
        Name(result.Outcome),
    });

    public static IEnumerable<string[]> Controls(ClaimResult claim) => claim.Controls.Select(result => new[]
    {
        result.Control.Text,
        result.Value is { } value ? Figures.Return(value) : "-",
        Figures.Return(result.Control.Bound),
        result.IsMet ? "yes" : "no",
    });

    public static IEnumerable<string[]> Arms(StudyResult study, ClaimResult claim)
    {
        IReadOnlyList<ulong> seeds = claim.Claim.SeedsAt(study.Plan.Scale);
        foreach (ArmResult arm in ArmResult.Of(study, claim))
        {
            RunResult? any = seeds.Select(seed => study.Data.Run(arm.Arm, seed)).FirstOrDefault(run => run is { IsUsable: true });
            yield return
            [
                arm.Arm.Task, arm.Arm.Label, Interval(arm.Scores), Interval(arm.Returns),
                arm.Returns.Length == seeds.Count ? $"{seeds.Count}" : $"{arm.Returns.Length} of {seeds.Count}",
                any is null ? "-" : Figures.Count(any.Parameters),
                arm.StepsPerSecond is { } rate ? Figures.Count(rate) : "-",
            ];
        }
    }

    public static IEnumerable<string[]> Probes(StudyResult study, ClaimResult claim)
    {
        foreach (CostProbe probe in claim.Claim.ProbesToTime(study.Plan.Scale))
        {
            if (study.Data.Costs(probe) is not { } samples) continue;
            string label = probe is TrainingProbe ? $"{probe.Label}, training" : probe.Label;
            yield return [label, samples.Hidden.ToString(CultureInfo.InvariantCulture), Figures.Count(samples.Parameters), Positive(samples.P50Us), Positive(samples.P99Us), Positive(samples.StepsPerSecond)];
        }
    }

    public static IEnumerable<string[]> Observations(ClaimResult claim) => claim.Observations
        .Select(pair => new[] { pair.Measure.Text, StudyFigures.Estimate(pair.Measured, pair.Measure.Unit), StudyFigures.Count(pair.Measured) });

    /// <summary>The same of times and rates, averaged in logarithms: their interval does not reach below zero.</summary>
    private static string Positive(IReadOnlyList<double> values) => values.Count < 2 ? Interval([.. values]) : Figures.Interval(StudentInterval.GeometricMean(values.ToArray()));

    /// <summary>A mean with its interval; the mean alone where there is no interval, and a dash where there is nothing.</summary>
    private static string Interval(double[] values) => values.Length switch
    {
        0 => "-",
        1 => Figures.Return(values[0]),
        _ => Figures.Interval(StudentInterval.Mean(values)),
    };
}
