using RLSeq.Environments;

namespace RLSeq.Policies;

/// <summary>The distribution over actions that the policy head's outputs describe, as tensors.</summary>
public abstract class ActionDistribution
{
    /// <summary>The number of outputs that the policy head needs, A.</summary>
    public abstract int Parameters { get; }

    /// <summary>The log-probability of actions.</summary>
    /// <param name="logits">The policy head's outputs, <c>[…, A]</c>.</param>
    /// <param name="actions">The actions as floats, <c>[…, ActionSpace.Size]</c>.</param>
    /// <returns>Natural logarithms, <c>[…]</c>.</returns>
    public abstract Tensor LogProbability(Tensor logits, Tensor actions);

    /// <summary>The entropy, in nats.</summary>
    /// <param name="logits">The policy head's outputs, <c>[…, A]</c>.</param>
    /// <returns>The entropy, <c>[…]</c>.</returns>
    public abstract Tensor Entropy(Tensor logits);

    /// <summary>The distribution for an action space.</summary>
    /// <param name="space">The actions.</param>
    /// <exception cref="UserInputException">No distribution exists for that kind of space.</exception>
    public static ActionDistribution For(Space space) => space switch
    {
        DiscreteSpace discrete => new CategoricalDistribution([discrete.Count]),
        MultiDiscreteSpace multi => new CategoricalDistribution(multi.Counts),
        _ => throw new UserInputException($"Actions of the space {space} are not supported; use Discrete or MultiDiscrete (a wrapper can discretise)."),
    };
}
