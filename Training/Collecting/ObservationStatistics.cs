using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>
/// Running mean and variance of the continuous elements of observations (Chan et al. 1979). They are merged once per rollout in row
/// order and frozen while collecting, so that the result does not depend on threads.
/// </summary>
public sealed class ObservationStatistics
{
    /// <summary>Normalised values beyond this are clamped.</summary>
    private const float Clip = 10;
    private readonly bool[] _continuous; // per encoded element
    private readonly int[] _source; // per encoded element: its place in the raw observation
    private readonly double[] _mean, _sumOfSquares;

    /// <summary>Makes statistics that have seen nothing.</summary>
    /// <param name="space">The observations.</param>
    public ObservationStatistics(Space space)
    {
        _continuous = new bool[space.EncodedSize];
        _source = new int[space.EncodedSize];
        int encoded = 0, raw = 0;
        foreach (Space part in space.Parts)
        {
            bool continuous = part is BoxSpace { Element: BoxElement.Float32 };
            for (int i = 0; i < part.EncodedSize; i++) (_continuous[encoded + i], _source[encoded + i]) = (continuous, raw + (continuous ? i : 0));
            encoded += part.EncodedSize;
            raw += part.Size;
        }
        _mean = new double[space.EncodedSize];
        _sumOfSquares = new double[space.EncodedSize];
    }

    /// <summary>Observations seen.</summary>
    public long Count { get; private set; }

    /// <summary>The state, for a checkpoint: means, then sums of squared deviations.</summary>
    public double[] Values
    {
        get => [.. _mean, .. _sumOfSquares];
    }

    /// <summary>Restores a state.</summary>
    /// <param name="count">Observations seen.</param>
    /// <param name="values">What <see cref="Values"/> gave.</param>
    public void Restore(long count, ReadOnlySpan<double> values)
    {
        Count = count;
        values[.._mean.Length].CopyTo(_mean);
        values[_mean.Length..].CopyTo(_sumOfSquares);
    }

    /// <summary>Takes a rollout's observations in.</summary>
    /// <param name="observations"><c>[T·N, O]</c>.</param>
    /// <param name="size">O.</param>
    public void Add(ReadOnlySpan<float> observations, int size)
    {
        int count = observations.Length / size;
        if (count == 0) return;
        long total = Count + count;
        for (int e = 0; e < _mean.Length; e++)
        {
            if (!_continuous[e]) continue;
            double sum = 0, squares = 0;
            for (int i = _source[e]; i < observations.Length; i += size) sum += observations[i];
            double mean = sum / count;
            for (int i = _source[e]; i < observations.Length; i += size) squares += (observations[i] - mean) * (observations[i] - mean);
            double difference = mean - _mean[e];
            _mean[e] += difference * count / total;
            _sumOfSquares[e] += squares + (difference * difference * Count * count / total);
        }
        Count = total;
    }

    /// <summary>The normalisation that these statistics give; elements that are not continuous pass unchanged.</summary>
    public ObservationNormalization ToNormalization()
    {
        var mean = new float[_mean.Length];
        var scale = new float[_mean.Length];
        for (int e = 0; e < mean.Length; e++)
        {
            mean[e] = _continuous[e] ? (float)_mean[e] : 0;
            scale[e] = _continuous[e] && Count > 1 ? (float)(1 / Math.Sqrt((_sumOfSquares[e] / Count) + 1e-8)) : 1;
        }
        return new ObservationNormalization(mean, scale, Clip);
    }
}
