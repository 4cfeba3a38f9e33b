namespace RLSeq.Agents;

/// <summary>
/// How the policy head's outputs are read as a distribution over actions. Stateless: one instance serves all rows and threads, and
/// nothing is allocated by its methods.
/// </summary>
public interface IActionDistribution
{
    /// <summary>The number of parameters, A: the outputs of the policy head.</summary>
    int Parameters { get; }

    /// <summary>The floats of one action.</summary>
    int ActionSize { get; }

    /// <summary>The entries of an action mask: the choices of all discrete components, one after the other; continuous ones have none.</summary>
    int MaskSize { get; }

    /// <summary>Whether a mask leaves every component a choice.</summary>
    /// <param name="mask">True where allowed, <c>[MaskSize]</c>.</param>
    bool Allows(ReadOnlySpan<bool> mask);

    /// <summary>Sets the logits of choices that are not allowed to minus infinity, so that they have probability 0.</summary>
    /// <param name="parameters">The policy head's outputs, <c>[A]</c>.</param>
    /// <param name="mask">True where allowed, <c>[MaskSize]</c>.</param>
    void Mask(Span<float> parameters, ReadOnlySpan<bool> mask);

    /// <summary>Draws an action. A continuous element may lie beyond the bounds of its box: see <see cref="GaussianDistribution"/>.</summary>
    /// <param name="parameters">The policy head's outputs, <c>[A]</c>.</param>
    /// <param name="random">Random numbers for this row and step.</param>
    /// <param name="action">Receives the action, <c>[ActionSize]</c>.</param>
    /// <returns>The action's log-probability; of continuous elements the log-density, added.</returns>
    /// <exception cref="ArithmeticException">The parameters are no distribution: NaN or infinite.</exception>
    float Sample(ReadOnlySpan<float> parameters, ref CounterRandom random, Span<float> action);

    /// <summary>The most likely action; of equal choices the first.</summary>
    /// <param name="parameters">The policy head's outputs, <c>[A]</c>.</param>
    /// <param name="action">Receives the action, <c>[ActionSize]</c>.</param>
    /// <returns>The action's log-probability; of continuous elements the log-density, added.</returns>
    /// <exception cref="ArithmeticException">The parameters are no distribution: NaN or infinite.</exception>
    float Mode(ReadOnlySpan<float> parameters, Span<float> action);

    /// <summary>An action's log-probability.</summary>
    /// <param name="parameters">The policy head's outputs, <c>[A]</c>.</param>
    /// <param name="action">The action, <c>[ActionSize]</c>.</param>
    float LogProbability(ReadOnlySpan<float> parameters, ReadOnlySpan<float> action);

    /// <summary>The distribution's entropy in nats; of continuous elements the differential entropy, added.</summary>
    /// <param name="parameters">The policy head's outputs, <c>[A]</c>.</param>
    float Entropy(ReadOnlySpan<float> parameters);

    /// <summary>
    /// What the parameters mean, each in its own place: the probability of every choice, those of a component adding up to 1; of
    /// continuous elements the means and then the standard deviations, both in units of the action.
    /// </summary>
    /// <param name="parameters">The policy head's outputs, <c>[A]</c>.</param>
    /// <param name="meaning">Receives the probabilities, means and deviations, <c>[A]</c>; may be the same memory.</param>
    /// <exception cref="ArithmeticException">The logits are NaN or all minus infinity.</exception>
    void Describe(ReadOnlySpan<float> parameters, Span<float> meaning);

    /// <summary>How far another distribution is from this one: the Kullback-Leibler divergence <c>KL(this ‖ other)</c>, in nats.</summary>
    /// <param name="parameters">The parameters of this one, <c>[A]</c>.</param>
    /// <param name="other">The parameters of the other, <c>[A]</c>.</param>
    double Divergence(ReadOnlySpan<float> parameters, ReadOnlySpan<float> other);

    /// <summary>Whether two actions count as the same: equal choices, continuous elements within a hundredth of their standard deviation.</summary>
    /// <param name="parameters">The policy head's outputs, <c>[A]</c>.</param>
    /// <param name="action">An action, <c>[ActionSize]</c>.</param>
    /// <param name="other">Another, <c>[ActionSize]</c>.</param>
    bool Agree(ReadOnlySpan<float> parameters, ReadOnlySpan<float> action, ReadOnlySpan<float> other);
}
