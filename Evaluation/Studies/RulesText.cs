using System.Globalization;
using System.Reflection;
using System.Text;

namespace RLSeq.Evaluation;

/// <summary>The rules of claims as Markdown: what is written before a study runs, what the documentation shows, and what a report repeats.</summary>
public static class RulesText
{
    /// <summary>The rules' file in a study's folder.</summary>
    public const string FileName = "rules.md";

    private const string Title = "# Rules of the study";

    /// <summary>How verdicts follow from conditions; the same for every claim.</summary>
    public const string Verdicts =
        "A claim is a list of conditions: a quantity, and a bound that it is claimed to lie above or below. A condition holds if the whole interval of its estimate lies on the claimed side of the bound, "
        + "fails if the whole interval lies on the other side, and is open otherwise. A claim is supported if all of its conditions hold, refuted if one fails, and inconclusive otherwise. "
        + "It is inconclusive too where a control is not met, for then the experiment cannot tell, and where more than a fifth of a condition's values are missing because runs failed. "
        + "A condition whose memory or wrapper does not exist is not tested, and the verdict is about the others; a claim without any other is skipped.";

    /// <summary>How estimates are made; the same for every claim.</summary>
    public const string Estimates =
        "A score is a mean return over the episodes of an evaluation, on the scale where uniformly random actions have 0 and the environment's reference player has 1. Differences are taken seed by seed, between runs with the same seed. "
        + "Intervals are Student's over the seeds, or over the rounds of a timing (of logarithms where the quantity is a ratio); with k conditions each has a coverage of 1 - 0.05/k, so that a claim errs in some 5 % of studies at most. "
        + "Two seeds are the least that an interval needs.";

    /// <summary>The rules of all claims of a study.</summary>
    /// <param name="claims">The claims.</param>
    /// <param name="scale">The study's size.</param>
    public static string Of(IEnumerable<Claim> claims, StudyScale scale)
    {
        var text = new StringBuilder();
        text.Append(Verdicts).Append("\n\n").Append(Estimates).Append('\n');
        foreach (Claim claim in claims) text.Append('\n').Append(Of(claim, scale));
        return text.ToString();
    }

    /// <summary>The file that stands in a study's folder before anything is run.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="date">When it is written.</param>
    public static string File(StudyPlan plan, DateTimeOffset date) => string.Create(CultureInfo.InvariantCulture,
        $"{Title}\n\nWritten on {date.UtcDateTime:yyyy-MM-dd HH:mm} UTC by rlseq {Version}, before anything was run.\n\n{Body(plan)}");

    /// <summary>Whether a folder holds the rules of some study.</summary>
    /// <param name="folder">The folder.</param>
    internal static bool AreIn(string folder) => System.IO.File.Exists(Path.Combine(folder, FileName)) && System.IO.File.ReadLines(Path.Combine(folder, FileName)).FirstOrDefault() == Title;

    /// <summary>Whether a file holds the rules of a study, whenever it was written.</summary>
    /// <param name="file">The file's text.</param>
    /// <param name="plan">The study.</param>
    public static bool IsOf(string file, StudyPlan plan) => file.EndsWith("\n\n" + Body(plan), StringComparison.Ordinal);

    /// <summary>The version that writes the rules.</summary>
    public static string Version => typeof(RulesText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of an unknown version";

    /// <summary>How many episodes a policy plays belongs to the rules as well.</summary>
    private static string Body(StudyPlan plan) => string.Create(CultureInfo.InvariantCulture, $"{plan.EvaluationEpisodes} episodes per policy.\n\n{Of(plan.Claims, plan.Scale)}");

    private static string Of(Claim claim, StudyScale scale)
    {
        var text = new StringBuilder();
        IReadOnlyList<Arm> arms = claim.Arms(scale);
        text.Append(CultureInfo.InvariantCulture, $"### {claim.Number}. {claim.Sentence}\n\n{claim.Experiment}\n\n");
        foreach (Condition condition in claim.Conditions(scale)) text.Append("- **claimed**: ").Append(MarkdownTable.Escape(condition.Text)).Append('\n');
        foreach (Control control in claim.Controls(scale)) text.Append("- **control**: ").Append(MarkdownTable.Escape(control.Text)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"- **intervals**: {StudyFigures.Percent(claim.Confidence(scale))}\n");
        foreach (IGrouping<string, Arm> task in arms.GroupBy(TaskOf)) text.Append("- **trained**: ").Append(MarkdownTable.Escape($"{task.Key}: {string.Join("; ", task.Select(arm => arm.Label).Distinct(StringComparer.Ordinal))}")).Append('\n');
        text.Append("- **budget**: ").Append(Budget(claim, scale)).Append('\n');
        text.Append("- **cannot show**: ").Append(MarkdownTable.Escape(claim.CannotShow)).Append('\n');
        return text.ToString();
    }

    /// <summary>What a claim would take by itself.</summary>
    internal static string Budget(Claim claim, StudyScale scale)
    {
        double runs = StudyBudget.RunSeconds(claim, scale), probes = StudyBudget.ProbeSeconds(claim, scale);
        string[] parts =
        [
            .. runs > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{claim.SeedsAt(scale).Count} seeds, {runs:0} run-seconds of training")] : Array.Empty<string>(),
            .. probes > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{CostMeasures.Rounds} rounds, {probes:0} seconds of timing")] : Array.Empty<string>(),
        ];
        return string.Join("; ", parts);
    }

    /// <summary>A task with all of its settings that are not the defaults.</summary>
    private static string TaskOf(Arm arm)
    {
        Training.TrainingConfiguration configuration = arm.Configuration, defaults = new();
        string[] own = ["environment.name", "environment.wrappers", "memory.name", "memory.heads", "steps", "seed", "device", "checkpoint_every"];
        string[] settings = [.. Training.ConfigurationSchema.Settings.Where(setting => !own.Contains(setting.Key) && setting.Read(configuration) != setting.Read(defaults)).Select(setting => $"{setting.Key}={setting.Read(configuration)}")];
        return string.Create(CultureInfo.InvariantCulture, $"{arm.Task}, {configuration.Steps:N0} steps{(settings.Length > 0 ? $", {string.Join(", ", settings)}" : "")}");
    }
}
