using System.Diagnostics;
using System.Runtime;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>Times a study's probes with nothing else running, in rounds in which all take turns, so that a change of the machine's speed meets them all alike.</summary>
internal static class CostTiming
{
    /// <summary>A round of acting lasts so long after so much of warming up, and has so many actions at least: those of a window that is projected anew take tens of milliseconds.</summary>
    private static readonly TimeSpan ActingRound = TimeSpan.FromSeconds(0.2), ActingWarmup = TimeSpan.FromSeconds(0.02);

    private const int LeastActions = 50, MostActions = 20_000, Observations = 256;

    /// <summary>Measures every probe.</summary>
    /// <param name="probes">The probes.</param>
    /// <param name="progress">Is told the parts done and those in all: of every probe its warm-up and its rounds.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Dictionary<CostProbe, CostSamples> Measure(IReadOnlyList<CostProbe> probes, Action<int, int> progress, CancellationToken cancellation)
    {
        Timed[] timed = [.. probes.Select(probe => new Timed(probe))];
        GCLatencyMode before = GCSettings.LatencyMode;
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        try
        {
            var parts = new PhaseParts(timed.Length * (1 + CostMeasures.Rounds), progress);
            foreach (Timed one in timed)
            {
                one.WarmUp();
                parts.Done();
            }
            for (int round = 0; round < CostMeasures.Rounds; round++)
            {
                foreach (Timed one in timed)
                {
                    cancellation.ThrowIfCancellationRequested();
                    one.Round();
                    parts.Done();
                }
            }
        }
        finally
        {
            GCSettings.LatencyMode = before;
        }
        return timed.ToDictionary(one => one.Probe, one => one.Samples());
    }

    private sealed class Timed
    {
        private readonly MemorySettings _settings;
        private readonly long _parameters;
        private readonly Agent? _agent;
        private readonly float[] _observations = [], _action = [];
        private readonly List<double> _p50 = [], _p99 = [], _steps = [];

        public Timed(CostProbe probe)
        {
            Probe = probe;
            _settings = probe.Parameters == 0 ? probe.Memory : EqualParameters.Sized(probe.Memory, probe.Parameters);
            using ActorCritic network = ActBenchmark.RandomNetwork(_settings, encoderLayers: 1);
            _parameters = network.ParameterCount;
            if (probe is not ActingProbe) return;
            _agent = new Agent(PolicyNetwork.From(network.Export())) { Selection = ActionSelection.Sample };
            Space space = _agent.Network.Definition.ObservationSpace;
            _observations = new float[Observations * space.Size];
            _action = new float[_agent.Network.Definition.ActionSpace.Size];
            var random = new RandomSource(1);
            for (int i = 0; i < Observations; i++) space.Sample(ref random, _observations.AsSpan(i * space.Size, space.Size));
        }

        public CostProbe Probe { get; }

        /// <summary>Compiles what acts, and fills the memory's window. What trains warms itself up.</summary>
        public void WarmUp()
        {
            if (_agent is null) return;
            int next = 0;
            Warmup.Run(() => Act(next++));
            Fill();
        }

        public void Round()
        {
            if (_agent is not null) TimeActing();
            if (Probe is TrainingProbe probe) TimeTraining(probe);
        }

        public CostSamples Samples() => new() { Hidden = _settings.Hidden, Parameters = _parameters, P50Us = _p50, P99Us = _p99, StepsPerSecond = _steps };

        private void TimeActing()
        {
            long began = Stopwatch.GetTimestamp();
            for (int i = 0; Stopwatch.GetElapsedTime(began) < ActingWarmup; i++) Act(i); // the others left the caches cold
            _agent!.Recorder.Reset();
            began = Stopwatch.GetTimestamp();
            for (int i = 0; i < LeastActions || (i < MostActions && Stopwatch.GetElapsedTime(began) < ActingRound); i++) Act(i);
            _p50.Add(_agent.Latency.Percentile(50) / 1e3);
            _p99.Add(_agent.Latency.Percentile(99) / 1e3);
        }

        private void TimeTraining(TrainingProbe probe)
        {
            TrainingConfiguration configuration = probe.Training with { Network = probe.Training.Network with { Hidden = _settings.Hidden } };
            int updates = (int)Math.Max(1, configuration.Steps / configuration.StepsPerUpdate);
            _steps.Add(TrainBenchmark.Run(configuration, updates).StepsPerSecond);
        }

        private void Fill()
        {
            int longest = _agent!.Layout.Blocks.Select(block => block.WindowLength).DefaultIfEmpty(0).Max();
            for (int i = 0; i <= longest; i++) Act(i);
        }

        private void Act(int i)
        {
            int size = _observations.Length / Observations;
            _agent!.Act(_observations.AsSpan(i % Observations * size, size), _action);
        }
    }
}
