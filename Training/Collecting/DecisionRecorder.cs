using RLSeq.Agents;
using RLSeq.Environments;

namespace RLSeq.Training;

/// <summary>
/// Around an environment whose step is a decision of several ticks: keeps what learning must know of the last one. A vectorised environment
/// begins the next episode within the step that ends one, so that the environment itself cannot be asked any more.
/// </summary>
internal sealed class DecisionRecorder : Wrapper
{
    private readonly IDecisions _decisions;

    private DecisionRecorder(IEnvironment inner, IDecisions decisions, double discount)
        : base(inner) => (_decisions, TickDiscount) = (decisions, discount);

    /// <summary>γ.</summary>
    public double TickDiscount { get; }

    /// <summary>The last decision.</summary>
    public Decision Last { get; private set; }

    /// <summary>Σ γⁱ·r_i over its ticks.</summary>
    public float Reward { get; private set; }

    /// <summary>γⁿ for its n ticks.</summary>
    public double Discount { get; private set; }

    /// <summary>Records an environment's decisions, if it makes any.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="discount">γ, per tick.</param>
    /// <returns>The recorder, or the environment itself.</returns>
    public static IEnvironment Around(IEnvironment environment, double discount) =>
        environment.Ability<IDecisions>() is { } decisions ? new DecisionRecorder(environment, decisions, discount) : environment;

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        StepResult result = Inner.Step(action, observation);
        double sum = 0, discount = 1;
        foreach (float reward in _decisions.TickRewards)
        {
            sum += discount * reward;
            discount *= TickDiscount;
        }
        (Last, Reward, Discount) = (_decisions.LastDecision, (float)sum, discount);
        return result;
    }
}
