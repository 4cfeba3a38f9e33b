namespace RLSeq.Evaluation;

/// <summary>A statistic with its confidence interval and the number of independent runs behind it: no figure is shown without the other three.</summary>
/// <param name="Value">The statistic of the data as observed.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end of the interval.</param>
/// <param name="Count">How many runs (training seeds) the statistic is made of, over all tasks.</param>
public readonly record struct Estimate(double Value, double Low, double High, int Count)
{
    /// <summary>The length of the interval.</summary>
    public double Width => High - Low;

    /// <summary>Whether two intervals share a value; touching ends count as shared.</summary>
    /// <param name="other">The interval to compare with.</param>
    public bool Overlaps(Estimate other) => Low <= other.High && other.Low <= High;

    /// <summary>Whether a number lies in the interval, its ends included.</summary>
    /// <param name="value">The number.</param>
    public bool Contains(double value) => Low <= value && value <= High;
}
