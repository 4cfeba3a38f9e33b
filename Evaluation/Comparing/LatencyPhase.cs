using System.Diagnostics;
using System.Runtime;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// Times policies with nothing else running: batch 1, one thread, each in its own environment, the memories taking turns in short blocks, so that
/// a change of the machine's speed meets them all alike. First back to back, then at 60 Hz.
/// </summary>
internal static class LatencyPhase
{
    public const string Conditions = "managed engine, float32, batch 1, 1 thread, back to back, memories interleaved, warm-up excluded";

    private const int Rounds = 10, WarmupBlock = 200;

    /// <summary>The runtime compiles hot code anew in the background, some 100 ms after it became hot, and then once more.</summary>
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(0.7);

    /// <summary>Times trained policies; of each memory its first run stands for all, since the weights' values do not change the work.</summary>
    public static Dictionary<(string Environment, string Memory), MeasuredLatency> Measure(IEnumerable<PlannedRun> runs, EnvironmentOptions options, int actions, int paced, Action<int, int> progress, CancellationToken cancellation)
    {
        var policies = new List<TimedPolicy>();
        try
        {
            foreach (PlannedRun run in runs.DistinctBy(run => (run.Environment, run.Memory)))
            {
                var network = PolicyNetwork.Load(Path.Combine(run.Folder, TrainingRun.PolicyName));
                IEnvironment world = WaitingWorld.For(network.Definition, NamedEnvironment.Find(run.Environment, options).Create());
                policies.Add(new TimedPolicy(run.Environment, run.Memory, network, world));
            }
            return actions == 0 ? [] : Measure(policies, actions, paced, progress, cancellation);
        }
        finally
        {
            foreach (TimedPolicy policy in policies) policy.Dispose();
        }
    }

    /// <summary>Times policies.</summary>
    /// <param name="policies">What is timed; disposed of by whoever made it.</param>
    /// <param name="actions">Actions per policy, back to back, at least 1.</param>
    /// <param name="paced">Actions per policy at 60 Hz; 0 for none.</param>
    /// <param name="progress">Is told the parts done and those in all: of every policy its warm-up, its rounds back to back and as many at 60 Hz.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Dictionary<(string Environment, string Memory), MeasuredLatency> Measure(IReadOnlyList<TimedPolicy> policies, int actions, int paced, Action<int, int> progress, CancellationToken cancellation)
    {
        GCLatencyMode before = GCSettings.LatencyMode;
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        try
        {
            var parts = new PhaseParts(policies.Count * (1 + Rounds + (paced > 0 ? Rounds : 0)), progress);
            foreach (TimedPolicy policy in policies)
            {
                WarmUp(policy);
                parts.Done();
            }
            for (int round = 0; round < Rounds; round++)
            {
                int block = (actions * (round + 1) / Rounds) - (actions * round / Rounds);
                foreach (TimedPolicy policy in policies)
                {
                    cancellation.ThrowIfCancellationRequested();
                    policy.Play(block, policy.BackToBack);
                    parts.Done();
                }
            }
            PacedActions.Play(policies, paced, Rounds, parts, cancellation);
        }
        finally
        {
            GCSettings.LatencyMode = before;
        }
        return policies.ToDictionary(policy => (policy.Environment, policy.Memory), policy => new MeasuredLatency(
            policy.BackToBack.Result(Conditions) with { Paced = paced > 0 ? policy.Paced.Result(PacedActions.Conditions) : null },
            new RecordedLatency(policy.BackToBack.Segments(), $"recorded, {policy.BackToBack.Count} actions, {Conditions}")));
    }

    private static void WarmUp(TimedPolicy policy)
    {
        long began = Stopwatch.GetTimestamp();
        do policy.Play(WarmupBlock, into: null);
        while (Stopwatch.GetElapsedTime(began) < Warmup);
    }
}
