using System.Text.Json.Nodes;
using RLSeq.Cli.Commands;
using RLSeq.Evaluation;

namespace RLSeq.Cli.Output;

/// <summary>The verdicts of a study, and where it stands, for the terminal.</summary>
internal static class StudyOutput
{
    /// <summary>Claim, verdict and what decided: 100 letters in all, with the gaps.</summary>
    private static readonly int[] Widths = [36, 12, 48];

    /// <summary>The verdicts where there are any, the trainings, and how to go on where some are left.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <param name="state">Where it stands.</param>
    public static string Text(string folder, StudyState state)
    {
        List<string> lines = state.Verdicts is { } verdicts
            ? [Table(verdicts), "", $"{Trainings(state)} The study took {Figures.Duration(TimeSpan.FromSeconds(verdicts.Seconds))}."]
            : [$"A study of {Claims(state)} without its verdicts yet. {Trainings(state)} {After(state)}"];
        foreach ((string run, string error) in state.Failed) lines.Add($"Failed: {run}: {error.ReplaceLineEndings(" ")}");
        bool isWhole = state is { Verdicts: not null, Failed.Count: 0, Missing: 0 or null };
        if (!isWhole) lines.Add($"If it is not running, go on with: {GoOn(folder, state)}");
        if (state.Verdicts is not null) lines.Add($"Report: {Path.Combine(folder, StudyReport.HtmlName)}");
        return string.Join('\n', lines);
    }

    /// <summary>Where a study without verdicts stands.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <param name="state">Where it stands.</param>
    public static JsonObject Json(string folder, StudyState state) => new()
    {
        ["folder"] = folder,
        ["claims"] = state.Study is { } study ? new JsonArray([.. study.Claims.Select(claim => JsonValue.Create(claim))]) : null,
        ["done"] = state.Done,
        ["failed"] = new JsonArray([.. state.Failed.Select(failure => (JsonNode)new JsonObject { ["run"] = failure.Run, ["error"] = failure.Error })]),
        ["missing"] = state.Missing,
        ["timings"] = state.Study?.Timings,
        ["seconds"] = state.Worked.TotalSeconds,
        ["go_on"] = GoOn(folder, state),
    };

    private static string Table(StudyVerdicts verdicts) => WrappedTable.Write(Widths,
    [
        ["claim", "verdict", "what decided"],
        .. verdicts.Claims.Select(claim => new[] { $"{claim.Number}. {claim.Claim}", claim.Verdict, claim.Decided }),
    ]);

    private static string Claims(StudyState state) => state.Study is { } study ? $"{(study.Claims.Count == 1 ? "claim" : "claims")} {string.Join(", ", study.Claims)}" : "claims";

    private static string Trainings(StudyState state) => state.Study is { } study
        ? $"{state.Done} of {study.Runs.Count} trainings are done, {state.Failed.Count} failed, {state.Missing} missing."
        : $"{state.Done} trainings are done.";

    private static string After(StudyState state) => state.Study is { } study
        ? $"Then come {study.Timings} timings. Until now it took {Figures.Duration(state.Worked)}."
        : "It does not say which are missing.";

    /// <summary>The command with everything that decides the study, in its folder.</summary>
    private static string GoOn(string folder, StudyState state)
    {
        if (state.Study is not { } study) return $"the command that began it, with --out {CompareCommand.Quoted(folder)}";
        string[] options =
        [
            .. study.Scale.Full ? ["--full"] : Array.Empty<string>(),
            .. study.Scale.Seeds is { } seeds ? [$"--seeds {seeds}"] : Array.Empty<string>(),
            .. study.Scale.Steps is { } steps ? [$"--steps {steps}"] : Array.Empty<string>(),
        ];
        return $"rlseq study claims --claims {string.Join(',', study.Claims)} {string.Concat(options.Select(option => option + " "))}--episodes {study.EvaluationEpisodes} --out {CompareCommand.Quoted(folder)}";
    }
}
