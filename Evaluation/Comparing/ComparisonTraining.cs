using System.Collections.Concurrent;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// Trains what a comparison has not trained yet, side by side, each run in its own process. A run that ended is kept; one with a checkpoint
/// goes on from it, one without begins anew, and one that failed is tried once more when the comparison is resumed.
/// </summary>
internal static class ComparisonTraining
{
    /// <summary>Tries of a run, over all resumptions.</summary>
    private const int MostAttempts = 2;

    /// <summary>What the command line exits with where its input cannot be used, such as a damaged checkpoint.</summary>
    private const int BadInput = 2;

    /// <summary>Trains.</summary>
    /// <returns>How every run of the plan ended.</returns>
    public static async Task<IReadOnlyDictionary<PlannedRun, RunRecord>> RunAsync(ComparisonFolder comparison, TrainingProcess process, IComparisonObserver observer, CancellationToken cancellation)
    {
        ComparisonPlan plan = comparison.Plan;
        var ended = new ConcurrentDictionary<PlannedRun, RunRecord>();
        var left = new List<(PlannedRun Run, RunRecord? Before)>();
        foreach (PlannedRun run in plan.Runs)
        {
            RunRecord? before = comparison.Journal.Find(Key(run), ComparisonJson.Default.RunRecord);
            if (before is null || !IsOver(run, before))
            {
                left.Add((run, before));
                continue;
            }
            ended[run] = before;
            observer.Kept(run, before.Error);
        }

        Lock gate = new();
        await Parallel.ForEachAsync(left, new ParallelOptions { MaxDegreeOfParallelism = plan.Jobs, CancellationToken = cancellation }, async (next, stop) =>
        {
            (PlannedRun run, RunRecord? before) = next;
            lock (gate) observer.Began(run);
            TrainingEnd end = await TrainAsync(plan.Configuration(run), run.Folder, process, Progress, stop);
            var record = new RunRecord((before?.Attempts ?? 0) + 1, end.Error, before?.FirstError ?? before?.Error, Math.Max(before?.PeakMemoryBytes ?? 0, end.PeakMemoryBytes));
            comparison.Journal.Keep(Key(run), record, ComparisonJson.Default.RunRecord);
            ended[run] = record;
            lock (gate) observer.Ended(run, end.Error);

            void Progress(RunProgress progress)
            {
                lock (gate) observer.Progressed(run, progress);
            }
        });
        return ended;
    }

    /// <summary>Sentences on runs that needed more than one try.</summary>
    public static IEnumerable<string> Notes(IReadOnlyDictionary<PlannedRun, RunRecord> records) =>
        from pair in records
        where pair.Value.FirstError is not null
        orderby pair.Key.Name
        select $"{pair.Key.Name} failed at first ({pair.Value.FirstError!.TrimEnd('.')}) and was tried once more, {(pair.Value.Error is null ? "with success" : "in vain")}.";

    private static string Key(PlannedRun run) => $"train {run.Name}";

    private static bool IsOver(PlannedRun run, RunRecord record) =>
        record.Error is null ? File.Exists(Path.Combine(run.Folder, TrainingRun.PolicyName)) || record.Attempts >= MostAttempts : record.Attempts >= MostAttempts;

    /// <summary>Whatever goes wrong costs this run only.</summary>
    private static async Task<TrainingEnd> TrainAsync(TrainingConfiguration configuration, string folder, TrainingProcess process, Action<RunProgress> progress, CancellationToken cancellation)
    {
        try
        {
            // A training that outlived its comparison ends after the update under way; two of them must not share a folder.
            await FolderLock.WaitUntilFreeAsync(folder, cancellation);
            if (File.Exists(Path.Combine(folder, TrainingRun.CheckpointName)))
            {
                TrainingEnd resumed = await process.ResumeAsync(folder, progress, cancellation);
                if (resumed.ExitCode != BadInput) return resumed;
            }
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            return await process.RunAsync(configuration, folder, progress, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new TrainingEnd($"It could not be trained: {exception.Message}");
        }
    }
}
