namespace RLSeq.Training;

/// <summary>
/// Where the time of an update goes, in seconds of wall time. On a GPU the calls of learning return before their work is done, so that
/// only the sum of its phases means something there.
/// </summary>
/// <param name="Environments">Stepping environments; the mean over the collecting threads.</param>
/// <param name="Acting">The policy while collecting; the mean over the collecting threads.</param>
/// <param name="CollectingRest">The rest of collecting: storing, waiting for the slowest thread, rewards and advantages.</param>
/// <param name="Forward">The network and the loss, forward.</param>
/// <param name="Backward">The gradients.</param>
/// <param name="Optimizer">Clipping the gradients and changing the weights.</param>
/// <param name="LearningRest">The rest of learning: gathering minibatches, statistics, handing the weights to who acts.</param>
public sealed record PhaseTimes(
    double Environments, double Acting, double CollectingRest, double Forward, double Backward, double Optimizer, double LearningRest)
{
    /// <summary>No time at all.</summary>
    public static PhaseTimes Zero { get; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>Collecting as a whole.</summary>
    public double Collecting => Environments + Acting + CollectingRest;

    /// <summary>Learning as a whole.</summary>
    public double Learning => Forward + Backward + Optimizer + LearningRest;

    /// <summary>The phases by name, in the order in which they happen.</summary>
    public IReadOnlyList<(string Name, double Seconds)> All =>
    [
        ("environments", Environments), ("acting", Acting), ("collecting_rest", CollectingRest),
        ("forward", Forward), ("backward", Backward), ("optimizer", Optimizer), ("learning_rest", LearningRest),
    ];

    /// <summary>The times of two spans together.</summary>
    public static PhaseTimes operator +(PhaseTimes left, PhaseTimes right) => new(
        left.Environments + right.Environments, left.Acting + right.Acting, left.CollectingRest + right.CollectingRest, left.Forward + right.Forward,
        left.Backward + right.Backward, left.Optimizer + right.Optimizer, left.LearningRest + right.LearningRest);

    /// <summary>The mean over some spans.</summary>
    public static PhaseTimes operator /(PhaseTimes times, double count) => new(
        times.Environments / count, times.Acting / count, times.CollectingRest / count, times.Forward / count,
        times.Backward / count, times.Optimizer / count, times.LearningRest / count);
}
