namespace RLSeq.Environments.Tests;

public class RandomReturnTests
{
    /// <summary>Expected returns of random play, and the standard error of those that were measured; 0 for what is exact.</summary>
    public static TheoryData<string, double, double> Returns => new()
    {
        // A random suit is right once in four, a random count once in 27 or 17; guesses and arms win as often as they lose.
        { "AutoencodeEasy", -0.5, 0 }, { "AutoencodeMedium", -0.5, 0 }, { "AutoencodeHard", -0.5, 0 },
        { "RepeatFirstEasy", -0.5, 0 }, { "RepeatFirstMedium", -0.5, 0 }, { "RepeatFirstHard", -0.5, 0 },
        { "RepeatPreviousEasy", -0.5, 0 }, { "RepeatPreviousMedium", -0.5, 0 }, { "RepeatPreviousHard", -0.5, 0 },
        { "CountRecallEasy", (2.0 / 27) - 1, 0 }, { "CountRecallMedium", (2.0 / 27) - 1, 0 }, { "CountRecallHard", (2.0 / 17) - 1, 0 },
        { "HigherLowerEasy", 0, 0 }, { "HigherLowerMedium", 0, 0 }, { "HigherLowerHard", 0, 0 },
        { "MultiarmedBanditEasy", 0, 0 }, { "MultiarmedBanditMedium", 0, 0 }, { "MultiarmedBanditHard", 0, 0 },

        // The script above CartPoleTests with uniform starts and actions, 100,000 episodes, gives 22.23 steps, standard error 0.04.
        { "CartPole", 22.23, 0.04 },
        { "PositionOnlyCartPoleEasy", 22.23 / 200, 0.04 / 200 }, { "PositionOnlyCartPoleMedium", 22.23 / 400, 0.04 / 400 }, { "PositionOnlyCartPoleHard", 22.23 / 600, 0.04 / 600 },
        { "VelocityOnlyCartPoleEasy", 22.23 / 200, 0.04 / 200 }, { "VelocityOnlyCartPoleMedium", 22.23 / 400, 0.04 / 400 }, { "VelocityOnlyCartPoleHard", 22.23 / 600, 0.04 / 600 },
        { "NoisyPositionOnlyCartPoleEasy", 22.23 / 200, 0.04 / 200 }, { "NoisyPositionOnlyCartPoleMedium", 22.23 / 200, 0.04 / 200 }, { "NoisyPositionOnlyCartPoleHard", 22.23 / 200, 0.04 / 200 },

        // Scripts/random_returns.py, 20,000 episodes each.
        { "BattleshipEasy", -0.4490, 0.0012 }, { "BattleshipMedium", -0.4162, 0.0011 }, { "BattleshipHard", -0.4001, 0.0011 },
        { "ConcentrationEasy", -0.1920, 0.0007 }, { "ConcentrationMedium", -0.1857, 0.0005 }, { "ConcentrationHard", -0.8354, 0.0006 },
        { "MineSweeperEasy", -0.2276, 0.0023 }, { "MineSweeperMedium", -0.4003, 0.0009 }, { "MineSweeperHard", -0.4328, 0.0006 },
        { "Pendulum", -1227.6, 2.04 },
        { "PositionOnlyPendulumEasy", 0.2456, 0.0013 }, { "PositionOnlyPendulumMedium", 0.2433, 0.0013 }, { "PositionOnlyPendulumHard", 0.2414, 0.0013 },
        { "NoisyPositionOnlyPendulumEasy", 0.2456, 0.0013 }, { "NoisyPositionOnlyPendulumMedium", 0.2456, 0.0013 }, { "NoisyPositionOnlyPendulumHard", 0.2456, 0.0013 },
    };

    [Theory]
    [MemberData(nameof(Returns))]
    public void Random_play_earns_the_known_return_within_three_standard_errors(string name, double expected, double expectedError)
    {
        const int Episodes = 3000;
        EnvironmentEntry entry = EnvironmentRegistry.Get(name);
        using IEnvironment environment = entry.Create();
        (double mean, double error) = Players.Mean([.. Players.PlayRandomly(environment, Episodes, seed: 17).Select(episode => episode.Return)]);
        double both = Math.Sqrt((error * error) + (expectedError * expectedError));
        Assert.InRange(mean, expected - (3 * both), expected + (3 * both));

        // Small enough to tell random play from any other: the scale from random play to the reference is much wider.
        double scale = entry.ReferenceReturn!.Value - entry.RandomReturn!.Value;
        Assert.InRange(error, 0, 0.02 * scale);
        Assert.Equal(expected, entry.RandomReturn!.Value, 0.002 * scale);
    }

    [Fact]
    public void The_random_return_of_every_task_of_the_suite_is_held()
    {
        string[] families = [.. PopGymNames.All, "CartPole", "Pendulum"];
        Assert.Empty(families.Except(Returns.Select(row => (string)row[0]), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("RepeatFirstEasy")]
    [InlineData("RepeatPreviousEasy")]
    public void Repeating_the_present_card_earns_what_chance_does(string name)
    {
        // Without memory the best is about -0.5, so a return above says that something was remembered. RepeatFirst alone gives away
        // its first step; the two cards of RepeatPrevious are different ones of a deck, which makes equal suits rarer: 12/51.
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        (double mean, _) = Players.Mean([.. Enumerable.Range(0, 2000).Select(i => Players.Play(environment, (ulong)i, seen => seen[^1][0]).Return)]);
        Assert.InRange(mean, -0.56, -0.45);
    }
}
