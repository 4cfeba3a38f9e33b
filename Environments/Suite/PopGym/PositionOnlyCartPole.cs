namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's PositionOnlyCartPole (Morad et al. 2023): the cart-pole of <see cref="CartPole"/> without its velocities, which the agent
/// must infer from what it remembers. Observes position and angle; reward 1/T for every step, so the return lies in [0, 1].
/// </summary>
public sealed class PositionOnlyCartPole : CartPoleTask, IFullState
{
    /// <summary>Makes the task with episodes of at most T = 200, 400 or 600 steps.</summary>
    /// <param name="difficulty">The level.</param>
    public PositionOnlyCartPole(Difficulty difficulty) : this(difficulty, EnvironmentLevels.Pick(difficulty, 200, 400, 600))
    {
    }

    private PositionOnlyCartPole(Difficulty difficulty, int steps) : base(Space.Box(-4.8f, 4.8f, 2), steps, 1f / steps, nameof(PositionOnlyCartPole) + difficulty)
    {
    }

    /// <summary>Position, velocity, angle and angular velocity.</summary>
    public Space FullStateSpace { get; } = CartPoleBody.FullSpace();

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state) => Body.Observe(state);

    private protected override void Observe(Span<float> observation, bool isFirst) => Body.ObservePositions(observation);
}
