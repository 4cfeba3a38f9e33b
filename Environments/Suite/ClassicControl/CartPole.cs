namespace RLSeq.Environments.Suite;

/// <summary>
/// Gymnasium's CartPole-v1: keep the pole upright by pushing the cart to the left (0) or to the right (1). Observes position, velocity,
/// angle and angular velocity; reward 1 for every step, the failing one included; truncated after 500 steps.
/// </summary>
public sealed class CartPole : CartPoleTask
{
    /// <summary>Makes the task.</summary>
    public CartPole() : base(CartPoleBody.FullSpace(), longestEpisode: 500, reward: 1)
    {
    }

    private protected override void Observe(Span<float> observation, bool isFirst) => Body.Observe(observation);
}
