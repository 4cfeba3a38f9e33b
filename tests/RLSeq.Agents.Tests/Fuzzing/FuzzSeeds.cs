using RLSeq.Environments;

namespace RLSeq.Agents.Tests;

/// <summary>The policies that the fuzz tests damage: small ones, so that many mutations are quick. A new memory or format of weights adds its line here.</summary>
internal static class FuzzSeeds
{
    private const int AllMutations = 100_000, Hidden = 4, ExampleSteps = 4;

    private static readonly Dictionary<string, PolicyDefinition> Policies = Make();

    public static IReadOnlyList<string> Names => [.. Policies.Keys];

    /// <summary>The mutations of one seed: a multiple of ten, and a hundred thousand in all.</summary>
    public static int Mutations => (AllMutations + (10 * Policies.Count) - 1) / (10 * Policies.Count) * 10;

    public static PolicyDefinition Policy(string name) => Policies[name];

    private static Dictionary<string, PolicyDefinition> Make()
    {
        var policies = new Dictionary<string, PolicyDefinition>(StringComparer.Ordinal);
        foreach (string memory in TestModules.Memories) policies.Add(memory, PolicyFiles.WithExample(TestModules.Policy(memory, Hidden), ExampleSteps));
        foreach (string text in new[] { "bf16", "int8", "int8/bf16" })
        {
            Assert.True(PolicyPrecision.TryParse(text, out PolicyPrecision precision));
            foreach (string memory in new[] { "ffm", "gru", "lru", "min-gru", "gated-delta-net", "hcam", "transformer", "transformer-gated", "transformer-distinct" })
            {
                PolicyDefinition policy = TestModules.Policy(memory, Hidden);
                policies.Add($"{memory} {text}", PolicyConverter.Convert(policy, precision, TestModules.Observations(policy, ExampleSteps, 1), new bool[ExampleSteps]));
            }
        }
        policies.Add("several choices", PolicyFiles.WithExample(TestModules.Policy("lstm", Hidden, actions: Space.MultiDiscrete(2, 3)), ExampleSteps));
        policies.Add("without example", TestModules.Policy("transformer", Hidden) with { Normalization = null });
        return policies;
    }
}
