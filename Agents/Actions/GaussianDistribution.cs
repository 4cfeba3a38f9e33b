using System.Diagnostics.CodeAnalysis;
using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>
/// Independent normal distributions, one per element of a box. The parameters are n means and then n logarithms of standard
/// deviations, both in units of the box: an element is <c>Middle + Unit · x</c> with <c>x ~ N(mean, exp(logarithm)²)</c>.
/// </summary>
/// <remarks>
/// <para>A bounded box has its middle and half its width as <see cref="Middle"/> and <see cref="Unit"/>, so that a policy learns alike
/// whatever the box's numbers; a box with one bound has that bound and 1, an unbounded one 0 and 1. Bounds further apart than 2 million
/// count as none.</para>
/// <para>Nothing is squashed: a drawn element may lie beyond the bounds. As in published PPO (Schulman et al. 2017; Andrychowicz et al.
/// 2021), learning keeps what was drawn and its density, and the environment receives it clipped (<see cref="Space.Clip"/>).</para>
/// <para>Sampling uses nothing but portable arithmetic: the same parameters, seed, row and step give the same bits on every machine.</para>
/// </remarks>
public sealed class GaussianDistribution : IActionDistribution
{
    private const double HalfLogTwoPi = 0.91893853320467274, LargestUnit = 1e6;
    private readonly int _count;
    private readonly double _logUnit;

    /// <summary>Makes the distribution.</summary>
    /// <param name="box">The continuous actions.</param>
    public GaussianDistribution(BoxSpace box)
    {
        (_count, Parameters) = (box.Size, checked(2 * box.Size));
        (Middle, Unit) = (0, 1);
        bool low = float.IsFinite(box.Low), high = float.IsFinite(box.High);
        double width = (double)box.High - box.Low;
        if (low && high && width <= 2 * LargestUnit) (Middle, Unit) = ((0.5 * box.High) + (0.5 * box.Low), width > 0 ? 0.5 * width : 1);
        else if (low != high) Middle = low ? box.Low : box.High;
        _logUnit = PortableMath.Log(Unit);
    }

    /// <summary>The element that a mean of 0 stands for.</summary>
    public double Middle { get; }

    /// <summary>What a mean of 1 lies above <see cref="Middle"/>.</summary>
    public double Unit { get; }

    /// <inheritdoc/>
    public int Parameters { get; }

    /// <inheritdoc/>
    public int ActionSize => _count;

    /// <inheritdoc/>
    public int MaskSize => 0;

    /// <inheritdoc/>
    public bool Allows(ReadOnlySpan<bool> mask) => true;

    /// <inheritdoc/>
    public void Mask(Span<float> parameters, ReadOnlySpan<bool> mask)
    {
    }

    /// <inheritdoc/>
    /// <remarks>Two elements from two uniform numbers (Box and Muller 1958). The density is that of the element as a float.</remarks>
    public float Sample(ReadOnlySpan<float> parameters, ref CounterRandom random, Span<float> action)
    {
        double radius = 0, angle = 0;
        for (int i = 0; i < _count; i++)
        {
            bool first = i % 2 == 0;
            if (first)
            {
                radius = Math.Sqrt(-2 * PortableMath.Log(1 - random.NextDouble())); // 1 - u lies in (0, 1]
                angle = 2 * Math.PI * random.NextDouble();
            }
            double normal = radius * (first ? PortableMath.Cos(angle) : PortableMath.Sin(angle));
            action[i] = (float)(Middle + (Unit * (parameters[i] + (PortableMath.Exp(parameters[_count + i]) * normal))));
        }
        return CheckedLogProbability(parameters, action);
    }

    /// <inheritdoc/>
    public float Mode(ReadOnlySpan<float> parameters, Span<float> action)
    {
        for (int i = 0; i < _count; i++) action[i] = (float)(Middle + (Unit * parameters[i]));
        return CheckedLogProbability(parameters, action);
    }

    /// <inheritdoc/>
    /// <remarks><c>Σ −z²/2 − log σ − log Unit − log √2π</c> with <c>z = ((a − Middle) / Unit − mean) / σ</c>.</remarks>
    public float LogProbability(ReadOnlySpan<float> parameters, ReadOnlySpan<float> action)
    {
        double sum = 0;
        for (int i = 0; i < _count; i++)
        {
            double logarithm = parameters[_count + i];
            double z = (((action[i] - Middle) / Unit) - parameters[i]) * PortableMath.Exp(-logarithm);
            sum -= (0.5 * z * z) + logarithm + _logUnit + HalfLogTwoPi;
        }
        return (float)sum;
    }

    /// <inheritdoc/>
    /// <remarks>The differential entropy of the action before clipping, <c>Σ log σ + log Unit + log √2πe</c>; it may be negative.</remarks>
    public float Entropy(ReadOnlySpan<float> parameters)
    {
        double sum = 0;
        foreach (float logarithm in parameters[_count..]) sum += logarithm + _logUnit + HalfLogTwoPi + 0.5;
        return (float)sum;
    }

    /// <inheritdoc/>
    public void Describe(ReadOnlySpan<float> parameters, Span<float> meaning)
    {
        for (int i = 0; i < _count; i++)
        {
            meaning[i] = (float)(Middle + (Unit * parameters[i]));
            meaning[_count + i] = (float)(Unit * PortableMath.Exp(parameters[_count + i]));
        }
    }

    /// <inheritdoc/>
    /// <remarks><c>Σ log(σ'/σ) + (σ² + (μ − μ')²) / 2σ'² − 1/2</c>, which does not depend on the units.</remarks>
    public double Divergence(ReadOnlySpan<float> parameters, ReadOnlySpan<float> other)
    {
        double sum = 0;
        for (int i = 0; i < _count; i++)
        {
            double logarithm = (double)parameters[_count + i] - other[_count + i], scale = PortableMath.Exp(-(double)other[_count + i]);
            double ratio = PortableMath.Exp(logarithm), z = ((double)parameters[i] - other[i]) * scale;
            sum += (0.5 * ((ratio * ratio) + (z * z) - 1)) - logarithm;
        }
        return sum;
    }

    /// <inheritdoc/>
    public bool Agree(ReadOnlySpan<float> parameters, ReadOnlySpan<float> action, ReadOnlySpan<float> other)
    {
        for (int i = 0; i < _count; i++)
            if (!(Math.Abs((double)action[i] - other[i]) <= 0.01 * Unit * PortableMath.Exp(parameters[_count + i]))) return false;
        return true;
    }

    /// <summary>An element or a density that is not finite means parameters that are none.</summary>
    private float CheckedLogProbability(ReadOnlySpan<float> parameters, ReadOnlySpan<float> action)
    {
        float logProbability = LogProbability(parameters, action);
        if (!float.IsFinite(logProbability)) ThrowNoDistribution();
        return logProbability;
    }

    [DoesNotReturn]
    private static void ThrowNoDistribution() => throw new ArithmeticException(
        "The policy's means or standard deviations are NaN, infinite or too extreme to compute with, so no action can be chosen: its weights have diverged, or an observation is too large for them.");
}
