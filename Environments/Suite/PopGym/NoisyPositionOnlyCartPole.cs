namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's NoisyPositionOnlyCartPole (Morad et al. 2023): the cart-pole of <see cref="CartPole"/> without its velocities, and with
/// Gaussian noise on what is left. Reward 1/200 for every step of at most 200, so the return lies in [0, 1].
/// </summary>
/// <remarks>
/// Observes position and angle, each plus noise and then clipped to +-4.8 and +-0.4189. The pole falls at an angle of 0.209, so noise of
/// 0.1 to 0.3 leaves little in a single observation.
/// </remarks>
public sealed class NoisyPositionOnlyCartPole : CartPoleTask, IFullState
{
    private const int LongestEpisode = 200;
    private const float PositionBound = 4.8f, AngleBound = 0.41887903f;
    private readonly double _sigma;

    /// <summary>Makes the task with noise of standard deviation 0.1, 0.2 or 0.3 (metres and radians).</summary>
    /// <param name="difficulty">The level.</param>
    public NoisyPositionOnlyCartPole(Difficulty difficulty)
        : base(
            Space.Tuple(Space.Box(-PositionBound, PositionBound, 1), Space.Box(-AngleBound, AngleBound, 1)), LongestEpisode, 1f / LongestEpisode,
            nameof(NoisyPositionOnlyCartPole) + difficulty) =>
        _sigma = EnvironmentLevels.Pick(difficulty, 0.1, 0.2, 0.3);

    /// <summary>Position, velocity, angle and angular velocity.</summary>
    public Space FullStateSpace { get; } = CartPoleBody.FullSpace();

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state) => Body.Observe(state);

    private protected override void Observe(Span<float> observation, bool isFirst)
    {
        observation[0] = Math.Clamp((float)(Body.Position + (_sigma * Random.NextGaussian())), -PositionBound, PositionBound);
        observation[1] = Math.Clamp((float)(Body.Angle + (_sigma * Random.NextGaussian())), -AngleBound, AngleBound);
    }
}
