using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>Plays episodes with a trained policy, on the engine that ships with a game, with or without a clock.</summary>
public static class Evaluator
{
    /// <summary>Keeps the episodes of evaluations apart from those of training with the same seed.</summary>
    private const ulong Stream = 0x6576616C; // "eval"

    /// <summary>Evaluates a policy.</summary>
    /// <param name="network">The policy; a fresh agent plays it, so the same call twice gives the same, unless latencies are measured under a clock.</param>
    /// <param name="environment">
    /// The environment; its spaces are the policy's, but for what a clock reports (<see cref="ClockReport"/>): a policy whose observations have that
    /// gets it, with or without a clock, and any other gets the world's own.
    /// </param>
    /// <param name="settings">How many episodes, which, how actions are chosen, and the clock.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="UserInputException">The policy was made for other spaces, or the clock cannot be.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="EnvironmentException">The environment fails or hangs.</exception>
    public static EvaluationResult Run(PolicyNetwork network, IEnvironment environment, EvaluationSettings settings, CancellationToken cancellation = default)
    {
        bool reports = WaitingWorld.Reports(network.Definition, environment);
        var watch = new CallWatch(settings.StepTimeout, namesFailures: true);
        IEnvironment watched = watch.Around(environment);
        return watch.Run(() =>
        {
            using var run = new EvaluationRun(network, watched, settings, reports, cancellation);
            return run.Play();
        });
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
