using System.Globalization;
using System.Text;
using RLSeq.Evaluation.Html;

namespace RLSeq.Evaluation;

/// <summary>A study as Markdown: the verdicts first, then each claim with its rule, its data and what it cannot show.</summary>
internal static class StudyMarkdown
{
    public static string Of(StudyResult study)
    {
        var text = new StringBuilder("# Claims about memories\n\n");
        text.Append(MarkdownTable.Escape(Context(study))).Append("\n\n");
        MarkdownTable.Append(text, StudyTables.VerdictHeader, StudyTables.Verdicts(study));
        foreach (ClaimResult claim in study.Claims) Append(text, study, claim);
        text.Append("\n## How verdicts follow\n\n").Append(RulesText.Verdicts).Append("\n\n").Append(RulesText.Estimates).Append('\n');
        text.Append("\n## Machine\n\n");
        foreach ((string name, string value) in ReportText.Machine(study.Machine)) text.Append("- ").Append(name).Append(": ").Append(MarkdownTable.Escape(value)).Append('\n');
        text.Append("\n## Run it again\n\n    ").Append(study.Plan.CommandLine.ReplaceLineEndings(" ")).Append('\n');
        return text.ToString();
    }

    /// <summary>What was done, when and where, in one line.</summary>
    public static string Context(StudyResult study) => string.Create(CultureInfo.InvariantCulture,
        $"{study.Plan.Runs.Count} trainings, {study.Plan.Probes.Count} timings, {study.Plan.EvaluationEpisodes} episodes per policy · {(study.Plan.Scale.Full ? "full" : "default")} study{(study.Plan.Scale.Steps is { } steps ? $", cut to {steps} steps per run to try it out: its verdicts mean nothing" : "")} · {study.Machine.Cpu}, {study.Machine.Cores} cores · {study.Started.UtcDateTime:yyyy-MM-dd HH:mm} UTC, took {Figures.Duration(study.Duration)}");

    private static void Append(StringBuilder text, StudyResult study, ClaimResult claim)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {claim.Claim.Number}. {MarkdownTable.Escape(claim.Claim.Sentence)}\n\n");
        text.Append("**").Append(MarkdownTable.Escape(StudyTables.Sentence(claim))).Append("**\n\n").Append(MarkdownTable.Escape(claim.Claim.Experiment)).Append('\n');
        foreach ((string[] header, string[][] rows) in StudySections.Of(study, claim))
        {
            text.Append('\n');
            MarkdownTable.Append(text, header, rows);
        }
        foreach ((string run, string error) in claim.Failures) text.Append("\n- **Caution:** ").Append(MarkdownTable.Escape($"{run} failed: {error}")).Append('\n');
        text.Append("\nIt cannot show: ").Append(MarkdownTable.Escape(claim.Claim.CannotShow)).Append('\n');
    }
}
