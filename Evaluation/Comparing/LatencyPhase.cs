using System.Diagnostics;
using System.Runtime;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// Times every trained policy with nothing else running: batch 1, one thread, in its own environment, the memories taking turns in
/// short blocks, so that a change of the machine's speed meets them all alike.
/// </summary>
internal static class LatencyPhase
{
    private const int Rounds = 10, WarmupBlock = 200;

    /// <summary>The runtime compiles hot code anew in the background, some 100 ms after it became hot, and then once more.</summary>
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(0.7);

    public const string Conditions = "managed engine, float32, batch 1, 1 thread, back to back, memories interleaved, warm-up excluded";

    /// <summary>Times policies; of each memory its first successful run stands for all, since the weights' values do not change the work.</summary>
    public static Dictionary<(string Environment, string Memory), LatencyResult> Measure(IReadOnlyList<PlannedRun> runs, EnvironmentOptions options, int actions, CancellationToken cancellation)
    {
        var timed = runs.Select(run => (Run: run, Timing: new Timing(run, options))).ToList();
        GCLatencyMode before = GCSettings.LatencyMode;
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        try
        {
            foreach (var (_, timing) in timed)
            {
                long began = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(began) < Warmup) timing.Play(WarmupBlock, record: false);
            }
            for (int round = 0; round < Rounds; round++)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var (_, timing) in timed) timing.Play(actions / Rounds, record: true);
            }
        }
        finally
        {
            GCSettings.LatencyMode = before;
            foreach (var (_, timing) in timed) timing.Dispose();
        }
        return timed.ToDictionary(pair => (pair.Run.Environment, pair.Run.Memory), pair => pair.Timing.Result());
    }

    private sealed class Timing : IDisposable
    {
        private readonly Agent _agent;
        private readonly IEnvironment _environment;
        private readonly float[] _observation, _action;
        private readonly bool[] _mask;
        private readonly IActionMasking? _masking;
        private readonly LatencyHistogram _total = new();
        private ulong _episode;
        private bool _ended = true;
        private long _allocated, _actions;

        public Timing(PlannedRun run, EnvironmentOptions options)
        {
            _agent = new Agent(PolicyNetwork.From(PolicyFile.Load(Path.Combine(run.Folder, TrainingRun.PolicyName)))) { Selection = ActionSelection.Sample };
            _environment = NamedEnvironment.Find(run.Environment, options).Create();
            _observation = new float[_environment.ObservationSpace.Size];
            _action = new float[_environment.ActionSpace.Size];
            _mask = new bool[_environment.MaskSize()];
            _masking = _environment.Ability<IActionMasking>();
        }

        public void Play(int actions, bool record)
        {
            _agent.Latency.Reset();
            for (int i = 0; i < actions; i++)
            {
                if (_ended)
                {
                    _environment.Reset(_episode++, _observation);
                    _agent.Reset();
                }
                if (_mask.Length > 0) _masking!.WriteActionMask(_mask);
                long before = GC.GetAllocatedBytesForCurrentThread();
                _agent.Act(_observation, _mask, _action);
                if (record) _allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                _ended = _environment.Step(_action, _observation).Done;
            }
            if (!record) return;
            _actions += actions;
            _total.Merge(_agent.Latency);
        }

        public LatencyResult Result() => new()
        {
            P50Us = _total.Percentile(50) / 1e3,
            P90Us = _total.Percentile(90) / 1e3,
            P99Us = _total.Percentile(99) / 1e3,
            P999Us = _total.Percentile(99.9) / 1e3,
            MaxUs = _total.Max / 1e3,
            MeanUs = _total.Mean / 1e3,
            Count = _total.Count,
            AllocatedBytesPerAction = (double)_allocated / _actions,
            Conditions = Conditions,
            Histogram = [.. _total.Buckets().Select(bucket => new LatencyBucket(bucket.Value / 1e3, bucket.Count))],
        };

        public void Dispose() => _environment.Dispose();
    }
}
