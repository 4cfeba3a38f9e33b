using RLSeq.Environments.Suite;

namespace RLSeq.Environments;

/// <summary>The environments that come with the library.</summary>
/// <remarks>
/// The returns of random play of the card tasks are -0.5 exactly: a random suit is right once in four. Those of the cart-poles are
/// measured, and held by the tests.
/// </remarks>
internal static class BuiltInEnvironments
{
    public static IEnumerable<EnvironmentEntry> Entries =>
    [
        new("CartPole", "Balance a pole on a cart for 500 steps; everything is observed, no memory needed.", () => new CartPole())
        {
            ReferenceReturn = 475,
            RandomReturn = 22.3,
        },
        .. Levels("PositionOnlyCartPole", level => new PositionOnlyCartPole(level), "Balance a pole seeing only positions, no velocities", 1, [0.111, 0.056, 0.037]),
        .. Levels("RepeatFirst", level => new RepeatFirst(level), "Repeat the first suit that was shown, at every step", 1, [-0.5, -0.5, -0.5]),
        .. Levels("RepeatPrevious", level => new RepeatPrevious(level), "Repeat the suit that was shown k - 1 cards before the present one", 1, [-0.5, -0.5, -0.5]),
    ];

    private static IEnumerable<EnvironmentEntry> Levels(
        string name, Func<Difficulty, IEnvironment> create, string description, double reference, double[] random) =>
        new[] { Difficulty.Easy, Difficulty.Medium, Difficulty.Hard }.Select((level, i) =>
            new EnvironmentEntry($"{name}{level}", $"{description} ({level} of POPGym).", () => create(level))
            {
                NeedsMemory = true,
                ReferenceReturn = reference,
                RandomReturn = random[i],
            });
}
