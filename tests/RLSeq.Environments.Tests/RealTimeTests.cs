namespace RLSeq.Environments.Tests;

public class RealTimeTests
{
    /// <summary>The time steps are the originals': 0.02 s for the cart-pole, 0.05 s for the pendulum, 0.2 s for Acrobot; the games tick 60 times a second.</summary>
    [Theory]
    [InlineData("CartPole", 50)]
    [InlineData("PositionOnlyCartPoleHard", 50)]
    [InlineData("NoisyPositionOnlyCartPoleEasy", 50)]
    [InlineData("VelocityOnlyCartPoleEasy", 50)]
    [InlineData("PositionOnlyCartPoleEasyFullState", 50)]
    [InlineData("Pendulum", 20)]
    [InlineData("PositionOnlyPendulumEasy", 20)]
    [InlineData("NoisyPositionOnlyPendulumEasy", 20)]
    [InlineData("Acrobot", 5)]
    [InlineData("DarkArena", 60)]
    [InlineData("FogPong", 60)]
    public void What_stands_for_something_that_runs_in_time_says_how_fast(string name, double rate)
    {
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        Assert.Equal(rate, environment.Ability<IRealTime>()?.StepsPerSecond);
    }

    [Fact]
    public void A_card_game_has_no_clock()
    {
        using IEnvironment environment = EnvironmentRegistry.Create("RepeatPreviousEasy");
        Assert.Null(environment.Ability<IRealTime>());
    }
}
