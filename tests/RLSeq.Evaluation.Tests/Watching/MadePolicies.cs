using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Policies;

namespace RLSeq.Evaluation.Tests.Watching;

/// <summary>Policies that have learned nothing, for any environment.</summary>
internal static class MadePolicies
{
    public static PolicyNetwork For(IEnvironment environment)
    {
        manual_seed(5);
        using var network = new ActorCritic(environment.ObservationSpace, environment.ActionSpace, new MemorySettings("lstm", Hidden: 8, Layers: 1, Heads: 1, Context: 4, FeedForward: 8), 1);
        return PolicyNetwork.From(network.Export());
    }

    /// <summary>A recording of the lantern or of another environment.</summary>
    public static Recording Record(IEnvironment environment, int episodes, ActionSelection selection = ActionSelection.Sample, long mostBytes = EpisodeRecorder.DefaultMostBytes)
    {
        EpisodePlayer player = Player(environment, selection);
        return EpisodeRecorder.Record(player, episodes, RecordingInfo.Of(player, EnvironmentAbilities.NameOf(environment), "<i>dark</i>"), mostBytes: mostBytes);
    }

    public static EpisodePlayer Player(IEnvironment environment, ActionSelection selection = ActionSelection.Sample, bool warmUp = false) =>
        new(environment, For(environment), new WatchSettings { Seed = 7, Selection = selection, WarmUp = warmUp });
}
