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

    /// <summary>A little more than one step of int8, which is 1/127 of the largest of a head's numbers.</summary>
    private const double RoundedTolerance = 1e-2;

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
        Assert.Equal(".NETCoreApp,Version=v10.0", OtherBuild.FrameworkOf(OtherBuild.Net10.Engine));
        Assert.Equal(".NETCoreApp,Version=v8.0", OtherBuild.FrameworkOf(OtherBuild.Net8.Engine));
    }

    /// <summary>Every kind of actions, with masks and without.</summary>
    public static TheoryData<string, string> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, string>();
            foreach (string memory in (string[])["none", "ffm-normalized", "gru", "lstm", "lru", "min-gru", "gated-delta-net", "linear-attention", "hcam", "transformer", "transformer-absolute", "transformer-gated", "transformer-distinct", "transformer-window"])
                foreach (string actions in (string[])["box", "mixed", "5 masked", "mixed masked"]) kinds.Add(memory, actions);
            return kinds;
        }
    }

    public static TheoryData<string, string> Formats => WideMemories.All;

    [Theory]
    [MemberData(nameof(All))]
    [MemberData(nameof(Kinds))]
    public void All_builds_choose_the_same_actions(string memory, string actions)
    {
        PolicyDefinition policy = TestModules.Policy(memory, hidden: 24, actions: Actions(actions));
        AssertSame(policy, actions.EndsWith("masked", StringComparison.Ordinal), Steps, Tolerance);
    }

    /// <summary>In fewer bits a number that lies in the middle of two may be rounded either way, which is a larger step than a sum's last bit.</summary>
    [Theory]
    [MemberData(nameof(Formats))]
    public void All_builds_choose_the_same_actions_in_every_format_and_at_real_sizes(string memory, string precision)
    {
        PolicyDefinition policy = WideMemories.Policy(memory, precision, Actions("mixed masked"));
        AssertSame(policy, masked: true, WideMemories.Steps(memory), precision == "f32" ? Tolerance : RoundedTolerance);
    }

    private static void AssertSame(PolicyDefinition policy, bool masked, int steps, double tolerance)
    {
        byte[] file = PolicyFile.Write(PolicyFiles.WithExample(policy)); // verified by every build against the example that this one computed
        float[] observations = TestModules.Observations(policy, steps * ActionTrace.Rows, 6);
        bool[] masks = masked ? Masks(policy.ActionSpace, steps * ActionTrace.Rows) : [];
        float[][] standard = ActionTrace.Run(file, observations, masks, steps);
        float[][] net10 = OtherBuild.Net10.Run(file, observations, masks, steps);
        float[][] net8 = OtherBuild.Net8.Run(file, observations, masks, steps);
        Assert.True(standard[0].Distinct().Count() >= 4, "A test in which all actions are the same shows little.");
        // Choices differ by whole numbers or not at all.
        for (int i = 0; i < net10.Length; i++) Near.Equal(Finite(net10[i]), Finite(standard[i]), tolerance, new[] { "actions", "logits", "log-probabilities", "values" }[i]);
        for (int i = 0; i < net10.Length; i++) Near.Same(net10[i], net8[i], "net8.0");
    }

    /// <summary>Forbidden choices have a logit of minus infinity, in all builds or in none.</summary>
    private static float[] Finite(float[] values) => Array.ConvertAll(values, value => float.IsNegativeInfinity(value) ? float.MinValue : value);

    private static Space Actions(string name) => name switch
    {
        "5" or "5 masked" => Space.Discrete(5),
        "3 and 4" => Space.MultiDiscrete(3, 4),
        "box" => Space.Box(-1, 1, 3),
        _ => Space.Tuple(Space.Discrete(3), Space.Box(-1, 1, 2), Space.MultiDiscrete(2, 4)),
    };

    /// <summary>Masks that forbid every other choice or so, and always leave one.</summary>
    private static bool[] Masks(Space actions, int count)
    {
        int[] components = [.. actions.Parts.SelectMany(part => part switch { DiscreteSpace discrete => [discrete.Count], MultiDiscreteSpace multi => multi.Counts, _ => (IReadOnlyList<int>)[] })];
        var random = new RandomSource(9);
        var masks = new List<bool>();
        for (int i = 0; i < count; i++)
        {
            foreach (int choices in components)
            {
                int always = random.NextInt(choices);
                for (int choice = 0; choice < choices; choice++) masks.Add(choice == always || random.NextInt(2) == 0);
            }
        }
        return [.. masks];
    }
}
