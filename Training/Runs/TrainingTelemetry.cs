using System.Diagnostics;
using RLSeq.Agents;

namespace RLSeq.Training;

/// <summary>Reports training through the meter and the activities <c>RLSeq</c>.</summary>
internal static class TrainingTelemetry
{
    /// <summary>Begins an activity, <c>rlseq.training.run</c> or <c>rlseq.training.update</c>; null where nobody listens.</summary>
    public static Activity? Start(string name, TrainingConfiguration configuration)
    {
        Activity? activity = RLSeqTelemetry.Activities.StartActivity(name);
        activity?.SetTag("rlseq.environment", configuration.Environment);
        activity?.SetTag("rlseq.memory", configuration.Memory.Name);
        return activity;
    }

    public static void Record(Trainer trainer, CollectedEpisode episode)
    {
        if (!RLSeqTelemetry.EpisodeReturn.Enabled && !RLSeqTelemetry.EpisodeLength.Enabled) return;
        KeyValuePair<string, object?> environment = new("rlseq.environment", trainer.Configuration.Environment), memory = new("rlseq.memory", trainer.Configuration.Memory.Name);
        RLSeqTelemetry.EpisodeReturn.Record(episode.Return, environment, memory);
        RLSeqTelemetry.EpisodeLength.Record(episode.Length, environment, memory);
    }

    public static void Record(Trainer trainer, TrainingProgress progress)
    {
        KeyValuePair<string, object?> environment = new("rlseq.environment", trainer.Configuration.Environment), memory = new("rlseq.memory", trainer.Configuration.Memory.Name);
        RLSeqTelemetry.TrainingSteps.Add(trainer.Configuration.StepsPerUpdate, environment, memory);
        RLSeqTelemetry.TrainingUpdates.Add(1, environment, memory);
        RLSeqTelemetry.TrainingKl.Record(progress.Learning.KlDivergence, environment, memory);
        RLSeqTelemetry.TrainingClipFraction.Record(progress.Learning.ClipFraction, environment, memory);
        RLSeqTelemetry.CollectDuration.Record(progress.CollectSeconds, environment, memory);
        RLSeqTelemetry.UpdateDuration.Record(progress.UpdateSeconds, environment, memory);
        RLSeqTelemetry.TrainingLoss.Record(progress.Learning.PolicyLoss, environment, memory, new("rlseq.loss", "policy"));
        RLSeqTelemetry.TrainingLoss.Record(progress.Learning.ValueLoss, environment, memory, new("rlseq.loss", "value"));
    }
}
