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
        new("Acrobot", "Swing the tip of two hanging links above a line; everything is observed, no memory needed.", () => new Acrobot())
        {
            ReferenceReturn = -100,
            RandomReturn = -499.25,
        },
        new("MountainCar", "Swing a weak car up a hill within 200 steps; everything is observed, no memory needed.", () => new MountainCar())
        {
            ReferenceReturn = -110,
            RandomReturn = -200,
        },
        new("MountainCarContinuous", "Swing a weak car up a hill with little force; everything is observed, no memory needed.", () => new MountainCarContinuous())
        {
            ReferenceReturn = 90,
            RandomReturn = -33.1,
        },
    ];
}
