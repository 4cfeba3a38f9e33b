using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>Finds the distribution for an action space.</summary>
public static class ActionDistributions
{
    /// <summary>The distribution that policies of this space use.</summary>
    /// <param name="space">The action space.</param>
    /// <exception cref="PolicyFormatException">No distribution is known for the space.</exception>
    public static IActionDistribution For(Space space) => space switch
    {
        DiscreteSpace discrete => new CategoricalDistribution([discrete.Count]),
        MultiDiscreteSpace multi => new CategoricalDistribution(multi.Counts),
        _ => throw new PolicyFormatException($"The policy's actions are {Shown.Text(space.ToString())}, which this version cannot act in; it can in Discrete and MultiDiscrete."),
    };
}
