using System.Globalization;
using System.Reflection;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>Completes an exported network with where it comes from and an example that loading verifies.</summary>
internal static class PolicyExport
{
    private const int ExampleSteps = PolicyExample.AlwaysVerified;

    /// <summary>In the middle of the example an episode begins, so that a state which leaks across it is found.</summary>
    private const int ExampleRestart = 16;

    public static PolicyDefinition WithExample(ActorCritic network, TrainingConfiguration configuration, long steps) => network.Export() with
    {
        Example = Example(network, configuration.Seed),
        Provenance = new Dictionary<string, string>(Environment(configuration), StringComparer.Ordinal)
        {
            ["memory"] = configuration.Memory.Name,
            ["seed"] = configuration.Seed.ToString(CultureInfo.InvariantCulture),
            ["steps"] = steps.ToString(CultureInfo.InvariantCulture),
            ["version"] = typeof(PolicyExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "",
        },
    };

    /// <summary>
    /// What the policy was trained on. Of a class library only the file's name: a policy file is passed on, and must not decide which code
    /// is loaded.
    /// </summary>
    private static Dictionary<string, string> Environment(TrainingConfiguration configuration)
    {
        var environment = new Dictionary<string, string> { ["environment"] = configuration.Environment };
        if (configuration.EnvironmentOptions.Wrappers.Length > 0) environment["wrappers"] = configuration.EnvironmentOptions.Wrappers;
        if (configuration.EnvironmentOptions.Assembly.Length > 0) environment["assembly"] = Path.GetFileName(configuration.EnvironmentOptions.Assembly);
        foreach ((string key, string value) in configuration.Clock.ToProvenance()) environment[key] = value;
        return environment;
    }

    /// <summary>Random observations and what torch computes for them.</summary>
    private static PolicyExample Example(ActorCritic network, ulong seed)
    {
        int size = network.ObservationSpace.Size;
        var random = new RandomSource(seed);
        var observations = new float[ExampleSteps * size];
        for (int t = 0; t < ExampleSteps; t++) network.ObservationSpace.Sample(ref random, observations.AsSpan(t * size, size));
        var starts = new bool[ExampleSteps];
        starts[0] = starts[ExampleRestart] = true;

        using IDisposable frozen = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Device device = network.parameters().First().device;
        Tensor x = tensor(observations, [ExampleSteps, 1, size]).to(device);
        (Tensor logits, Tensor values, _) = network.Forward(x, network.Memory.InitialState(1, x), tensor(starts, [ExampleSteps, 1]).to(device));
        return new PolicyExample(observations, starts, Floats(logits), Floats(values));

        static float[] Floats(Tensor tensor) => tensor.contiguous().cpu().data<float>().ToArray();
    }
}
