using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>Plays episodes of one policy under the simulated clock with latencies that are replayed. The same arguments give the same episodes, on any machine and under any load.</summary>
/// <param name="network">The policy.</param>
/// <param name="environment">Its environment, without a clock; used by one thread at a time.</param>
/// <param name="settings">How many episodes, which, and how actions are chosen; a step is a tick.</param>
/// <exception cref="UserInputException">The policy was made for other spaces.</exception>
internal sealed class ClockedEpisodes(PolicyNetwork network, IEnvironment environment, EvaluationSettings settings)
{
    /// <summary>An agent that never acts is late by so many ticks each time.</summary>
    private const int NeverTicks = 1024;

    private readonly bool _reports = WaitingWorld.Reports(network.Definition, environment);
    private readonly float[] _action = new float[environment.ActionSpace.Size];

    /// <summary>Plays the episodes.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="latency">The latencies.</param>
    /// <param name="cancellation">Stops it.</param>
    public ClockedReturns Play(ClockSettings clock, LatencyProfile latency, CancellationToken cancellation)
    {
        var agent = new Agent(network, settings.Seed) { Selection = settings.Selection };
        var world = new RealTimeWorld(environment, clock, _reports);
        IActionMasking? masking = environment.Ability<IActionMasking>();
        var mask = new bool[environment.MaskSize()];
        return Play(world, agent.Reset, (observation, seed) =>
        {
            if (mask.Length > 0) masking!.WriteActionMask(mask);
            agent.Act(observation, mask, _action);
            return latency.Nanoseconds(seed, world.Counts.Decisions);
        }, cancellation);
    }

    /// <summary>Plays the episodes with an agent so slow that it never acts: every transition gets the action that does nothing.</summary>
    /// <param name="cancellation">Stops it.</param>
    public ClockedReturns PlayIdle(CancellationToken cancellation)
    {
        var clock = new ClockSettings(TimeSpan.FromMilliseconds(1)) { OnMiss = OnMiss.NoOp };
        return Play(new RealTimeWorld(environment, clock, _reports), begin: () => { }, decide: (_, _) => NeverTicks * clock.PeriodNanoseconds, cancellation);
    }

    private delegate long Decide(ReadOnlySpan<float> observation, ulong seed);

    private ClockedReturns Play(RealTimeWorld world, Action begin, Decide decide, CancellationToken cancellation)
    {
        var observation = new float[world.ObservationSpace.Size];
        var returns = new double[settings.Episodes];
        long ticks = 0, decisions = 0, misses = 0, dropped = 0;
        for (int episode = 0; episode < returns.Length; episode++)
        {
            cancellation.ThrowIfCancellationRequested();
            ulong seed = Evaluator.EpisodeSeed(settings.Seed, episode);
            world.Reset(seed, observation);
            begin();
            StepResult result;
            do
            {
                long latency = decide(observation, seed);
                result = world.Advance(_action, latency, observation);
                foreach (float reward in world.TickRewards) returns[episode] += reward;
            }
            while (!result.Done && world.Counts.Ticks < settings.MaxSteps);
            EpisodeCounts counts = world.Counts;
            (ticks, decisions, misses, dropped) = (ticks + counts.Ticks, decisions + counts.Decisions, misses + counts.Misses, dropped + counts.Dropped);
        }
        return new ClockedReturns(returns, (double)misses / decisions, (double)dropped / ticks);
    }
}
