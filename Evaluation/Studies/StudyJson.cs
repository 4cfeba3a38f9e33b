using System.Text.Json.Nodes;

namespace RLSeq.Evaluation;

/// <summary>A study as JSON.</summary>
public static class StudyJson
{
    /// <summary>Everything that the report shows, as numbers.</summary>
    /// <param name="study">The study.</param>
    public static JsonObject Of(StudyResult study) => new()
    {
        ["version"] = RulesText.Version,
        ["started"] = study.Started.ToString("O"),
        ["seconds"] = study.Duration.TotalSeconds,
        ["command_line"] = study.Plan.CommandLine,
        ["full"] = study.Plan.Scale.Full,
        ["machine"] = new JsonObject { ["cpu"] = study.Machine.Cpu, ["cores"] = study.Machine.Cores, ["operating_system"] = study.Machine.OperatingSystem, ["runtime"] = study.Machine.Runtime, ["libtorch"] = study.Machine.LibTorch },
        ["claims"] = Array(study.Claims.Select(claim => Of(study, claim))),
    };

    private static JsonObject Of(StudyResult study, ClaimResult claim) => new()
    {
        ["number"] = claim.Claim.Number,
        ["claim"] = claim.Claim.Sentence,
        ["verdict"] = StudyTables.Name(claim.Verdict),
        ["reason"] = claim.Reason,
        ["missing"] = Array(claim.Missing.Select(name => JsonValue.Create(name))),
        ["confidence"] = claim.Claim.Confidence(study.Plan.Scale),
        ["seeds"] = Array(claim.Claim.SeedsAt(study.Plan.Scale).Select(seed => JsonValue.Create(seed))),
        ["conditions"] = Array(claim.Conditions.Select(Of)),
        ["controls"] = Array(claim.Controls.Select(result => new JsonObject { ["control"] = result.Control.Text, ["value"] = Number(result.Value), ["needed"] = result.Control.Bound, ["met"] = result.IsMet })),
        ["observations"] = Array(claim.Observations.Select(pair => Of(pair.Measure, pair.Measured))),
        ["arms"] = Array(ArmResult.Of(study, claim).Select(Of)),
        ["timings"] = Array(claim.Claim.ProbesToTime(study.Plan.Scale).Select(probe => Of(probe, study.Data.Costs(probe)))),
        ["failures"] = Array(claim.Failures.Select(failure => new JsonObject { ["run"] = failure.Run, ["error"] = failure.Error })),
        ["experiment"] = claim.Claim.Experiment,
        ["cannot_show"] = claim.Claim.CannotShow,
    };

    private static JsonObject Of(ConditionResult result)
    {
        JsonObject json = result.Measured is { } measured ? Of(result.Condition.Measure, measured) : new JsonObject { ["measure"] = result.Condition.Measure.Text };
        json["side"] = result.Condition.Side == Side.Above ? "above" : "below";
        json["bound"] = result.Condition.Bound;
        json["outcome"] = StudyTables.Name(result.Outcome);
        return json;
    }

    private static JsonObject Of(Measure measure, Measured measured) => new()
    {
        ["measure"] = measure.Text,
        ["unit"] = measure.Unit,
        ["value"] = Number(measured.Estimate?.Value),
        ["low"] = Number(measured.Estimate?.Low),
        ["high"] = Number(measured.Estimate?.High),
        ["count"] = measured.Count,
        ["planned"] = measured.Planned,
    };

    private static JsonObject Of(ArmResult arm) => new()
    {
        ["task"] = arm.Arm.Task,
        ["memory"] = arm.Arm.Label,
        ["steps"] = arm.Arm.Configuration.Steps,
        ["seeds"] = Array(arm.Seeds.Select(seed => JsonValue.Create(seed))),
        ["returns"] = Array(arm.Returns.Select(value => Number(value))),
        ["scores"] = Array(arm.Scores.Select(value => Number(value))),
        ["steps_per_second"] = Number(arm.StepsPerSecond),
    };

    private static JsonObject Of(CostProbe probe, CostSamples? samples) => new()
    {
        ["network"] = probe.Label,
        ["hidden"] = samples?.Hidden,
        ["parameters"] = samples?.Parameters,
        ["p50_us"] = Array((samples?.P50Us ?? []).Select(value => Number(value))),
        ["p99_us"] = Array((samples?.P99Us ?? []).Select(value => Number(value))),
        ["steps_per_second"] = Array((samples?.StepsPerSecond ?? []).Select(value => Number(value))),
    };

    private static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);

    /// <summary>JSON has no NaN and no infinity; they become null.</summary>
    private static JsonValue? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;
}
