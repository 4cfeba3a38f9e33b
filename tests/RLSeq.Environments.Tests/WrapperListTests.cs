namespace RLSeq.Environments.Tests;

/// <summary>Wrappers by name, as the command line writes them.</summary>
public class WrapperListTests
{
    private static readonly EnvironmentEntry Needy = new("Needy", "Needs the previous action.", () => new ProbeEnvironment()) { NeedsPreviousAction = true };
    private static readonly EnvironmentEntry Plain = new("Plain", "Needs nothing.", () => new ProbeEnvironment());

    [Theory]
    [InlineData("", "", "previous-action")]
    [InlineData("frame-stack=2", "frame-stack=2", "previous-action,frame-stack=2")]
    [InlineData(" Frame-Stack = 2 , previous-action", "frame-stack=2,previous-action", "frame-stack=2,previous-action")]
    [InlineData("bare", "", "bare")]
    [InlineData("BARE,time-limit=5", "time-limit=5", "bare,time-limit=5")]
    public void A_task_that_needs_the_previous_action_gets_it_unless_told_otherwise(string given, string plain, string needy)
    {
        WrapperList list = WrapperList.Parse(given);
        Assert.Equal(plain, list.For(Plain).ToString());
        Assert.Equal(needy, list.For(Needy).ToString());
        Assert.Equal(needy, WrapperList.Parse(needy).For(Needy).ToString());
        using IEnvironment environment = list.For(Needy).Apply(Needy.Create());
        Assert.Equal(needy.Contains("previous-action", StringComparison.Ordinal), HasPreviousAction(environment));

        static bool HasPreviousAction(IEnvironment environment) => environment is Wrapper wrapper && (wrapper is PreviousAction || HasPreviousAction(wrapper.Inner));
    }

    [Fact]
    public void The_registry_wraps_what_it_makes_by_name()
    {
        EnvironmentRegistry.Register(Needy with { Name = "TestNeedy" });
        using IEnvironment byDefault = EnvironmentRegistry.Create("TestNeedy"), bare = EnvironmentRegistry.Create("testneedy", "bare"), limited = EnvironmentRegistry.Create("TestNeedy", "time-limit=2");
        Assert.IsType<PreviousAction>(byDefault);
        Assert.IsType<ProbeEnvironment>(bare);
        Assert.IsType<PreviousAction>(Assert.IsType<TimeLimit>(limited).Inner);
    }

    [Theory]
    [InlineData("frame-stak=4", "Unknown wrapper 'frame-stak'. Nearest: frame-stack. All: rlseq wrappers.")]
    [InlineData("frame-stack", "A wrapper is written frame-stack=K: it has 0 values.")]
    [InlineData("frame-stack=2:3", "A wrapper is written frame-stack=K: it has 2 values.")]
    [InlineData("frame-stack=two", "'two' is no whole number")]
    [InlineData("frame-stack=1", "The wrapper frame-stack=1 does not fit Probe: a stack needs at least 2 frames; given: 1.")]
    [InlineData("frame-stack=2000000000", "The wrapper frame-stack=2000000000 does not fit Probe: 2000000000 values of 2 numbers would be kept in every row; the most is 4194304 numbers.")]
    [InlineData("frame-stack=2097153", "2097153 values of 2 numbers")]
    [InlineData("observation-delay=2147483647", "2147483648 values of 2 numbers")]
    [InlineData("action-delay=1000000000", "1000000000 values of 1 number")]
    [InlineData("previous-action=1", "A wrapper is written previous-action: it has 1 value.")]
    [InlineData("noise-observation=NaN", "'NaN' is no number")]
    [InlineData("noise-observation=0", "above 0")]
    [InlineData("flatten,noise-observation=-1", "above 0; given: -1.")]
    [InlineData("smooth=0", "above 0 and at most 1; given: 0.")]
    [InlineData("smooth=1.1", "above 0 and at most 1; given: 1.1.")]
    [InlineData("mask-observation=2", "has the elements 0 to 1; given: 2.")]
    [InlineData("mask-observation=0-1", "nothing would be left")]
    [InlineData("mask-observation=1-", "'1-' is neither a whole number nor a range such as 2-5")]
    [InlineData("mask-observation=0-2000000000", "neither a whole number nor a range")]
    [InlineData("discretize-actions=5", "The wrapper discretize-actions=5 does not fit Probe: the actions Discrete(3) are discrete already.")]
    [InlineData("action-delay=1:7", "the filling action 7 lies outside Discrete(3).")]
    [InlineData("action-repeat=1", "at least 2 times")]
    [InlineData("time-limit=0", "at least 1 step")]
    [InlineData("time-limit=5,", "empty place")]
    [InlineData("normalize-observations", "set ppo.normalize_observations=true")]
    public void What_cannot_be_is_refused_in_one_line(string wrappers, string because)
    {
        var probe = new ProbeEnvironment();
        string message = Assert.ThrowsAny<UserInputException>(() => WrapperList.Parse(wrappers).Apply(probe)).Message;
        Assert.Contains(because, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void What_does_not_fit_is_disposed_of()
    {
        var probe = new ProbeEnvironment();
        Assert.ThrowsAny<UserInputException>(() => WrapperList.Parse("frame-stack=2,time-limit=0").Apply(probe));
        Assert.True(probe.IsDisposed);
    }

    [Theory]
    [InlineData("action-repeat=2")]
    [InlineData("action-delay=2")]
    public void Masks_and_actions_that_act_later_exclude_each_other(string wrappers) =>
        Assert.Contains("action masks", Assert.ThrowsAny<UserInputException>(() => WrapperList.Parse(wrappers).Apply(new MaskedWalk())).Message, StringComparison.Ordinal);

    [Fact]
    public void Programs_add_their_own()
    {
        WrapperRegistry.Register(new WrapperEntry("test-short", "test-short", "Ends at once.", (inner, _) => new TimeLimit(inner, 1)));
        Assert.IsType<TimeLimit>(WrapperList.Parse("test-short").Apply(new ProbeEnvironment()));
        Assert.Throws<ArgumentException>(() => WrapperRegistry.Register(new WrapperEntry("Test-Short", "", "Again.", (inner, _) => inner)));
        Assert.Throws<ArgumentException>(() => WrapperRegistry.Register(new WrapperEntry("a,b", "", "A comma.", (inner, _) => inner)));
        Assert.False(WrapperList.Parse("test-short").KeepsReturns);
        Assert.True(WrapperList.Parse("frame-stack=3,noise-observation=1").KeepsReturns);
    }
}
