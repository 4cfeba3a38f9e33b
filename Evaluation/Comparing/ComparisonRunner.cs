using System.Collections.Concurrent;
using System.Diagnostics;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Carries a comparison out: trains side by side, evaluates, times acting with nothing else running, and writes the report.</summary>
public static class ComparisonRunner
{
    /// <summary>Runs a comparison to its end.</summary>
    /// <param name="plan">What is compared.</param>
    /// <param name="process">Runs one training.</param>
    /// <param name="observer">Follows it.</param>
    /// <param name="cancellation">Stops it; what is trained stays in the folder.</param>
    /// <returns>The result, which also stands in the folder with its report.</returns>
    /// <exception cref="UserInputException">The plan cannot be run, or its folder cannot be written.</exception>
    public static async Task<ComparisonResult> RunAsync(ComparisonPlan plan, TrainingProcess process, IComparisonObserver observer, CancellationToken cancellation)
    {
        plan.Validate();
        RunFolder.Claim(plan.Folder);
        AtomicFile.Write(Path.Combine(plan.Folder, TrainingRun.ConfigurationName), ConfigurationFile.Write(plan.Training));
        DateTimeOffset started = DateTimeOffset.UtcNow;
        long began = Stopwatch.GetTimestamp();
        Dictionary<PlannedRun, string?> errors = await TrainAsync(plan, process, observer, cancellation);

        observer.Phase($"evaluating {plan.EvaluationEpisodes} episodes per policy");
        var runs = plan.Runs.ToDictionary(run => run, run => Read(run, errors[run], plan, cancellation));
        observer.Phase("timing actions, nothing else running");
        PlannedRun[] timed = [.. runs.Where(pair => pair.Value.Status == RunStatus.Ok).Select(pair => pair.Key).DistinctBy(run => (run.Environment, run.Memory))];
        var latencies = LatencyPhase.Measure(timed, plan.Training.EnvironmentOptions, plan.TimedActions, cancellation);

        var result = new ComparisonResult
        {
            Title = plan.Title,
            CommandLine = plan.CommandLine,
            Started = started,
            Duration = Stopwatch.GetElapsedTime(began),
            Machine = Machine(TorchDevice.Resolve(plan.Training.Device).ToString()),
            Configuration = ConfigurationFile.Write(plan.Training),
            Environments = [.. plan.Environments.Select(name => Describe(name, plan.Training.EnvironmentOptions))],
            Results = [.. from environment in plan.Environments
                          from memory in plan.Memories
                          select new MemoryResult
                          {
                              Environment = environment,
                              Memory = memory,
                              Runs = [.. runs.Where(pair => pair.Key.Environment == environment && pair.Key.Memory == memory).Select(pair => pair.Value)],
                              Latency = latencies.GetValueOrDefault((environment, memory)),
                          }],
        };
        ComparisonReport.Write(plan.Folder, result);
        return result;
    }

    private static async Task<Dictionary<PlannedRun, string?>> TrainAsync(ComparisonPlan plan, TrainingProcess process, IComparisonObserver observer, CancellationToken cancellation)
    {
        var errors = new ConcurrentDictionary<PlannedRun, string?>();
        Lock gate = new();
        await Parallel.ForEachAsync(plan.Runs, new ParallelOptions { MaxDegreeOfParallelism = plan.Jobs, CancellationToken = cancellation }, async (run, stop) =>
        {
            lock (gate) observer.Began(run);
            errors[run] = await process.RunAsync(plan.Configuration(run), run.Folder, progress =>
            {
                lock (gate) observer.Progressed(run, progress);
            }, stop);
            lock (gate) observer.Ended(run, errors[run]);
        });
        return new Dictionary<PlannedRun, string?>(errors);
    }

    /// <summary>Whatever is wrong with what a training left behind costs this run only.</summary>
    private static RunResult Read(PlannedRun run, string? error, ComparisonPlan plan, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (error is not null) return RunReader.Failed(run, error);
        try
        {
            return RunReader.Read(run, plan.Training.EnvironmentOptions, plan.EvaluationEpisodes);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return RunReader.Failed(run, $"Its results cannot be used: {exception.Message}");
        }
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
