using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>
/// Where a policy is at home while nothing is late: its environment, and, for a policy that was trained under the clock, what the clock would
/// report where the world waits.
/// </summary>
internal static class WaitingWorld
{
    /// <summary>Any period: a latency of 0 is in time for all of them.</summary>
    private static readonly ClockSettings Clock = new(TimeSpan.FromSeconds(1));

    /// <summary>Whether a policy's observations hold what <see cref="ClockReport"/> writes.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="environment">The environment, without a clock.</param>
    /// <exception cref="UserInputException">They are neither the environment's, nor these with the report.</exception>
    public static bool Reports(PolicyDefinition policy, IEnvironment environment)
    {
        Space reported = new ClockReport(environment.ObservationSpace, environment.ActionSpace).Space;
        bool reports = policy.ObservationSpace.Equals(reported) && !policy.ObservationSpace.Equals(environment.ObservationSpace);
        if (!reports) Evaluator.Check(policy, environment);
        return reports;
    }

    /// <summary>The environment as a policy sees it where the world waits.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="environment">The environment, without a clock; what is returned owns it.</param>
    /// <exception cref="UserInputException">The policy was made for other spaces.</exception>
    public static IEnvironment For(PolicyDefinition policy, IEnvironment environment) =>
        Reports(policy, environment) ? new RealTimeEnvironment(environment, Clock, new FixedLatency(0)) : environment;
}
