using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Evaluation;

/// <summary>The wall clock beside the simulated one, with an agent of random weights: at 60 Hz and at 1 kHz, where about none, half and all of the decisions miss.</summary>
public static class ClockBenchmark
{
    /// <summary>What slow-downs aim at: the median latency, as a share of the deadline.</summary>
    private static readonly double[] Aims = [0.25, 1, 1.5];

    private static readonly TimeSpan[] Periods = [TimeSpan.FromSeconds(1 / 60.0), TimeSpan.FromMilliseconds(1)];

    /// <summary>Measures.</summary>
    /// <param name="memory">The memory and its sizes.</param>
    /// <param name="encoderLayers">Layers before it.</param>
    /// <param name="span">How long each of the six runs lasts.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The runs, one after the other.</returns>
    /// <exception cref="UserInputException">A size is impossible.</exception>
    public static IEnumerable<ClockAgreement> Run(MemorySettings memory, int encoderLayers, TimeSpan span, CancellationToken cancellation = default)
    {
        using ActorCritic network = ActBenchmark.RandomNetwork(memory, encoderLayers);
        var agent = new Agent(PolicyNetwork.From(network.Export()));
        Space observations = agent.Network.Definition.ObservationSpace, actions = agent.Network.Definition.ActionSpace;
        var (observation, action) = (new float[observations.Size], new float[actions.Size]);
        Warmup.Run(() => agent.Act(observation, action));
        foreach (TimeSpan period in Periods)
        {
            foreach (double aim in Aims)
            {
                // The median of a short run at this rate: caches that are cold at 60 Hz are warm back to back.
                ClockAgreement trial = Measure(new ClockSettings(period), TimeSpan.FromSeconds(0.5));
                double slowDown = Math.Max(1, aim * Duration.Nanoseconds(period) / trial.Latency.Percentile(50));
                yield return Measure(new ClockSettings(period) { SlowDown = slowDown }, span);
            }
        }

        ClockAgreement Measure(ClockSettings settings, TimeSpan time)
        {
            agent.Reset();
            return ClockAgreement.Measure(settings, observations, actions, Math.Max(1, time.Ticks / settings.Period.Ticks), Decide, cancellation: cancellation);
        }

        long Decide(ReadOnlySpan<float> shown, Span<float> chosen)
        {
            agent.Act(shown, chosen);
            return (long)agent.Recorder.LastNanoseconds;
        }
    }
}
