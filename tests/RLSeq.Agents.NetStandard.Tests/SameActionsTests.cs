using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>
/// The builds for Unity (netstandard2.1), Godot (net8.0) and .NET 10 choose the same actions. The first has no instruction that
/// multiplies and adds with one rounding, so its logits agree within the laws' tolerance; the others agree bit for bit.
/// </summary>
public sealed class SameActionsTests
{
    private const int Steps = 400;
    private const double Tolerance = 1e-4;

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string memory in TestModules.Memories)
            {
                all.Add(memory, "5");
                all.Add(memory, "3 and 4");
            }
            return all;
        }
    }

    [Fact]
    public void The_builds_are_what_they_are_taken_for()
    {
        Assert.Equal(".NETStandard,Version=v2.1", OtherBuild.FrameworkOf(typeof(Agent).Assembly));
        Assert.Equal(".NETStandard,Version=v2.1", OtherBuild.FrameworkOf(typeof(Space).Assembly));
        Assert.Equal(".NETStandard,Version=v2.1", OtherBuild.FrameworkOf(typeof(MessagePack.MessagePackReader).Assembly));
        Assert.Equal(".NETCoreApp,Version=v10.0", OtherBuild.FrameworkOf(new OtherBuild("net10.0").Engine));
        Assert.Equal(".NETCoreApp,Version=v8.0", OtherBuild.FrameworkOf(new OtherBuild("net8.0").Engine));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void All_builds_choose_the_same_actions(string memory, string choices)
    {
        PolicyDefinition policy = PolicyFiles.WithExample(TestModules.Policy(memory, hidden: 24, actions: choices == "5" ? Space.Discrete(5) : Space.MultiDiscrete(3, 4)));
        byte[] file = PolicyFile.Write(policy); // verified by every build against the example that this one computed
        float[] observations = TestModules.Observations(policy, Steps * ActionTrace.Rows, 6);
        float[][] standard = ActionTrace.Run(file, observations, Steps);
        float[][] net10 = new OtherBuild("net10.0").Run(file, observations, Steps);
        float[][] net8 = new OtherBuild("net8.0").Run(file, observations, Steps);
        Assert.True(standard[0].Distinct().Count() >= 4, "A test in which all actions are the same shows little.");
        Near.Same(net10[0], standard[0], "actions");
        for (int i = 1; i < net10.Length; i++) Near.Equal(net10[i], standard[i], Tolerance, new[] { "logits", "log-probabilities", "values" }[i - 1]);
        for (int i = 0; i < net10.Length; i++) Near.Same(net10[i], net8[i], "net8.0");
    }
}
