using RLSeq.Environments;

namespace RLSeq.Agents;

/// <summary>Finds the distribution for an action space.</summary>
public static class ActionDistributions
{
    /// <summary>The distribution that policies of this space use; that of several parts is their joint one.</summary>
    /// <param name="space">The action space.</param>
    /// <exception cref="PolicyFormatException">No distribution is known for the space.</exception>
    public static IActionDistribution For(Space space) => space.Parts.Count == 1 ? Part(space.Parts[0]) : new JointDistribution([.. space.Parts.Select(Part)]);

    private static IActionDistribution Part(Space part) => part switch
    {
        DiscreteSpace discrete => new CategoricalDistribution([discrete.Count]),
        MultiDiscreteSpace multi => new CategoricalDistribution(multi.Counts),
        BoxSpace { Element: BoxElement.Float32 } box => new GaussianDistribution(box),
        _ => throw new PolicyFormatException($"The policy has actions {Shown.Text(part.ToString())}, which this version cannot act in; it can in Discrete, MultiDiscrete and Box of floats, and in a Tuple of these."),
    };
}
