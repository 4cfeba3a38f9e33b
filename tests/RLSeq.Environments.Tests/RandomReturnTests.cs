namespace RLSeq.Environments.Tests;

public class RandomReturnTests
{
    // The cart-poles' expected means were measured independently: the script above CartPoleTests with uniform starts and actions,
    // 100,000 episodes, gives 22.23 steps, standard error 0.04.
    [Theory]
    [InlineData("CartPole", 22.23)]
    [InlineData("PositionOnlyCartPoleEasy", 22.23 / 200)]
    [InlineData("PositionOnlyCartPoleMedium", 22.23 / 400)]
    [InlineData("PositionOnlyCartPoleHard", 22.23 / 600)]
    [InlineData("RepeatFirstEasy", -0.5)]
    [InlineData("RepeatFirstMedium", -0.5)]
    [InlineData("RepeatFirstHard", -0.5)]
    [InlineData("RepeatPreviousEasy", -0.5)]
    [InlineData("RepeatPreviousMedium", -0.5)]
    [InlineData("RepeatPreviousHard", -0.5)]
    public void Random_play_earns_the_known_return_within_three_standard_errors(string name, double expected)
    {
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        (double mean, double error) = Players.Mean([.. Players.PlayRandomly(environment, 3000, seed: 17).Select(episode => episode.Return)]);
        Assert.InRange(mean, expected - (3 * error), expected + (3 * error));
        Assert.InRange(error, 0, 0.02 * Math.Abs(expected));
        Assert.Equal(expected, EnvironmentRegistry.Get(name).RandomReturn!.Value, 0.003 * Math.Abs(expected));
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
