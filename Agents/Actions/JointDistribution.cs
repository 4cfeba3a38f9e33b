namespace RLSeq.Agents;

/// <summary>
/// Independent distributions over the parts of a mixed action, such as a discrete choice beside continuous numbers: parameters, actions
/// and masks of the parts stand one after the other, and log-probabilities and entropies add up.
/// </summary>
public sealed class JointDistribution : IActionDistribution
{
    private readonly IActionDistribution[] _parts;

    /// <summary>Makes the distribution.</summary>
    /// <param name="parts">The parts' distributions, in order.</param>
    public JointDistribution(IReadOnlyList<IActionDistribution> parts)
    {
        _parts = [.. parts];
        foreach (IActionDistribution part in _parts)
            (Parameters, ActionSize, MaskSize) = (checked(Parameters + part.Parameters), checked(ActionSize + part.ActionSize), checked(MaskSize + part.MaskSize));
    }

    /// <inheritdoc/>
    public int Parameters { get; }

    /// <inheritdoc/>
    public int ActionSize { get; }

    /// <inheritdoc/>
    public int MaskSize { get; }

    /// <inheritdoc/>
    public bool Allows(ReadOnlySpan<bool> mask)
    {
        foreach (IActionDistribution part in _parts)
        {
            if (!part.Allows(mask[..part.MaskSize])) return false;
            mask = mask[part.MaskSize..];
        }
        return true;
    }

    /// <inheritdoc/>
    public void Mask(Span<float> parameters, ReadOnlySpan<bool> mask)
    {
        foreach (IActionDistribution part in _parts)
        {
            part.Mask(parameters[..part.Parameters], mask[..part.MaskSize]);
            parameters = parameters[part.Parameters..];
            mask = mask[part.MaskSize..];
        }
    }

    /// <inheritdoc/>
    public float Sample(ReadOnlySpan<float> parameters, ref CounterRandom random, Span<float> action)
    {
        float sum = 0;
        foreach (IActionDistribution part in _parts)
        {
            sum += part.Sample(parameters[..part.Parameters], ref random, action[..part.ActionSize]);
            parameters = parameters[part.Parameters..];
            action = action[part.ActionSize..];
        }
        return sum;
    }

    /// <inheritdoc/>
    public float Mode(ReadOnlySpan<float> parameters, Span<float> action)
    {
        float sum = 0;
        foreach (IActionDistribution part in _parts)
        {
            sum += part.Mode(parameters[..part.Parameters], action[..part.ActionSize]);
            parameters = parameters[part.Parameters..];
            action = action[part.ActionSize..];
        }
        return sum;
    }

    /// <inheritdoc/>
    public float LogProbability(ReadOnlySpan<float> parameters, ReadOnlySpan<float> action)
    {
        float sum = 0;
        foreach (IActionDistribution part in _parts)
        {
            sum += part.LogProbability(parameters[..part.Parameters], action[..part.ActionSize]);
            parameters = parameters[part.Parameters..];
            action = action[part.ActionSize..];
        }
        return sum;
    }

    /// <inheritdoc/>
    public float Entropy(ReadOnlySpan<float> parameters)
    {
        float sum = 0;
        foreach (IActionDistribution part in _parts)
        {
            sum += part.Entropy(parameters[..part.Parameters]);
            parameters = parameters[part.Parameters..];
        }
        return sum;
    }

    /// <inheritdoc/>
    public void Describe(ReadOnlySpan<float> parameters, Span<float> meaning)
    {
        foreach (IActionDistribution part in _parts)
        {
            part.Describe(parameters[..part.Parameters], meaning[..part.Parameters]);
            parameters = parameters[part.Parameters..];
            meaning = meaning[part.Parameters..];
        }
    }

    /// <inheritdoc/>
    public double Divergence(ReadOnlySpan<float> parameters, ReadOnlySpan<float> other)
    {
        double sum = 0;
        foreach (IActionDistribution part in _parts)
        {
            sum += part.Divergence(parameters[..part.Parameters], other[..part.Parameters]);
            parameters = parameters[part.Parameters..];
            other = other[part.Parameters..];
        }
        return sum;
    }

    /// <inheritdoc/>
    public bool Agree(ReadOnlySpan<float> parameters, ReadOnlySpan<float> action, ReadOnlySpan<float> other)
    {
        foreach (IActionDistribution part in _parts)
        {
            if (!part.Agree(parameters[..part.Parameters], action[..part.ActionSize], other[..part.ActionSize])) return false;
            parameters = parameters[part.Parameters..];
            action = action[part.ActionSize..];
            other = other[part.ActionSize..];
        }
        return true;
    }
}
