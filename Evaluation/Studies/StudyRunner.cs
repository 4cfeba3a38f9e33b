using System.Text.Json;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Carries a study out: writes its rules, trains and evaluates side by side what is not there yet, times with nothing else running, judges, and writes the report.</summary>
public static class StudyRunner
{
    /// <summary>Stands in a run's folder once it is trained and evaluated.</summary>
    private const string ResultName = "result.json";

    /// <summary>Runs a study to its end.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="process">Runs one training.</param>
    /// <param name="observer">Follows it.</param>
    /// <param name="cancellation">Stops it; runs that ended are not made again by the next call with the same plan.</param>
    /// <returns>The verdicts, which also stand in the folder with the report.</returns>
    /// <exception cref="UserInputException">The plan cannot be run, or its folder cannot be written or holds something else.</exception>
    public static async Task<StudyResult> RunAsync(StudyPlan plan, TrainingProcess process, IComparisonObserver observer, CancellationToken cancellation)
    {
        plan.Validate();
        Open(plan);
        using var taken = FolderLock.Take(plan.Folder);
        using var journal = new ComparisonJournal(Path.Combine(plan.Folder, ComparisonJournal.Name));
        DateTimeOffset started = journal.Find(StoredStudy.Key, StudyJsonContext.Default.StoredStudy)?.Started ?? DateTimeOffset.UtcNow;
        var study = StoredStudy.Of(plan, started);
        Keep();
        try
        {
            StudyData data = await MeasureAsync(plan, process, observer, journal, cancellation);
            var result = new StudyResult
            {
                Plan = plan,
                Data = data,
                Claims = [.. plan.Claims.Select(claim => Judge.Of(claim, plan.Scale, data))],
                Started = started,
                Duration = journal.Worked,
                Machine = ComparisonRunner.Machine(TorchDevice.Resolve("cpu").ToString()),
            };
            StudyReport.Write(plan.Folder, result);
            return result;
        }
        finally
        {
            Keep(); // and with it the time until here
        }

        void Keep() => journal.Keep(StoredStudy.Key, study, StudyJsonContext.Default.StoredStudy);
    }

    /// <summary>The runs that a folder does not hold yet.</summary>
    /// <param name="plan">The study.</param>
    public static IReadOnlyList<StudyRun> Unfinished(StudyPlan plan) => [.. plan.Runs.Where(run => Load(plan.FolderOf(run)) is null)];

    /// <summary>How a run is shown while it is under way.</summary>
    /// <param name="plan">The study.</param>
    /// <param name="run">The run.</param>
    public static PlannedRun Planned(StudyPlan plan, StudyRun run)
    {
        TrainingConfiguration configuration = run.Configuration;
        string wrappers = configuration.EnvironmentOptions.Wrappers;
        return new PlannedRun(configuration.Environment + (wrappers.Length > 0 ? $" ({wrappers})" : ""), configuration.Memory.Name, configuration.Seed, plan.FolderOf(run));
    }

    /// <summary>Makes a new study's folder with its rules, or goes on in one whose rules are the same: rules do not change once data are seen.</summary>
    /// <param name="plan">The study.</param>
    /// <exception cref="UserInputException">The folder cannot be written or holds something else.</exception>
    public static void Open(StudyPlan plan)
    {
        string rules = Path.Combine(plan.Folder, RulesText.FileName);
        if (!File.Exists(rules))
        {
            RunFolder.Claim(plan.Folder);
            AtomicFile.Write(rules, RulesText.File(plan, DateTimeOffset.UtcNow));
            return;
        }
        if (!RulesText.IsOf(File.ReadAllText(rules), plan))
            throw new UserInputException($"The folder {plan.Folder} holds a study with other rules than these claims, seeds and steps have now ({rules}). Repeat its command to go on with it, or choose another folder with --out.");
    }

    private static async Task<StudyData> MeasureAsync(StudyPlan plan, TrainingProcess process, IComparisonObserver observer, ComparisonJournal journal, CancellationToken cancellation)
    {
        var data = new StudyData();
        await TrainAsync(plan, process, observer, data, journal, cancellation);
        IReadOnlyList<CostProbe> probes = plan.Probes;
        if (probes.Count > 0) observer.Phase($"timing {probes.Count} networks, nothing else running");
        foreach ((CostProbe probe, CostSamples samples) in CostTiming.Measure(probes, observer.PhaseProgress, cancellation)) data.Add(probe, samples);
        return data;
    }

    private static async Task TrainAsync(StudyPlan plan, TrainingProcess process, IComparisonObserver observer, StudyData data, ComparisonJournal journal, CancellationToken cancellation)
    {
        Lock gate = new();
        foreach (StudyRun run in plan.Runs)
            if (Load(plan.FolderOf(run)) is { } result) data.Add(run.Configuration, result);
        await Parallel.ForEachAsync(Unfinished(plan), new ParallelOptions { MaxDegreeOfParallelism = plan.Jobs, CancellationToken = cancellation }, async (run, stop) =>
        {
            PlannedRun shown = Planned(plan, run);
            lock (gate) observer.Began(shown);
            string folder = plan.FolderOf(run);
            TrainingEnd end = await TrainAsync(run.Configuration, folder, process, progress =>
            {
                lock (gate) observer.Progressed(shown, progress);
            }, stop);
            stop.ThrowIfCancellationRequested(); // a training that was told to stop has left a policy too
            RunResult result = Read(shown with { Environment = run.Configuration.Environment }, end, run.Configuration, plan.EvaluationEpisodes, stop);
            if (result.Status == RunStatus.Ok) AtomicFile.Write(Path.Combine(folder, ResultName), JsonSerializer.Serialize(result, StudyJsonContext.Default.RunResult));
            journal.Keep(KeyOf(run.Id), result.Error ?? "", StudyJsonContext.Default.String); // and with it the time until here
            lock (gate)
            {
                data.Add(run.Configuration, result);
                observer.Ended(shown, result.Error);
            }
        });
    }

    /// <summary>Whatever goes wrong costs this run only.</summary>
    private static async Task<TrainingEnd> TrainAsync(TrainingConfiguration configuration, string folder, TrainingProcess process, Action<RunProgress> progress, CancellationToken cancellation)
    {
        try
        {
            await FolderLock.WaitUntilFreeAsync(folder, cancellation); // a training that outlived its study ends after the update under way
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true); // a run that did not end, or failed
            return await process.RunAsync(configuration, folder, progress, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new TrainingEnd($"It could not be trained: {exception.Message}");
        }
    }

    /// <summary>Whatever is wrong with what a training left behind costs this run only.</summary>
    private static RunResult Read(PlannedRun run, TrainingEnd end, TrainingConfiguration configuration, int episodes, CancellationToken cancellation)
    {
        if (end.Error is { } error) return RunReader.Failed(run, error);
        long planned = configuration.Updates * configuration.StepsPerUpdate;
        try
        {
            RunResult result = RunReader.Read(run, configuration.EnvironmentOptions, episodes, cancellation) with { PeakMemoryBytes = end.PeakMemoryBytes };
            return result.Steps == planned ? result : RunReader.Failed(run, $"It was trained for {result.Steps} steps instead of {planned}.");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not OperationCanceledException)
        {
            return RunReader.Failed(run, $"Its results cannot be used: {exception.Message}");
        }
    }

    /// <summary>Under this key the journal keeps why a run failed; nothing where it did not.</summary>
    /// <param name="run">The run's name.</param>
    internal static string KeyOf(string run) => $"run {run}";

    /// <summary>A run that ended before; null where it did not, or where its file is damaged.</summary>
    /// <param name="folder">The run's folder.</param>
    internal static RunResult? Load(string folder)
    {
        string path = Path.Combine(folder, ResultName);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), StudyJsonContext.Default.RunResult);
        }
        catch (JsonException)
        {
            return null; // it is made again
        }
    }
}
