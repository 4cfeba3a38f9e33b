namespace RLSeq.Environments.Tests;

public class EnvironmentFamilyTests
{
    [Theory]
    [InlineData("PassiveTMaze123", 124)]
    [InlineData("activetmaze7", 10)]
    [InlineData("KeyToDoor33", 58)]
    [InlineData("KeyToDoorPixels1", 26)]
    [InlineData("MemoryLength77", 78)]
    [InlineData("MemorySize33", 3)]
    public void Any_number_works_by_name(string name, int steps)
    {
        EnvironmentEntry entry = EnvironmentRegistry.Get(name);
        Assert.Equal(name, entry.Name, ignoreCase: true);
        Assert.DoesNotContain(entry.Name, EnvironmentRegistry.Names);
        Assert.InRange(entry.Description.Length, 20, 120);
        using IEnvironment environment = EnvironmentRegistry.Create(name);
        Assert.Equal(entry.Name, ((INamedEnvironment)environment).Name);
        Assert.All(Players.PlayRandomly(environment, 3, seed: 1), episode => Assert.Equal(steps, episode.Length));
    }

    [Theory]
    [InlineData("PassiveTMaze123FullState", "PassiveTMaze123")]
    [InlineData("keytodoorpixels33fullstate", "KeyToDoorPixels33")]
    [InlineData("MemorySize3FullState", "MemorySize3")]
    public void The_twin_of_any_number_works_by_name(string name, string of)
    {
        EnvironmentEntry twin = EnvironmentRegistry.Get(name), entry = EnvironmentRegistry.Get(of);
        Assert.Equal((of, $"{of}FullState"), (twin.FullStateOf, twin.Name));
        Assert.Equal(twin.Name, entry.FullStateTwin);
        using IEnvironment environment = EnvironmentRegistry.Create(name), inner = EnvironmentRegistry.Create(of);
        Assert.Equal(inner.Ability<IFullState>()!.FullStateSpace, environment.ObservationSpace);
        Assert.Contains(name[..7], Assert.Throws<UserInputException>(() => EnvironmentRegistry.Get($"{of[..^1]}000000000FullState")).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("PassiveTMaze0", "PassiveTMaze takes a corridor length of 1 to 1000000; given: 0. Example: PassiveTMaze10.")]
    [InlineData("passivetmaze99999999999999", "PassiveTMaze takes a corridor length of 1 to 1000000; given: 99999999999999. Example: PassiveTMaze10.")]
    [InlineData("MemorySize1001", "MemorySize takes a number of bits of 1 to 1000; given: 1001. Example: MemorySize10.")]
    public void A_number_outside_of_the_range_is_refused(string name, string message) =>
        Assert.Equal(message, Assert.Throws<UserInputException>(() => EnvironmentRegistry.Get(name)).Message);

    [Theory]
    [InlineData("PassiveTMaze", "PassiveTMaze50")]
    [InlineData("PasiveTMaze50", "PassiveTMaze50")]
    [InlineData("CartPole5", "CartPole")]
    public void A_family_without_its_number_and_a_mistyped_one_get_suggestions(string name, string suggestion) =>
        Assert.Contains(suggestion, Assert.Throws<UnknownNameException>(() => EnvironmentRegistry.Get(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Lengths_that_make_no_sense_are_refused_by_the_classes_too()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Suite.TMaze(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Suite.KeyToDoor(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Suite.MemoryChain(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Suite.MemoryChain(2, 0));
    }
}
