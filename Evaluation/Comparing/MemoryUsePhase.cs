using RLSeq.Agents;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Looks at the use of memory of every trained policy of a comparison, unless that was done before.</summary>
internal static class MemoryUsePhase
{
    /// <summary>Looks at all of them.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="trained">The runs whose policies can be played.</param>
    /// <param name="notes">Receives what went wrong, which costs the policies that it concerns and no more.</param>
    /// <param name="observer">Follows it.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Dictionary<(string Environment, string Memory), IReadOnlyList<MemoryUse>> Run(
        ComparisonFolder comparison, IReadOnlyList<PlannedRun> trained, List<string> notes, IComparisonObserver observer, CancellationToken cancellation)
    {
        MemoryUseSettings settings = comparison.Plan.MemoryUse;
        if (!settings.IsOn) return [];
        observer.Phase($"looking whether memory is used, {settings.Episodes} episodes per policy and intervention");
        var found = new List<(PlannedRun Run, IReadOnlyList<PolicyMemoryUse> Uses)>();
        for (int i = 0; i < trained.Count; i++)
        {
            observer.PhaseProgress(i, trained.Count);
            try
            {
                found.Add((trained[i], Of(comparison, trained[i], cancellation)));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                notes.Add($"The use of memory of {trained[i].Name} is not known: {exception.Message}");
            }
        }
        return found.GroupBy(one => (one.Run.Environment, one.Run.Memory))
            .ToDictionary(group => group.Key, group => MemoryDiagnostic.Combine([.. group.Select(one => (one.Run.Seed, one.Uses))]));
    }

    private static IReadOnlyList<PolicyMemoryUse> Of(ComparisonFolder comparison, PlannedRun run, CancellationToken cancellation)
    {
        string key = $"memory-use {run.Name}";
        if (comparison.Journal.Find(key, ComparisonJson.Default.MemoryUseRecord) is { } kept) return kept.Uses;
        EnvironmentOptions options = comparison.Plan.Training.EnvironmentOptions;
        var network = PolicyNetwork.Load(Path.Combine(run.Folder, TrainingRun.PolicyName));
        var named = NamedEnvironment.Find(run.Environment, options);
        var uses = MemoryDiagnostic.Run(network, named.Create, comparison.Plan.MemoryUse, TimeSpan.FromSeconds(options.StepTimeout), cancellation);
        comparison.Journal.Keep(key, new MemoryUseRecord(uses), ComparisonJson.Default.MemoryUseRecord);
        return uses;
    }
}
