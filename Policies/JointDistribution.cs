namespace RLSeq.Policies;

/// <summary>Independent distributions over the parts of a mixed action; parameters, actions and masks of the parts stand one after the other.</summary>
/// <param name="parts">The parts' distributions, in order.</param>
internal sealed class JointDistribution(IReadOnlyList<ActionDistribution> parts) : ActionDistribution
{
    public override int Parameters { get; } = parts.Sum(part => part.Parameters);

    public override int ActionSize { get; } = parts.Sum(part => part.ActionSize);

    public override int MaskSize { get; } = parts.Sum(part => part.MaskSize);

    internal override IEnumerable<(int Count, bool FromState)> Runs => parts.SelectMany(part => part.Runs);

    public override Tensor Mask(Tensor parameters, Tensor mask)
    {
        using DisposeScope scope = NewDisposeScope();
        return cat(Each(parameters, mask, part => part.MaskSize, (part, own, entries) => part.Mask(own, entries)), -1).MoveToOuterDisposeScope();
    }

    public override Tensor LogProbability(Tensor parameters, Tensor actions)
    {
        using DisposeScope scope = NewDisposeScope();
        return Sum(Each(parameters, actions, part => part.ActionSize, (part, own, chosen) => part.LogProbability(own, chosen))).MoveToOuterDisposeScope();
    }

    public override Tensor Entropy(Tensor parameters)
    {
        using DisposeScope scope = NewDisposeScope();
        return Sum(Each(parameters, parameters, part => part.Parameters, (part, own, _) => part.Entropy(own))).MoveToOuterDisposeScope();
    }

    /// <summary>Gives every part its own parameters and its own share of something else.</summary>
    private List<Tensor> Each(Tensor parameters, Tensor other, Func<ActionDistribution, int> share, Func<ActionDistribution, Tensor, Tensor, Tensor> function)
    {
        var results = new List<Tensor>();
        long parameter = 0, offset = 0;
        foreach (ActionDistribution part in parts)
        {
            results.Add(function(part, parameters.narrow(-1, parameter, part.Parameters), other.narrow(-1, offset, share(part))));
            (parameter, offset) = (parameter + part.Parameters, offset + share(part));
        }
        return results;
    }

    private static Tensor Sum(List<Tensor> terms) => terms.Aggregate((sum, term) => sum + term);
}
