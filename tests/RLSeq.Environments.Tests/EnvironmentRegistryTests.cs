namespace RLSeq.Environments.Tests;

public class EnvironmentRegistryTests
{
    /// <summary>Tasks in which an agent without memory does well.</summary>
    private static readonly string[] ObservedWhole = ["CartPole", "Pendulum", "Acrobot", "MountainCar", "KeyToDoor", "HigherLower"];

    [Fact]
    public void Every_built_in_is_made_under_its_own_name_with_one_line_about_it()
    {
        Assert.Empty(PopGymNames.All.Except(EnvironmentRegistry.Names, StringComparer.Ordinal));
        foreach (EnvironmentEntry entry in EnvironmentRegistry.Entries.Where(entry => !entry.Name.StartsWith("Test", StringComparison.Ordinal)))
        {
            using IEnvironment environment = entry.Create(), other = entry.Create();
            Assert.NotSame(environment, other);
            Assert.Equal(entry.Name, Assert.IsAssignableFrom<INamedEnvironment>(environment).Name);
            Assert.InRange(entry.Description.Length, 20, 120);
            Assert.DoesNotContain('\n', entry.Description);
            Assert.True(entry.ReferenceReturn > entry.RandomReturn);
            Assert.Equal(entry.HasFullState, environment is IFullState);
            bool observedWhole = ObservedWhole.Any(family => entry.Name.StartsWith(family, StringComparison.Ordinal));
            Assert.Equal(entry.FullStateOf is null && !observedWhole, entry.NeedsMemory);
            if (entry.NeedsPreviousAction) Assert.True(entry.NeedsMemory);
            Assert.NotNull(environment.Ability<ISaveable>());
        }
    }

    [Fact]
    public void Upper_and_lower_case_are_the_same()
    {
        using IEnvironment environment = EnvironmentRegistry.Create("repeatPREVIOUSeasy");
        Assert.Equal("RepeatPreviousEasy", ((INamedEnvironment)environment).Name);
    }

    [Fact]
    public void An_unknown_name_suggests_the_nearest()
    {
        UserInputException unknown = Assert.Throws<UnknownNameException>(() => EnvironmentRegistry.Create("RepeatPreviousEazy"));
        Assert.Equal(
            "Unknown environment 'RepeatPreviousEazy'. Nearest: RepeatPreviousEasy, RepeatPreviousHard, RepeatPreviousMedium. All: rlseq envs.", unknown.Message);
        Assert.Equal(
            "Unknown environment 'Atari'. All: rlseq envs.", Assert.Throws<UnknownNameException>(() => EnvironmentRegistry.Create("Atari")).Message);
    }

    [Fact]
    public void A_program_registers_its_own_once()
    {
        EnvironmentRegistry.Register("TestProbe", "An environment of the tests.", () => new ProbeEnvironment());
        using IEnvironment environment = EnvironmentRegistry.Create("testprobe");
        Assert.IsType<ProbeEnvironment>(environment);
        Assert.Null(EnvironmentRegistry.Get("TestProbe").ReferenceReturn);
        Assert.Contains("TestProbe", EnvironmentRegistry.Names);
        Assert.Throws<ArgumentException>(() => EnvironmentRegistry.Register("TESTPROBE", "Again.", () => new ProbeEnvironment()));
        Assert.Throws<ArgumentException>(() => EnvironmentRegistry.Register("Test Probe", "A space.", () => new ProbeEnvironment()));
        Assert.Throws<ArgumentException>(() => EnvironmentRegistry.Register("Test,Probe", "A comma.", () => new ProbeEnvironment()));
        Assert.Throws<ArgumentException>(() => EnvironmentRegistry.Register("", "Nothing.", () => new ProbeEnvironment()));
    }

    [Theory]
    [InlineData("lstn", "lstm")]
    [InlineData("LSTM", "lstm")]
    [InlineData("lsmt", "lstm")]
    [InlineData("gr", "gru")]
    [InlineData("trans", "transformer", "transformer-window")]
    [InlineData("transfomer", "transformer", "transformer-window")]
    [InlineData("mamba")]
    [InlineData("")]
    public void The_nearest_names_have_the_least_edits_or_begin_so(string given, params string[] expected) =>
        Assert.Equal(expected, NearestNames.Of(given, ["transformer-window", "lstm", "gru", "transformer"]));

    [Fact]
    public void No_more_than_three_names_are_suggested() => Assert.Equal(["abca", "abcb", "abcc"], NearestNames.Of("abc", ["abcd", "abcc", "abcb", "abca"]));
}
