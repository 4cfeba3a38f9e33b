using System.Diagnostics.CodeAnalysis;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// Independent choices, one per component, each with the probabilities <c>softmax(logits)</c>; the components' logits stand one
/// after the other. A plain discrete space is one component. A logit of minus infinity is never chosen.
/// </summary>
public sealed class CategoricalDistribution : IActionDistribution
{
    private readonly int[] _counts;

    /// <summary>Makes the distribution.</summary>
    /// <param name="counts">The number of choices of each component.</param>
    public CategoricalDistribution(IReadOnlyList<int> counts)
    {
        _counts = [.. counts];
        Parameters = counts.Aggregate(0, (sum, count) => checked(sum + count));
    }

    /// <inheritdoc/>
    public int Parameters { get; }

    /// <inheritdoc/>
    public int ActionSize => _counts.Length;

    /// <inheritdoc/>
    public int MaskSize => Parameters;

    /// <inheritdoc/>
    public bool Allows(ReadOnlySpan<bool> mask)
    {
        foreach (int count in _counts)
        {
            if (mask[..count].IndexOf(true) < 0) return false;
            mask = mask[count..];
        }
        return true;
    }

    /// <inheritdoc/>
    public void Mask(Span<float> parameters, ReadOnlySpan<bool> mask)
    {
        for (int i = 0; i < parameters.Length; i++)
            if (!mask[i]) parameters[i] = float.NegativeInfinity;
    }

    /// <inheritdoc/>
    /// <remarks>By inverting the cumulative distribution: the first choice whose cumulative probability exceeds a uniform number.</remarks>
    public float Sample(ReadOnlySpan<float> parameters, ref CounterRandom random, Span<float> action)
    {
        double logProbability = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            ReadOnlySpan<float> logits = parameters[.._counts[i]];
            parameters = parameters[_counts[i]..];
            (float max, double total) = Normalizer(logits);
            double left = random.NextDouble() * total;
            int choice = -1;
            for (int k = 0; k < logits.Length; k++)
            {
                float weight = Weight(logits[k], max);
                if (weight == 0) continue;
                choice = k; // rounding may leave nothing for the last possible choice to fall below; then it is the one
                left -= weight;
                if (left < 0) break;
            }
            action[i] = choice;
            logProbability += logits[choice] - max - PortableMath.Log(total);
        }
        return (float)logProbability;
    }

    /// <inheritdoc/>
    public float Mode(ReadOnlySpan<float> parameters, Span<float> action)
    {
        double logProbability = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            ReadOnlySpan<float> logits = parameters[.._counts[i]];
            parameters = parameters[_counts[i]..];
            (float max, double total) = Normalizer(logits);
            action[i] = logits.IndexOf(max);
            logProbability -= PortableMath.Log(total);
        }
        return (float)logProbability;
    }

    /// <inheritdoc/>
    public float LogProbability(ReadOnlySpan<float> parameters, ReadOnlySpan<float> action)
    {
        double logProbability = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            ReadOnlySpan<float> logits = parameters[.._counts[i]];
            parameters = parameters[_counts[i]..];
            (float max, double total) = Normalizer(logits);
            logProbability += logits[(int)action[i]] - max - PortableMath.Log(total);
        }
        return (float)logProbability;
    }

    /// <inheritdoc/>
    public float Entropy(ReadOnlySpan<float> parameters)
    {
        double entropy = 0;
        foreach (int count in _counts)
        {
            ReadOnlySpan<float> logits = parameters[..count];
            parameters = parameters[count..];
            (float max, double total) = Normalizer(logits);
            double expected = 0; // Σ p (logit − max)
            foreach (float logit in logits)
            {
                float weight = Weight(logit, max);
                if (weight > 0) expected += weight * (double)(logit - max);
            }
            entropy += PortableMath.Log(total) - (expected / total);
        }
        return (float)entropy;
    }

    /// <inheritdoc/>
    public void Describe(ReadOnlySpan<float> parameters, Span<float> meaning)
    {
        foreach (int count in _counts)
        {
            (float max, double total) = Normalizer(parameters[..count]);
            for (int k = 0; k < count; k++) meaning[k] = (float)(Weight(parameters[k], max) / total);
            parameters = parameters[count..];
            meaning = meaning[count..];
        }
    }

    /// <inheritdoc/>
    public double Divergence(ReadOnlySpan<float> parameters, ReadOnlySpan<float> other)
    {
        double sum = 0;
        foreach (int count in _counts)
        {
            ReadOnlySpan<float> p = parameters[..count], q = other[..count];
            parameters = parameters[count..];
            other = other[count..];
            (float pMax, double pTotal) = Normalizer(p);
            (float qMax, double qTotal) = Normalizer(q);
            double constant = PortableMath.Log(qTotal / pTotal);
            for (int k = 0; k < count; k++)
            {
                double weight = Weight(p[k], pMax);
                if (weight > 0) sum += weight / pTotal * ((double)p[k] - pMax - ((double)q[k] - qMax) + constant);
            }
        }
        return sum;
    }

    /// <inheritdoc/>
    public bool Agree(ReadOnlySpan<float> parameters, ReadOnlySpan<float> action, ReadOnlySpan<float> other) => action.SequenceEqual(other);

    private static float Weight(float logit, float max) => Functions.Exp<ScalarSimd, float>(logit - max);

    private static (float Max, double Total) Normalizer(ReadOnlySpan<float> logits)
    {
        float max = float.NegativeInfinity;
        foreach (float logit in logits)
            if (logit > max) max = logit;
        double total = 0;
        foreach (float logit in logits) total += Weight(logit, max);
        if (!(total > 0)) ThrowNoDistribution(); // NaN compares false too
        return (max, total);
    }

    [DoesNotReturn]
    private static void ThrowNoDistribution() =>
        throw new ArithmeticException("The policy's logits are NaN or infinite, so no action can be chosen: its weights have diverged, or an observation is too large for them.");
}
