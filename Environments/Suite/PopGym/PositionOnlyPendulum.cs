namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's PositionOnlyPendulum (Morad et al. 2023): swing a rod up and keep it upright, without seeing its speed, which the agent must
/// infer from what it remembers. Observes the cosine and sine of the angle; the return lies in [-1, 1].
/// </summary>
public sealed class PositionOnlyPendulum : PendulumTask, IFullState
{
    private readonly PendulumReward _reward;

    /// <summary>Makes the task with episodes of T = 200, 150 or 100 steps.</summary>
    /// <param name="difficulty">The level; the harder, the shorter.</param>
    public PositionOnlyPendulum(Difficulty difficulty) : this(difficulty, EnvironmentLevels.Pick(difficulty, 200, 150, 100))
    {
    }

    private PositionOnlyPendulum(Difficulty difficulty, int steps) : base(Space.Box(-1, 1, 2), steps, nameof(PositionOnlyPendulum) + difficulty) =>
        _reward = new PendulumReward(steps);

    /// <summary>Cosine and sine of the angle, and its speed.</summary>
    public Space FullStateSpace { get; } = PendulumBody.FullSpace();

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state) => Body.Observe(state);

    private protected override void Observe(Span<float> observation) => Body.ObservePosition(observation);

    private protected override float Reward(double cost) => _reward.Of(cost);
}
