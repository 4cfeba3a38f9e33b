using System.Globalization;
using RLSeq.Agents;
using RLSeq.Environments;
using RLSeq.Training;

namespace RLSeq.Evaluation;

/// <summary>
/// Training under the clock that the deadlines are swept with: every memory learns with its own latencies, recorded before training
/// (<see cref="ProfileRecorder"/>), and observations say what the clock did.
/// </summary>
/// <param name="Period">The time between two ticks, and the deadline.</param>
public sealed record ClockTraining(TimeSpan Period)
{
    /// <summary>What stands for a memory's latencies before they are recorded.</summary>
    internal const string NoLatency = "fixed:0";

    /// <summary>The configuration of a run under the clock.</summary>
    /// <param name="configuration">The run without one.</param>
    /// <param name="deadlines">The rule on a miss and the action delay of the sweep, and its first slow-down.</param>
    /// <param name="latency">The latencies to replay: the path of a recorded profile, or another of <see cref="LatencyProfiles.Forms"/>.</param>
    /// <exception cref="UserInputException">A value does not fit.</exception>
    public TrainingConfiguration Apply(TrainingConfiguration configuration, DeadlineSettings deadlines, string latency) => configuration
        .With("clock.period", Duration.Format(Period))
        .With("clock.on_miss", OnMissNames.NameOf(deadlines.OnMiss))
        .With("clock.action_delay", deadlines.ActionDelay.ToString(CultureInfo.InvariantCulture))
        .With("clock.slow_down", deadlines.SlowDowns[0].ToString(CultureInfo.InvariantCulture))
        .With("clock.report", "true")
        .With("clock.latency", latency);
}
