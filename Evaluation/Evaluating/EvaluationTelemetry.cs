using System.Diagnostics;
using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Evaluation;

/// <summary>Reports episodes through the meter and the activities <c>RLSeq</c>, once per episode.</summary>
internal sealed class EvaluationTelemetry(PolicyDefinition policy, IEnvironment environment)
{
    private readonly KeyValuePair<string, object?> _environment = new("rlseq.environment", EnvironmentAbilities.NameOf(environment));
    private readonly KeyValuePair<string, object?> _memory = new("rlseq.memory", policy.Memory.Kind);

    /// <summary>Begins the span of an episode, below <c>rlseq.evaluation</c>; null where nobody listens.</summary>
    public static Activity? Start() => RLSeqTelemetry.Activities.StartActivity("rlseq.evaluation.episode");

    public void Record(Activity? span, int number, EpisodeRecord episode, bool isClocked)
    {
        RLSeqTelemetry.EpisodeReturn.Record(episode.Return, _environment, _memory);
        RLSeqTelemetry.EpisodeLength.Record(episode.Length, _environment, _memory);
        if (isClocked)
        {
            RLSeqTelemetry.ClockMisses.Add(episode.Counts.Misses, _environment, _memory);
            RLSeqTelemetry.ClockDropped.Add(episode.Counts.Dropped, _environment, _memory);
        }
        if (span is null) return;
        span.SetTag(_environment.Key, _environment.Value).SetTag(_memory.Key, _memory.Value).SetTag("rlseq.episode.number", number);
        span.SetTag("rlseq.episode.return", episode.Return).SetTag("rlseq.episode.length", episode.Length);
        if (isClocked) span.SetTag("rlseq.clock.misses", episode.Counts.Misses).SetTag("rlseq.clock.dropped", episode.Counts.Dropped);
    }
}
