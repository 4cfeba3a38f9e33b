namespace RLSeq.Environments.Tests;

/// <summary>Holds the return of random play that an entry states against one that was found independently.</summary>
internal static class RandomReturns
{
    /// <summary>Plays at random and compares the mean with what is expected, and that with what the entry states.</summary>
    /// <param name="name">The environment.</param>
    /// <param name="expected">The mean that was found independently.</param>
    /// <param name="episodes">The episodes to play.</param>
    /// <param name="largestError">How large the standard error may be, relative to the expected return where that is above 1.</param>
    /// <param name="expectedError">The standard error of the expected mean, 0 where it is exact.</param>
    public static void AssertKnown(string name, double expected, int episodes, double largestError, double expectedError = 0)
    {
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        (double mean, double error) = Players.Mean([.. Players.PlayRandomly(environment, episodes, seed: 17).Select(episode => episode.Return)]);
        double scale = Math.Max(1, Math.Abs(expected)), tolerance = (3 * Math.Sqrt((error * error) + (expectedError * expectedError))) + (1e-5 * scale);
        Assert.InRange(mean, expected - tolerance, expected + tolerance);
        Assert.InRange(error, 0, largestError * scale);
        Assert.Equal(expected, EnvironmentRegistry.Get(name).RandomReturn!.Value, 0.003 * scale);
    }
}
