using System.Globalization;
using System.Runtime.InteropServices;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>What was played, by whom and where: names and values for the reader.</summary>
/// <param name="Environment">The environment's name.</param>
/// <param name="Player">Who played, in a few words.</param>
/// <param name="StepsPerSecond">How fast the episodes are shown unless the reader chooses otherwise.</param>
/// <param name="Facts">Everything else, in the order in which it is shown.</param>
public sealed record RecordingInfo(string Environment, string Player, double StepsPerSecond, IReadOnlyList<(string Name, string Value)> Facts)
{
    /// <summary>Frames per second where an environment has no rate of its own: slow enough to read.</summary>
    public const double ReadingRate = 4;

    /// <summary>How fast an environment is shown: at its own rate if it has one.</summary>
    /// <param name="environment">The environment.</param>
    public static double Rate(IEnvironment environment) =>
        environment.Ability<IRealTime>()?.StepsPerSecond is { } rate && double.IsFinite(rate) && rate > 0 ? rate : ReadingRate;

    /// <summary>Gathers what is known.</summary>
    /// <param name="player">Plays the episodes.</param>
    /// <param name="environment">The environment's name.</param>
    /// <param name="description">What it is, in a sentence; empty if unknown.</param>
    /// <param name="wrappers">What is put around it; empty if nothing.</param>
    /// <param name="source">Where the policy comes from; empty if unknown.</param>
    public static RecordingInfo Of(EpisodePlayer player, string environment, string description = "", string wrappers = "", string source = "")
    {
        IEnvironment world = player.Environment;
        var facts = new List<(string, string)>();
        Add("environment", environment);
        Add("description", description);
        Add("wrappers", wrappers.Length > 0 ? wrappers : "none");
        Add("observations", world.ObservationSpace.ToString());
        Add("actions", world.ActionSpace.ToString());
        Add("seed", player.Settings.Seed.ToString(CultureInfo.InvariantCulture));
        if (player.Agent?.Network.Definition is { } policy)
        {
            Add("policy", source);
            Add("chosen", player.Settings.Selection == ActionSelection.Mode ? "the most likely action" : "drawn from the policy's probabilities");
            Add("encoder", Module(policy.Encoder));
            Add("memory", Module(policy.Memory));
            Add("memory state", Figures.Bytes(player.Agent.Layout.Bytes));
            Add("parameters", player.Agent.Network.Parameters.ToString("N0", CultureInfo.InvariantCulture));
            Add("precision", policy.Precision.ToString());
            foreach ((string name, string value) in policy.Provenance)
                if (name is not ("environment" or "memory" or "wrappers")) Add("trained: " + name, value);
            Add("engine", "managed, one thread, one agent");
        }
        Add("machine", $"{MachineFingerprint.CpuName()}, {System.Environment.ProcessorCount} cores");
        Add("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");
        return new RecordingInfo(environment, player.Agent is { } agent ? $"{agent.Network.Definition.Memory.Kind} policy" : "random actions", Rate(world), facts);

        void Add(string name, string value)
        {
            if (value.Length > 0) facts.Add((name, value));
        }
    }

    private static string Module(PolicyModule module) => string.Join(", ", module.Settings.Select(setting => $"{setting.Key} {setting.Value}").Prepend(module.Kind));
}
