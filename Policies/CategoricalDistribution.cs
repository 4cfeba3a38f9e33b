namespace RLSeq.Policies;

/// <summary>One categorical distribution per component; their logits stand one after the other.</summary>
/// <param name="counts">The number of choices of each component.</param>
internal sealed class CategoricalDistribution(IReadOnlyList<int> counts) : ActionDistribution
{
    public override int Parameters { get; } = counts.Sum();

    public override IReadOnlyList<long> Choices { get; } = [.. counts.Select(count => (long)count)];

    public override int ActionSize => counts.Count;

    public override int MaskSize => Parameters;

    internal override IEnumerable<(int Count, bool FromState)> Runs => [(Parameters, true)];

    public override Tensor Mask(Tensor parameters, Tensor mask)
    {
        using DisposeScope scope = NewDisposeScope();
        return parameters.masked_fill(mask.logical_not(), double.NegativeInfinity).MoveToOuterDisposeScope();
    }

    public override Tensor LogProbability(Tensor parameters, Tensor actions)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor index = actions.to(int64);
        return Sum(parameters, (component, i) => component.gather(-1, index.narrow(-1, i, 1)).squeeze(-1)).MoveToOuterDisposeScope();
    }

    public override Tensor Entropy(Tensor parameters)
    {
        using DisposeScope scope = NewDisposeScope();
        // A choice without probability adds nothing, but 0 times minus infinity would be NaN; clamped it is 0, and so is its gradient.
        return Sum(parameters, (component, _) => -(component.exp() * component.clamp(min: float.MinValue)).sum(-1)).MoveToOuterDisposeScope();
    }

    /// <summary>Adds up, over the components, a function of their log-probabilities.</summary>
    private Tensor Sum(Tensor logits, Func<Tensor, int, Tensor> term)
    {
        Tensor? sum = null;
        long offset = 0;
        for (int i = 0; i < counts.Count; offset += counts[i++])
        {
            Tensor part = term(logits.narrow(-1, offset, counts[i]).log_softmax(-1), i);
            sum = sum is null ? part : sum + part;
        }
        return sum!;
    }
}
