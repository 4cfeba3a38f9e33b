namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's VelocityOnlyCartPole: the cart-pole of <see cref="CartPole"/> without its positions, which the agent must infer by adding up the
/// velocities. Observes velocity and angular velocity; reward 1/T for every step, so the return lies in [0, 1].
/// </summary>
/// <remarks>
/// The observation of the reset holds the position and the angle instead. That looks like an oversight of the original, but it tells
/// the agent where it begins, so it is kept.
/// </remarks>
public sealed class VelocityOnlyCartPole : CartPoleTask, IFullState
{
    /// <summary>Makes the task with episodes of at most T = 200, 400 or 600 steps.</summary>
    /// <param name="difficulty">The level.</param>
    public VelocityOnlyCartPole(Difficulty difficulty) : this(difficulty, EnvironmentLevels.Pick(difficulty, 200, 400, 600))
    {
    }

    private VelocityOnlyCartPole(Difficulty difficulty, int steps)
        : base(Space.Box(float.NegativeInfinity, float.PositiveInfinity, 2), steps, 1f / steps, nameof(VelocityOnlyCartPole) + difficulty)
    {
    }

    /// <summary>Position, velocity, angle and angular velocity.</summary>
    public Space FullStateSpace { get; } = CartPoleBody.FullSpace();

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state) => Body.Observe(state);

    private protected override void Observe(Span<float> observation, bool isFirst)
    {
        if (isFirst)
        {
            Body.ObservePositions(observation);
            return;
        }
        observation[1] = (float)Body.AngularVelocity;
        observation[0] = (float)Body.Velocity;
    }
}
