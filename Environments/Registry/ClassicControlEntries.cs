using RLSeq.Environments.Suite;

namespace RLSeq.Environments;

/// <summary>Classic control: everything is observed, no memory needed.</summary>
internal static class ClassicControlEntries
{
    public static IEnumerable<EnvironmentEntry> All =>
    [
        new("CartPole", "Balance a pole on a cart for 500 steps; everything is observed, no memory needed.", () => new CartPole())
        {
            ReferenceReturn = 475,
            RandomReturn = 22.2,
        },
        new("Pendulum", "Swing a pendulum up and keep it upright with a weak motor; everything is observed, no memory needed.", () => new Pendulum())
        {
            ReferenceReturn = -150,
            RandomReturn = -1228,
        },
    ];
}
