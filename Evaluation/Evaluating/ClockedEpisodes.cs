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

    /// <summary>Plays the episodes.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="latency">The latencies.</param>
    /// <param name="cancellation">Stops it.</param>
    public ClockedReturns Play(ClockSettings clock, LatencyProfile latency, CancellationToken cancellation)
    {
        EvaluationSettings clocked = settings with { Clock = new EvaluationClock(clock) { Replayed = latency, Warmup = TimeSpan.Zero } };
        using var run = new EvaluationRun(network, environment, clocked, _reports, cancellation);
        EvaluationResult result = run.Play();
        return new ClockedReturns(result.Returns, (double)result.Misses / result.Decisions, (double)result.Dropped / result.Steps);
    }

    /// <summary>Plays the episodes with an agent so slow that it never acts: every transition gets the action that does nothing.</summary>
    /// <param name="cancellation">Stops it.</param>
    public ClockedReturns PlayIdle(CancellationToken cancellation)
    {
        var clock = new ClockSettings(TimeSpan.FromMilliseconds(1)) { OnMiss = OnMiss.NoOp };
        var world = new RealTimeWorld(environment, clock, _reports);
        (float[] observation, float[] unused) = (new float[world.ObservationSpace.Size], environment.IdleAction());
        var returns = new double[settings.Episodes];
        (double misses, double decisions, double dropped, double ticks) = (0, 0, 0, 0);
        for (int episode = 0; episode < returns.Length; episode++)
        {
            cancellation.ThrowIfCancellationRequested();
            world.Reset(Evaluator.EpisodeSeed(settings.Seed, episode), observation);
            bool done;
            do
            {
                done = world.Advance(unused, NeverTicks * clock.PeriodNanoseconds, observation).Done;
                foreach (float reward in world.TickRewards) returns[episode] += reward;
            }
            while (!done && world.Counts.Ticks < settings.MaxSteps);
            EpisodeCounts counts = world.Counts;
            (misses, decisions, dropped, ticks) = (misses + counts.Misses, decisions + counts.Decisions, dropped + counts.Dropped, ticks + counts.Ticks);
        }
        return new ClockedReturns(returns, misses / decisions, dropped / ticks);
    }
}
