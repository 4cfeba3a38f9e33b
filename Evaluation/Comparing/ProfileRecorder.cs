using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// Records a memory's latencies before anything is trained, for training under the clock: of a freshly drawn policy of the same sizes, since the
/// values of the weights do not change the work.
/// </summary>
/// <remarks>
/// An untrained policy's episodes tell nothing of how full a cache a trained one will meet, so the memory is emptied after a fixed number of
/// actions instead of at an episode's end: twice the context at least.
/// </remarks>
public static class ProfileRecorder
{
    /// <summary>A memory without a context is followed for so many actions.</summary>
    private const int FewestPositions = 256;

    /// <summary>Records the latencies of policies as they will be trained, taking turns, with nothing else running.</summary>
    /// <param name="configurations">Each says environment, memory and sizes; one of each environment and memory.</param>
    /// <param name="reports">Whether observations will hold what <see cref="ClockReport"/> writes.</param>
    /// <param name="actions">Actions per policy.</param>
    /// <param name="progress">Is told the equal parts of it that are done, and those in all.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The profiles by environment and memory.</returns>
    public static IReadOnlyDictionary<(string Environment, string Memory), RecordedLatency> Record(
        IEnumerable<TrainingConfiguration> configurations, bool reports, int actions, Action<int, int> progress, CancellationToken cancellation)
    {
        var policies = new List<TimedPolicy>();
        try
        {
            foreach (TrainingConfiguration configuration in configurations) policies.Add(Fresh(configuration, reports));
            return LatencyPhase.Measure(policies, actions, paced: 0, progress, cancellation).ToDictionary(pair => pair.Key, pair => pair.Value.Profile);
        }
        finally
        {
            foreach (TimedPolicy policy in policies) policy.Dispose();
        }
    }

    private static TimedPolicy Fresh(TrainingConfiguration configuration, bool reports)
    {
        IEnvironment environment = NamedEnvironment.Find(configuration.Environment, configuration.EnvironmentOptions).Create();
        Space observations = reports ? new ClockReport(environment.ObservationSpace, environment.ActionSpace).Space : environment.ObservationSpace;
        manual_seed((long)configuration.Seed);
        using var learned = new ActorCritic(observations, environment.ActionSpace, configuration.MemorySettings, configuration.Network.EncoderLayers);
        PolicyDefinition policy = learned.Export();
        int positions = Math.Max(FewestPositions, 2 * configuration.Memory.Context);
        return new TimedPolicy(configuration.Environment, configuration.Memory.Name, PolicyNetwork.From(policy), WaitingWorld.For(policy, environment), positions);
    }
}
