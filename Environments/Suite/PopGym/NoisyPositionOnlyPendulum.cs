namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's NoisyPositionOnlyPendulum (Morad et al. 2023): swing a rod up and keep it upright, without seeing its speed, and with
/// Gaussian noise on what is seen: the cosine and sine of the angle, each clipped to +-1 after the noise. 200 steps; the return lies in [-1, 1].
/// </summary>
public sealed class NoisyPositionOnlyPendulum : PendulumTask, IFullState
{
    private const int Length = 200;
    private readonly PendulumReward _reward = new(Length);
    private readonly double _sigma;

    /// <summary>Makes the task with noise of standard deviation 0.1, 0.2 or 0.3.</summary>
    /// <param name="difficulty">The level.</param>
    public NoisyPositionOnlyPendulum(Difficulty difficulty) : base(Space.Box(-1, 1, 2), Length, nameof(NoisyPositionOnlyPendulum) + difficulty) =>
        _sigma = EnvironmentLevels.Pick(difficulty, 0.1, 0.2, 0.3);

    /// <summary>Cosine and sine of the angle, and its speed.</summary>
    public Space FullStateSpace { get; } = PendulumBody.FullSpace();

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state) => Body.Observe(state);

    private protected override void Observe(Span<float> observation)
    {
        Body.ObservePosition(observation);
        foreach (ref float value in observation) value = Math.Clamp((float)(value + (_sigma * Random.NextGaussian())), -1, 1);
    }

    private protected override float Reward(double cost) => _reward.Of(cost);
}
