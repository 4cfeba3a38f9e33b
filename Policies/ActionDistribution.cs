using RLSeq.Environments;

namespace RLSeq.Policies;

/// <summary>
/// The distribution over actions that the policy head's outputs describe, as tensors: the twin of <see cref="Agents.IActionDistribution"/>,
/// with the same parameters in the same order.
/// </summary>
public abstract class ActionDistribution
{
    /// <summary>The number of parameters, A.</summary>
    public abstract int Parameters { get; }

    /// <summary>The floats of one action.</summary>
    public abstract int ActionSize { get; }

    /// <summary>The entries of an action mask: the choices of all discrete components, one after the other.</summary>
    public abstract int MaskSize { get; }

    /// <summary>The choices of each component, where all are discrete and the parameters are their logits; null elsewhere.</summary>
    public virtual IReadOnlyList<long>? Choices => null;

    /// <summary>
    /// The parameters in runs, in order: those that the state decides, and those that are learned as they are, the logarithms of
    /// standard deviations.
    /// </summary>
    internal abstract IEnumerable<(int Count, bool FromState)> Runs { get; }

    /// <summary>Sets the logits of choices that are not allowed to minus infinity: they have probability 0, and no gradient.</summary>
    /// <param name="parameters">The parameters, <c>[…, A]</c>.</param>
    /// <param name="mask">True where allowed: bool <c>[…, MaskSize]</c>; every component has an allowed choice.</param>
    /// <returns>The parameters under the mask, <c>[…, A]</c>.</returns>
    public abstract Tensor Mask(Tensor parameters, Tensor mask);

    /// <summary>The log-probability of actions; of continuous elements the log-density, added.</summary>
    /// <param name="parameters">The parameters, masked or not, <c>[…, A]</c>.</param>
    /// <param name="actions">The actions as floats, <c>[…, ActionSize]</c>, continuous ones as drawn and not clipped.</param>
    /// <returns>Natural logarithms, <c>[…]</c>.</returns>
    public abstract Tensor LogProbability(Tensor parameters, Tensor actions);

    /// <summary>The entropy, in nats; of continuous elements the differential entropy, added.</summary>
    /// <param name="parameters">The parameters, masked or not, <c>[…, A]</c>.</param>
    /// <returns>The entropy, <c>[…]</c>.</returns>
    public abstract Tensor Entropy(Tensor parameters);

    /// <summary>The distribution for an action space; that of several parts is their joint one.</summary>
    /// <param name="space">The actions.</param>
    /// <exception cref="UserInputException">No distribution exists for that kind of space.</exception>
    public static ActionDistribution For(Space space) => space.Parts.Count == 1 ? Part(space.Parts[0]) : new JointDistribution([.. space.Parts.Select(Part)]);

    private static ActionDistribution Part(Space part) => part switch
    {
        DiscreteSpace discrete => new CategoricalDistribution([discrete.Count]),
        MultiDiscreteSpace multi => new CategoricalDistribution(multi.Counts),
        BoxSpace { Element: BoxElement.Float32 } box => new GaussianDistribution(new Agents.GaussianDistribution(box)),
        _ => throw new UserInputException($"Actions {part} are not supported; use Discrete, MultiDiscrete or Box of floats, or a Tuple of these (for bytes: MultiDiscrete of 256 each)."),
    };
}
