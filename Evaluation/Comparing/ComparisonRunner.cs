using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// Carries a comparison out: trains side by side, evaluates, times acting with nothing else running, and writes the report. Whatever was
/// found is kept in the comparison's folder at once, so that an interrupted one goes on and ends as if it had not been.
/// </summary>
public static class ComparisonRunner
{
    /// <summary>Runs a comparison to its end.</summary>
    /// <param name="plan">What is compared.</param>
    /// <param name="process">Runs one training.</param>
    /// <param name="observer">Follows it.</param>
    /// <param name="cancellation">Stops it; <see cref="ResumeAsync"/> goes on with what stays in the folder.</param>
    /// <returns>The result, which also stands in the folder with its report.</returns>
    /// <exception cref="UserInputException">The plan cannot be run, or its folder is not empty or cannot be written.</exception>
    public static async Task<ComparisonResult> RunAsync(ComparisonPlan plan, TrainingProcess process, IComparisonObserver observer, CancellationToken cancellation)
    {
        plan = plan.Equalized();
        plan.Validate();
        using var comparison = ComparisonFolder.Begin(plan);
        return await FinishAsync(comparison, process, observer, cancellation);
    }

    /// <summary>Goes on with an interrupted comparison. What it found is kept; runs that failed are tried once more.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="process">Runs one training.</param>
    /// <param name="observer">Follows it.</param>
    /// <param name="cancellation">Stops it, to be gone on with again.</param>
    /// <param name="jobs">Runs at the same time, which decide nothing; null for as many as before.</param>
    /// <returns>The result, which also stands in the folder with its report.</returns>
    /// <exception cref="UserInputException">The folder holds no comparison, or another process is at it.</exception>
    public static async Task<ComparisonResult> ResumeAsync(string folder, TrainingProcess process, IComparisonObserver observer, CancellationToken cancellation, int? jobs = null)
    {
        using var comparison = ComparisonFolder.Resume(folder, jobs);
        comparison.Plan.Validate();
        return await FinishAsync(comparison, process, observer, cancellation);
    }

    private static async Task<ComparisonResult> FinishAsync(ComparisonFolder comparison, TrainingProcess process, IComparisonObserver observer, CancellationToken cancellation)
    {
        ComparisonPlan plan = comparison.Plan;
        var notes = new List<string>();
        if (plan.ClockTraining is not null) RecordProfiles(plan, observer, cancellation);
        IReadOnlyDictionary<PlannedRun, RunRecord> records = await ComparisonTraining.RunAsync(comparison, process, observer, cancellation);
        notes.AddRange(ComparisonTraining.Notes(records));
        notes.AddRange(SizeNotes(plan));
        var runs = Evaluate(comparison, records, observer, cancellation);
        PlannedRun[] trained = [.. plan.Runs.Where(run => runs[run].Status == RunStatus.Ok)];
        var latencies = TimeActions(comparison, trained, notes, observer, cancellation);
        DeadlineCurves curves = SweepDeadlines(comparison, trained, latencies, observer, cancellation);
        var uses = MemoryUsePhase.Run(comparison, trained, notes, observer, cancellation);

        var result = new ComparisonResult
        {
            Title = plan.Title,
            CommandLine = plan.CommandLine,
            Started = comparison.Started,
            Duration = comparison.Journal.Worked,
            Machine = Machine(TorchDevice.Resolve(plan.Training.Device).ToString()),
            Configuration = ConfigurationFile.Write(plan.Training),
            Environments = [.. plan.Environments.Select(name => Describe(name, plan.Training.EnvironmentOptions))],
            Results = [.. from environment in plan.Environments
                          from memory in plan.Memories
                          select new MemoryResult
                          {
                              Environment = environment,
                              Memory = memory,
                              Sizes = plan.SizesOf(environment, memory),
                              Runs = [.. runs.Where(pair => pair.Key.Environment == environment && pair.Key.Memory == memory).Select(pair => pair.Value)],
                              Latency = latencies.GetValueOrDefault((environment, memory))?.Result,
                              Deadlines = curves.Of(environment, memory),
                              MemoryUse = uses.GetValueOrDefault((environment, memory), []),
                          }],
            Notes = [.. notes, .. StallNote.Of(latencies), .. curves.Notes],
        };
        ComparisonReport.Write(plan.Folder, result);
        return result;
    }

    /// <summary>The latencies that each memory trains with; those that are there already stay.</summary>
    private static void RecordProfiles(ComparisonPlan plan, IComparisonObserver observer, CancellationToken cancellation)
    {
        observer.Phase("recording the latencies to train with, nothing else running");
        TrainingConfiguration[] missing = [.. plan.Runs.DistinctBy(run => (run.Environment, run.Memory)).Where(run => !File.Exists(PathOf(run.Environment, run.Memory))).Select(plan.Waiting)];
        foreach (((string environment, string memory), RecordedLatency profile) in ProfileRecorder.Record(missing, reports: true, plan.TimedActions, observer.PhaseProgress, cancellation))
            LatencyFiles.Write(PathOf(environment, memory), profile);

        string PathOf(string environment, string memory) => LatencyFiles.PathOf(plan.Folder, environment, memory, untrained: true);
    }

    private static IEnumerable<string> SizeNotes(ComparisonPlan plan) =>
        from sizes in plan.Sizes
        where !sizes.Sizes.Adjustable
        group sizes by sizes.Memory into memory
        let example = memory.First().Sizes
        select $"{memory.Key} keeps hidden {example.Hidden}: no size changes its {(example.By == EqualBy.State ? "state" : "parameters")} ({example.Found:N0}{(example.By == EqualBy.State ? " bytes" : "")}).";

    /// <summary>Evaluates every policy whose evaluation is not there yet.</summary>
    private static Dictionary<PlannedRun, RunResult> Evaluate(ComparisonFolder comparison, IReadOnlyDictionary<PlannedRun, RunRecord> records, IComparisonObserver observer, CancellationToken cancellation)
    {
        ComparisonPlan plan = comparison.Plan;
        observer.Phase($"evaluating {plan.EvaluationEpisodes} episodes per policy");
        var results = new Dictionary<PlannedRun, RunResult>();
        int total = records.Count;
        foreach (PlannedRun run in plan.Runs)
        {
            observer.PhaseProgress(results.Count, total);
            cancellation.ThrowIfCancellationRequested();
            string key = $"evaluate {run.Name}";
            RunResult? result = comparison.Journal.Find(key, ComparisonJson.Default.RunResult);
            if (result is null)
            {
                result = Read(run, records[run], plan, cancellation);
                if (result.Status == RunStatus.Ok) comparison.Journal.Keep(key, result, ComparisonJson.Default.RunResult);
            }
            results[run] = result;
        }
        return results;
    }

    /// <summary>Whatever is wrong with what a training left behind costs this run only, an array too large for this machine included.</summary>
    private static RunResult Read(PlannedRun run, RunRecord record, ComparisonPlan plan, CancellationToken cancellation)
    {
        if (record.Error is not null) return RunReader.Failed(run, record.Error) with { PeakMemoryBytes = record.PeakMemoryBytes };
        try
        {
            return RunReader.Read(run, plan.Training.EnvironmentOptions, plan.EvaluationEpisodes, cancellation) with { PeakMemoryBytes = record.PeakMemoryBytes };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return RunReader.Failed(run, $"Its results cannot be used: {exception.Message}") with { PeakMemoryBytes = record.PeakMemoryBytes };
        }
    }

    /// <summary>Times acting, unless the same policies were timed before.</summary>
    private static Dictionary<(string Environment, string Memory), MeasuredLatency> TimeActions(
        ComparisonFolder comparison, IReadOnlyList<PlannedRun> trained, List<string> notes, IComparisonObserver observer, CancellationToken cancellation)
    {
        const string Key = "latency";
        ComparisonPlan plan = comparison.Plan;
        PlannedRun[] timed = [.. trained.DistinctBy(run => (run.Environment, run.Memory))];
        string[] names = [.. timed.Select(run => run.Name)];
        if (plan.TimedActions == 0) return [];
        try
        {
            if (comparison.Journal.Find(Key, ComparisonJson.Default.LatencyRecord) is { } kept && kept.Runs.SequenceEqual(names) && timed.All(run => File.Exists(PathOf(run))))
                return timed.Zip(kept.Results).ToDictionary(pair => (pair.First.Environment, pair.First.Memory), pair => new MeasuredLatency(pair.Second, LatencyProfileFile.Load(PathOf(pair.First))));

            observer.Phase("timing actions, nothing else running");
            var measured = LatencyPhase.Measure(timed, plan.Training.EnvironmentOptions, plan.TimedActions, plan.PacedActions, observer.PhaseProgress, cancellation);
            foreach (PlannedRun run in timed) LatencyFiles.Write(PathOf(run), measured[(run.Environment, run.Memory)].Profile);
            comparison.Journal.Keep(Key, new LatencyRecord(names, [.. timed.Select(run => measured[(run.Environment, run.Memory)].Result)]), ComparisonJson.Default.LatencyRecord);
            return measured;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            notes.Add($"No latency could be measured: {exception.Message}");
            return [];
        }

        string PathOf(PlannedRun run) => LatencyFiles.PathOf(plan.Folder, run.Environment, run.Memory);
    }

    /// <summary>Plays the deadlines, unless the same policies were played before: replay gives the same again, but takes its time.</summary>
    private static DeadlineCurves SweepDeadlines(
        ComparisonFolder comparison, IReadOnlyList<PlannedRun> trained, Dictionary<(string Environment, string Memory), MeasuredLatency> latencies, IComparisonObserver observer, CancellationToken cancellation)
    {
        const string Key = "deadlines";
        ComparisonPlan plan = comparison.Plan;
        string[] names = [.. trained.Select(run => run.Name)];
        if (comparison.Journal.Find(Key, ComparisonJson.Default.DeadlineRecord) is { } kept && kept.Runs.SequenceEqual(names)) return kept.ToCurves();
        if (plan.Deadlines.IsOn) observer.Phase($"playing {plan.Deadlines.Episodes} episodes per policy under each of {plan.Deadlines.Deadlines.Count} deadlines");
        DeadlineCurves curves = DeadlineSweep.Run(trained, latencies.ToDictionary(pair => pair.Key, pair => pair.Value.Profile), plan.Deadlines, plan.Training.EnvironmentOptions, observer.PhaseProgress, cancellation);
        // A sweep that lacks something is made again by the next session, as one that is not there.
        bool whole = curves.Notes.Count == 0 && trained.All(run => curves.Of(run.Environment, run.Memory).Count > 0);
        if (whole) comparison.Journal.Keep(Key, DeadlineRecord.Of(names, curves), ComparisonJson.Default.DeadlineRecord);
        return curves;
    }

    /// <summary>The known returns hold only where no wrapper changes what actions earn.</summary>
    private static EnvironmentInfo Describe(string name, EnvironmentOptions options)
    {
        var environment = NamedEnvironment.Find(name, options);
        EnvironmentEntry entry = environment.Entry;
        string wrappers = environment.Wrappers.ToString();
        return new EnvironmentInfo
        {
            Name = entry.Name,
            Description = wrappers.Length == 0 ? entry.Description : $"{entry.Description} Wrapped: {wrappers}.",
            RandomReturn = environment.Wrappers.KeepsReturns ? entry.RandomReturn : null,
            ReferenceReturn = environment.Wrappers.KeepsReturns ? entry.ReferenceReturn : null,
        };
    }

    /// <summary>This machine, for a report.</summary>
    internal static MachineInfo Machine(string device)
    {
        var machine = MachineFingerprint.Current(device);
        return new MachineInfo { Cpu = machine.Cpu, Cores = machine.Cores, OperatingSystem = machine.System, Runtime = machine.Runtime, LibTorch = machine.LibTorch, Device = device };
    }
}
