using RLSeq.Environments.Suite;
using static RLSeq.Environments.EnvironmentLevels;

namespace RLSeq.Environments;

/// <summary>The tasks of POPGym with physics.</summary>
/// <remarks>
/// The returns of random play are measured, and held by the tests. So are the reference returns of the pendulums and of the noisy cart-poles:
/// those of a player that follows the body with a model of it. The other cart-poles can be balanced to the end.
/// </remarks>
internal static class PopGymControlEntries
{
    /// <summary>The steps of random play; every step earns one part in the longest episode.</summary>
    private const double RandomSteps = 22.23;

    public static IEnumerable<EnvironmentEntry> All =>
    [
        .. Of(level => new EnvironmentEntry(
            "NoisyPositionOnlyCartPole",
            $"Balance a pole on a cart for 200 steps, seeing positions with noise of {Pick(level, "0.1", "0.2", "0.3")} and no velocities (POPGym).",
            () => new NoisyPositionOnlyCartPole(level))
        {
            NeedsMemory = true,
            HasFullState = true,
            ReferenceReturn = Pick(level, 0.955, 0.54, 0.36),
            RandomReturn = RandomSteps / 200,
        }),
        .. Of(level => new EnvironmentEntry(
            "NoisyPositionOnlyPendulum",
            $"Swing a pendulum up, seeing its position with noise of {Pick(level, "0.1", "0.2", "0.3")} and no speed, for 200 steps (POPGym).",
            () => new NoisyPositionOnlyPendulum(level))
        {
            NeedsMemory = true,
            HasFullState = true,
            ReferenceReturn = Pick(level, 0.885, 0.695, 0.58),
            RandomReturn = 0.246,
        }),
        .. Of(level => new EnvironmentEntry(
            "PositionOnlyCartPole",
            $"Balance a pole on a cart for {Pick(level, 200, 400, 600)} steps, seeing positions but no velocities (POPGym).",
            () => new PositionOnlyCartPole(level))
        {
            NeedsMemory = true,
            HasFullState = true,
            ReferenceReturn = 1,
            RandomReturn = RandomSteps / Pick(level, 200, 400, 600),
        }),
        .. Of(level => new EnvironmentEntry(
            "PositionOnlyPendulum",
            $"Swing a pendulum up, seeing its position but no speed, for {Pick(level, 200, 150, 100)} steps (POPGym).",
            () => new PositionOnlyPendulum(level))
        {
            NeedsMemory = true,
            HasFullState = true,
            ReferenceReturn = Pick(level, 0.905, 0.88, 0.82),
            RandomReturn = Pick(level, 0.246, 0.243, 0.241),
        }),
        .. Of(level => new EnvironmentEntry(
            "VelocityOnlyCartPole",
            $"Balance a pole on a cart for {Pick(level, 200, 400, 600)} steps, seeing velocities but no positions (POPGym).",
            () => new VelocityOnlyCartPole(level))
        {
            NeedsMemory = true,
            HasFullState = true,
            ReferenceReturn = 1,
            RandomReturn = RandomSteps / Pick(level, 200, 400, 600),
        }),
    ];
}
