namespace RLSeq.Training;

/// <summary>
/// Divides rewards by the running deviation of their discounted sum (Engstrom et al. 2020), updated once per rollout in row order.
/// </summary>
/// <param name="rows">N.</param>
public sealed class RewardScale(int rows)
{
    private const float Clip = 10;
    private readonly double[] _discounted = new double[rows];
    private double _count, _mean, _sumOfSquares;

    /// <summary>The state, for a checkpoint.</summary>
    public double[] Values => [_count, _mean, _sumOfSquares, .. _discounted];

    /// <summary>Restores a state.</summary>
    /// <param name="values">What <see cref="Values"/> gave.</param>
    public void Restore(ReadOnlySpan<double> values)
    {
        (_count, _mean, _sumOfSquares) = (values[0], values[1], values[2]);
        values[3..].CopyTo(_discounted);
    }

    /// <summary>Every row begins a new episode, so the sums of those under way are forgotten.</summary>
    public void BeginEpisodes() => Array.Clear(_discounted);

    /// <summary>Takes a rollout's rewards in and scales them in place.</summary>
    /// <param name="rewards"><c>[T, N]</c>.</param>
    /// <param name="done">Whether the episode ended with the step, <c>[T, N]</c>.</param>
    /// <param name="discount">γ.</param>
    /// <param name="discounts">What stands for γ at every step, as of <see cref="Advantage.Estimate"/>; empty where all steps are one tick.</param>
    public void Apply(Span<float> rewards, ReadOnlySpan<bool> done, double discount, ReadOnlySpan<double> discounts = default)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int i = row; i < rewards.Length; i += rows)
            {
                _discounted[row] = ((discounts.IsEmpty ? discount : discounts[i]) * _discounted[row]) + rewards[i];
                _count++;
                double difference = _discounted[row] - _mean;
                _mean += difference / _count;
                _sumOfSquares += difference * (_discounted[row] - _mean);
                if (done[i]) _discounted[row] = 0;
            }
        }
        double deviation = Math.Sqrt((_sumOfSquares / Math.Max(1, _count)) + 1e-8);
        foreach (ref float reward in rewards) reward = Math.Clamp((float)(reward / deviation), -Clip, Clip);
    }
}
