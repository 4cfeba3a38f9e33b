using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>Where the study of a folder stands: under way, stopped, or at its end. Looking changes nothing.</summary>
public sealed record StudyState
{
    /// <summary>What the study is; null where a version began it that did not keep that.</summary>
    public required StoredStudy? Study { get; init; }

    /// <summary>The verdicts; null until it has ended once.</summary>
    public required StudyVerdicts? Verdicts { get; init; }

    /// <summary>The trainings that have ended well.</summary>
    public required int Done { get; init; }

    /// <summary>The trainings that failed and have not been made again since, by their folders' names, with why.</summary>
    public required IReadOnlyList<(string Run, string Error)> Failed { get; init; }

    /// <summary>Time spent on it in all sessions; zero where that is not known.</summary>
    public required TimeSpan Worked { get; init; }

    /// <summary>The trainings that have neither ended nor failed; null where it is not known which there are.</summary>
    public int? Missing => Study is null ? null : Study.Runs.Count - Done - Failed.Count;

    /// <summary>Whether a folder holds a study, ended or not.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsOne(string folder) => File.Exists(Path.Combine(folder, StudyReport.JsonName)) || RulesText.AreIn(folder);

    /// <summary>Looks at a folder.</summary>
    /// <param name="folder">The folder of a study.</param>
    /// <exception cref="UserInputException">A file of it cannot be read.</exception>
    public static StudyState Read(string folder)
    {
        string verdicts = Path.Combine(folder, StudyReport.JsonName), journalPath = Path.Combine(folder, ComparisonJournal.Name);
        using ComparisonJournal? journal = File.Exists(journalPath) ? new ComparisonJournal(journalPath, readOnly: true) : null;
        StoredStudy? study = journal?.Find(StoredStudy.Key, StudyJsonContext.Default.StoredStudy);
        string[] runs = study is null ? Folders(folder) : [.. study.Runs];
        string[] left = [.. runs.Where(run => StudyRunner.Load(StudyPlan.FolderOf(folder, run)) is null)];
        return new StudyState
        {
            Study = study,
            Verdicts = File.Exists(verdicts) ? StudyVerdicts.Load(verdicts) : null,
            Done = runs.Length - left.Length,
            Failed = [.. from run in left let error = journal?.Find(StudyRunner.KeyOf(run), StudyJsonContext.Default.String) where error is { Length: > 0 } select (run, error)],
            Worked = journal?.Worked ?? TimeSpan.Zero,
        };
    }

    private static string[] Folders(string folder)
    {
        string runs = StudyPlan.FolderOf(folder, "");
        return Directory.Exists(runs) ? [.. Directory.GetDirectories(runs).Select(run => Path.GetFileName(run))] : [];
    }
}
