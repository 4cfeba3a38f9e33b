using RLSeq.Environments;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>A study: some claims, how large it is, and where it stands.</summary>
public sealed record StudyPlan
{
    /// <summary>The claims, by number.</summary>
    public required IReadOnlyList<Claim> Claims { get; init; }

    /// <summary>How large it is.</summary>
    public required StudyScale Scale { get; init; }

    /// <summary>The study's folder: new, empty, or one of the same study that goes on.</summary>
    public required string Folder { get; init; }

    /// <summary>Runs at the same time, each a process of its own.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Episodes that every trained policy is evaluated on.</summary>
    public int EvaluationEpisodes { get; init; } = 100;

    /// <summary>The command that repeats the study, for the report.</summary>
    public string CommandLine { get; init; } = "";

    /// <summary>All trainings of all claims, each once, in the order in which they are started.</summary>
    /// <remarks>Seeds vary slowest, so that an interrupted study has tried every arm.</remarks>
    public IReadOnlyList<StudyRun> Runs =>
    [
        .. Claims.SelectMany(claim => claim.SeedsAt(Scale), (claim, seed) => (Claim: claim, Seed: seed)).OrderBy(pair => pair.Seed)
            .SelectMany(pair => pair.Claim.ArmsToTrain(Scale), (pair, arm) => new StudyRun(arm.Run(pair.Seed)))
            .DistinctBy(run => run.Id),
    ];

    /// <summary>All timings of all claims, each once.</summary>
    public IReadOnlyList<CostProbe> Probes => [.. Claims.SelectMany(claim => claim.ProbesToTime(Scale)).Distinct()];

    /// <summary>The folder of a run.</summary>
    /// <param name="run">The run.</param>
    public string FolderOf(StudyRun run) => FolderOf(Folder, run.Id);

    /// <summary>The folder of a run.</summary>
    /// <param name="folder">The study's folder.</param>
    /// <param name="run">The run's name (<see cref="StudyRun.Id"/>).</param>
    internal static string FolderOf(string folder, string run) => Path.Combine(folder, "runs", run);

    /// <summary>Refuses what cannot be run, before anything is.</summary>
    /// <exception cref="UserInputException">There is no claim, or a run's sizes do not fit.</exception>
    public void Validate()
    {
        if (Claims.Count == 0) throw new UserInputException("A study needs at least one claim.");
        foreach (StudyRun run in Runs.DistinctBy(run => StudyRun.IdOf(run.Configuration with { Seed = 0 })))
        {
            run.Configuration.Validate();
            using IEnvironment environment = NamedEnvironment.Of(run.Configuration).Create();
            MemoryBudget.Check(run.Configuration, environment.ObservationSpace, environment.ActionSpace);
            using Memory memory = MemoryRegistry.Create(run.Configuration.MemorySettings);
        }
    }
}
