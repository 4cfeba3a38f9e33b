using System.Collections.Concurrent;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// Return against deadline: every trained policy of every seed under the simulated clock, with its memory's recorded latencies replayed. Replay
/// does not depend on what else the machine does, so that policies are played side by side on all cores.
/// </summary>
internal static class DeadlineSweep
{
    /// <summary>Plays all policies.</summary>
    /// <param name="runs">The runs whose policies are there.</param>
    /// <param name="profiles">The recorded latencies of each environment and memory; what has none is left out.</param>
    /// <param name="settings">What is played.</param>
    /// <param name="options">How environments are made and watched.</param>
    /// <param name="progress">Called with the policies played and those in all, one call at a time.</param>
    /// <param name="cancellation">Stops it.</param>
    public static DeadlineCurves Run(
        IEnumerable<PlannedRun> runs, IReadOnlyDictionary<(string Environment, string Memory), RecordedLatency> profiles, DeadlineSettings settings, EnvironmentOptions options, Action<int, int> progress, CancellationToken cancellation)
    {
        PlannedRun[] swept = !settings.IsOn ? [] : [.. runs.Where(run => profiles.ContainsKey((run.Environment, run.Memory)))];
        var played = new ConcurrentDictionary<PlannedRun, (PolicySweep Sweep, DeadlineRun[][] Runs)>();
        var failed = new ConcurrentDictionary<PlannedRun, string>();
        Lock gate = new();
        int ended = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.ForEach(Partitioner.Create(swept, EnumerablePartitionerOptions.NoBuffering), parallel, run =>
        {
            try
            {
                played[run] = Play(run, profiles[(run.Environment, run.Memory)], settings, options, cancellation);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException and not OperationCanceledException)
            {
                failed[run] = $"{run.Name} is in no curve of return against deadline: {exception.Message}";
            }
            lock (gate) progress(++ended, swept.Length);
        });
        var curves = swept.Where(played.ContainsKey).GroupBy(run => (run.Environment, run.Memory)).ToDictionary(
            group => group.Key,
            group => Curves(settings, profiles[group.Key], [.. group.Select(run => played[run])]));
        return new DeadlineCurves(curves, [.. swept.Where(failed.ContainsKey).Select(run => failed[run])]);
    }

    private static (PolicySweep Sweep, DeadlineRun[][] Runs) Play(PlannedRun run, RecordedLatency profile, DeadlineSettings settings, EnvironmentOptions options, CancellationToken cancellation)
    {
        var network = PolicyNetwork.Load(Path.Combine(run.Folder, TrainingRun.PolicyName));
        using IEnvironment environment = NamedEnvironment.Find(run.Environment, options).Create();
        var watch = new CallWatch(TimeSpan.FromSeconds(options.StepTimeout), namesFailures: true);
        var episodes = new ClockedEpisodes(network, watch.Around(environment), new EvaluationSettings { Episodes = settings.Episodes });
        var sweep = new PolicySweep(episodes, run.Seed, profile, settings);
        return (sweep, watch.Run(() => sweep.Play(cancellation)));
    }

    private static IReadOnlyList<DeadlineCurve> Curves(DeadlineSettings settings, RecordedLatency profile, (PolicySweep Sweep, DeadlineRun[][] Runs)[] seeds) =>
        [.. settings.SlowDowns.Select((slowDown, i) => new DeadlineCurve
        {
            SlowDown = slowDown,
            OnMiss = OnMissNames.NameOf(settings.OnMiss),
            ActionDelay = settings.ActionDelay,
            Profile = profile.Conditions,
            Undelayed = new DeadlinePoint(0, [.. seeds.Select(seed => seed.Sweep.Undelayed)]),
            OneStepDelay = new DeadlinePoint(0, [.. seeds.Select(seed => seed.Sweep.OneStepDelay)]),
            IdleReturn = seeds[0].Sweep.IdleReturn,
            Points = [.. settings.Deadlines.Select((deadline, at) => new DeadlinePoint(deadline.TotalMicroseconds, [.. seeds.Select(seed => seed.Runs[i][at])]))],
        })];
}
