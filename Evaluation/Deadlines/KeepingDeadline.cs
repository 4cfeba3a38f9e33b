namespace RLSeq.Evaluation;

/// <summary>
/// The shortest deadline that keeps a share of the undelayed return, in microseconds, with its interval: from the longest deadline downwards
/// every one keeps the share, until here; between two deadlines of the curve the share is interpolated over the logarithm of the deadline.
/// </summary>
/// <param name="Us">The deadline; the curve's shortest where all keep the share, infinite where the longest does not.</param>
/// <param name="LowUs">The lower end of the interval, in the same way.</param>
/// <param name="HighUs">The upper end of the interval, in the same way.</param>
/// <param name="Seeds">How many seeds are behind it.</param>
/// <param name="ShortestUs">The shortest deadline of the curve: a figure equal to it stands for that or less.</param>
public readonly record struct KeepingDeadline(double Us, double LowUs, double HighUs, int Seeds, double ShortestUs)
{
    /// <summary>The lower end of the interval that decides something, which is wider with few seeds (<see cref="SmallSample"/>).</summary>
    public double DecidingLowUs { get; init; }

    /// <summary>The upper end of the interval that decides something.</summary>
    public double DecidingHighUs { get; init; }

    /// <summary>Whether every deadline of the curve keeps the share, so that the true figure may be shorter.</summary>
    public bool Everywhere => Us <= ShortestUs;

    /// <summary>Whether not even the longest deadline of the curve keeps it.</summary>
    public bool Nowhere => double.IsPositiveInfinity(Us);
}
