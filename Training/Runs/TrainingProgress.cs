namespace RLSeq.Training;

/// <summary>Where a run stands after an update.</summary>
/// <param name="Update">Updates done.</param>
/// <param name="Updates">Updates in all.</param>
/// <param name="Steps">Environment steps done, which are decisions under a clock.</param>
/// <param name="Seconds">Time spent training, resumed runs included.</param>
/// <param name="CollectSeconds">Time that this update spent collecting.</param>
/// <param name="UpdateSeconds">Time that this update spent learning.</param>
/// <param name="Episodes">Episodes ended so far.</param>
/// <param name="Return">Mean return of the last episodes (at most <see cref="EpisodeWindow.Length"/>), or NaN before the first.</param>
/// <param name="EpisodeLength">Mean length of the same episodes, under a clock in ticks, or NaN.</param>
/// <param name="LearningRate">Of this update.</param>
/// <param name="Learning">What the update measured.</param>
/// <param name="Phases">Where the time of this update went.</param>
/// <param name="EnvironmentFailures">Failures so far of environments that were restarted after them.</param>
/// <param name="Clock">What the clock did to this update's rollout; null where the world waits.</param>
public sealed record TrainingProgress(
    long Update, long Updates, long Steps, double Seconds, double CollectSeconds, double UpdateSeconds,
    long Episodes, double Return, double EpisodeLength, double LearningRate, UpdateMetrics Learning, PhaseTimes Phases, long EnvironmentFailures = 0, ClockMetrics? Clock = null)
{
    /// <summary>Environment steps per second of training time.</summary>
    public double StepsPerSecond => Seconds > 0 ? Steps / Seconds : 0;

    /// <summary>The time left at this speed.</summary>
    public double SecondsLeft => Update > 0 ? Seconds / Update * (Updates - Update) : double.NaN;
}
