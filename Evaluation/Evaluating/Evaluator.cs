using System.Diagnostics;
using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>Plays episodes with a trained policy, on the engine that ships with a game.</summary>
public static class Evaluator
{
    /// <summary>Keeps the episodes of evaluations apart from those of training with the same seed.</summary>
    private const ulong Stream = 0x6576616C; // "eval"

    /// <summary>Evaluates a policy.</summary>
    /// <param name="network">The policy; a fresh agent plays it, so the same call twice gives the same.</param>
    /// <param name="environment">The environment; its spaces are the policy's.</param>
    /// <param name="settings">How many episodes, which, and how actions are chosen.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="UserInputException">The policy was made for other spaces.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="EnvironmentException">The environment fails or hangs.</exception>
    public static EvaluationResult Run(PolicyNetwork network, IEnvironment environment, EvaluationSettings settings, CancellationToken cancellation = default)
    {
        Check(network.Definition, environment);
        var watch = new CallWatch(settings.StepTimeout, namesFailures: true);
        IEnvironment watched = watch.Around(environment);
        return watch.Run(() => Play(network, watched, settings, cancellation));
    }

    private static EvaluationResult Play(PolicyNetwork network, IEnvironment environment, EvaluationSettings settings, CancellationToken cancellation)
    {
        var agent = new Agent(network, settings.Seed) { Selection = settings.Selection };
        using Activity? activity = RLSeqTelemetry.Activities.StartActivity("rlseq.evaluation");
        long began = Stopwatch.GetTimestamp();
        var returns = new double[settings.Episodes];
        var lengths = new int[settings.Episodes];
        var observation = new float[environment.ObservationSpace.Size];
        var action = new float[environment.ActionSpace.Size];
        IActionMasking? masking = environment.Ability<IActionMasking>();
        var mask = new bool[environment.MaskSize()];
        long allocated = 0;
        for (int episode = 0; episode < settings.Episodes; episode++)
        {
            cancellation.ThrowIfCancellationRequested();
            environment.Reset(EpisodeSeed(settings.Seed, episode), observation);
            agent.Reset();
            StepResult result;
            do
            {
                if (mask.Length > 0) masking!.WriteActionMask(mask);
                long before = GC.GetAllocatedBytesForCurrentThread();
                agent.Act(observation, mask, action);
                // Like the latency, what the warm-up allocated (the runtime's tables, statics) does not count.
                if (agent.Latency.Count > 0) allocated += GC.GetAllocatedBytesForCurrentThread() - before;
                result = environment.Step(action, observation);
                returns[episode] += result.Reward;
                lengths[episode]++;
            }
            while (!result.Done && lengths[episode] < settings.MaxSteps);
        }
        return new EvaluationResult(returns, lengths, agent.Latency, allocated, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>The seed of an episode, so that whoever plays it again sees the same.</summary>
    internal static ulong EpisodeSeed(ulong seed, int episode) => RandomSource.Derive(RandomSource.Derive(seed, Stream), (ulong)episode);

    /// <summary>Refuses a policy that was made for other spaces.</summary>
    internal static void Check(PolicyDefinition policy, IEnvironment environment)
    {
        if (!policy.ObservationSpace.Equals(environment.ObservationSpace))
            throw new UserInputException($"The policy was trained on observations {policy.ObservationSpace}, but the environment gives {environment.ObservationSpace}.");
        if (!policy.ActionSpace.Equals(environment.ActionSpace))
            throw new UserInputException($"The policy was trained for actions {policy.ActionSpace}, but the environment takes {environment.ActionSpace}.");
    }
}
