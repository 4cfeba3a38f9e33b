namespace RLSeq.Evaluation;

/// <summary>Gives claims their verdicts. It sees the rule and the data, and nothing else.</summary>
public static class Judge
{
    /// <summary>Judges a claim.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="scale">The study's size.</param>
    /// <param name="data">What was measured.</param>
    public static ClaimResult Of(Claim claim, StudyScale scale, StudyData data)
    {
        IReadOnlyList<ulong> seeds = claim.SeedsAt(scale);
        double confidence = claim.Confidence(scale);
        bool tested = claim.IsTested(scale);
        ConditionResult[] conditions = [.. claim.Conditions(scale).Select(condition => Of(condition, seeds, confidence, data))];
        ControlResult[] controls = tested ? [.. claim.Controls(scale).Select(control => new ControlResult(control, control.Value(data, seeds)))] : [];
        (Verdict verdict, string reason) = Decide(conditions, controls);
        return new ClaimResult
        {
            Claim = claim,
            Verdict = verdict,
            Reason = reason,
            Conditions = conditions,
            Controls = controls,
            Observations = [.. claim.Observations(scale).Where(measure => measure.Missing.Count == 0 && tested).Select(measure => (measure, measure.Of(data, seeds, 0.95)))],
            Missing = [.. claim.Conditions(scale).SelectMany(condition => condition.Measure.Missing).Distinct(StringComparer.Ordinal)],
            Failures = [.. Failures(claim, scale, seeds, data)],
        };
    }

    private static ConditionResult Of(Condition condition, IReadOnlyList<ulong> seeds, double confidence, StudyData data)
    {
        if (condition.Measure.Missing.Count > 0) return new ConditionResult(condition, null, Outcome.NotTested);
        Measured measured = condition.Measure.Of(data, seeds, confidence);
        return new ConditionResult(condition, measured, condition.Judge(measured));
    }

    private static (Verdict Verdict, string Reason) Decide(ConditionResult[] conditions, ControlResult[] controls)
    {
        ConditionResult[] tested = [.. conditions.Where(result => result.Outcome != Outcome.NotTested)];
        string left = tested.Length < conditions.Length ? $" {conditions.Length - tested.Length} of {conditions.Length} conditions could not be tested, so this is about the rest." : "";
        if (tested.Length == 0) return (Verdict.Skipped, "Nothing of it can be tested with what this build has.");
        if (controls.FirstOrDefault(control => !control.IsMet) is { } unmet)
        {
            string value = unmet.Value is { } number ? $"it is {Figures.Return(number)}, and {Figures.Return(unmet.Control.Bound)} is needed" : "too little was measured";
            return (Verdict.Inconclusive, $"The experiment cannot tell: {unmet.Control.Text} ({value}).{left}");
        }
        ConditionResult[] failed = [.. tested.Where(result => result.Outcome == Outcome.Fails)], open = [.. tested.Where(result => result.Outcome == Outcome.Open)];
        if (failed.Length > 0) return (Verdict.Refuted, $"{Each(failed)}: the opposite of what the claim needs.{left}");
        if (open.Length > 0) return (Verdict.Inconclusive, $"{Each(open)}: not decided.{left}");
        return (Verdict.Supported, $"{Each(tested)}: as the claim needs.{left}");
    }

    private static string Each(ConditionResult[] results) => string.Join("; ", results.Select(Sentence));

    /// <summary>What was measured beside what is claimed.</summary>
    private static string Sentence(ConditionResult result)
    {
        Measured measured = result.Measured!;
        string claimed = $"{(result.Condition.Side == Side.Above ? "above" : "below")} {StudyFigures.Bound(result.Condition.Bound, result.Condition.Measure.Unit)} is claimed";
        if (measured.Estimate is not { } estimate) return $"{result.Condition.Measure.Text} has {measured.Count} of {measured.Planned} values, too few for an interval";
        string few = measured.IsComplete ? "" : $", with only {measured.Count} of {measured.Planned} values";
        return $"{result.Condition.Measure.Text} is {Figures.Interval(estimate)}{(result.Condition.Measure.Unit.Length > 0 ? " " + result.Condition.Measure.Unit : "")}{few}, where {claimed}";
    }

    private static IEnumerable<(string Run, string Error)> Failures(Claim claim, StudyScale scale, IReadOnlyList<ulong> seeds, StudyData data) =>
        from arm in claim.ArmsToTrain(scale).DistinctBy(arm => StudyRun.IdOf(arm.Configuration))
        from seed in seeds
        let run = data.Run(arm, seed)
        where run is { IsUsable: false }
        select ($"{arm.Task} {arm.Label} #{seed}", run.Error ?? "its returns are not finite");
}
