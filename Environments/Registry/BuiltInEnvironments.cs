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
            RandomReturn = 22.2,
        },
        .. Levels("PositionOnlyCartPole", level => new PositionOnlyCartPole(level), level => $"Balance a pole on a cart for {Pick(level, 200, 400, 600)} steps, seeing positions but no velocities", 1, [0.111, 0.0556, 0.0371]),
        .. Levels("RepeatFirst", level => new RepeatFirst(level), level => $"Name the suit that was shown first, at each of {Pick(level, 51, 415, 831)} steps", 1, [-0.5, -0.5, -0.5]),
        .. Levels("RepeatPrevious", level => new RepeatPrevious(level), level => $"Name the suit that was shown {Pick(level, 3, 31, 63)} cards before the present one, for {Pick(level, 51, 103, 155)} steps", 1, [-0.5, -0.5, -0.5]),
    ];

    private static IEnumerable<EnvironmentEntry> Levels(
        string name, Func<Difficulty, IEnvironment> create, Func<Difficulty, string> description, double reference, double[] random) =>
        new[] { Difficulty.Easy, Difficulty.Medium, Difficulty.Hard }.Select((level, i) =>
            new EnvironmentEntry($"{name}{level}", $"{description(level)} (POPGym).", () => create(level))
            {
                NeedsMemory = true,
                ReferenceReturn = reference,
                RandomReturn = random[i],
            });

    private static int Pick(Difficulty level, int easy, int medium, int hard) => level switch
    {
        Difficulty.Easy => easy,
        Difficulty.Medium => medium,
        _ => hard,
    };
}
