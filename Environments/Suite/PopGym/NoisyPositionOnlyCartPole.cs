using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's NoisyPositionOnlyCartPole (Morad et al. 2023): the cart-pole of <see cref="CartPole"/> without its velocities, and with
/// Gaussian noise on what is left. Reward 1/200 for every step of at most 200, so the return lies in [0, 1].
/// </summary>
/// <remarks>
/// Observes position and angle, each plus noise and then clipped to +-4.8 and +-0.4189. The pole falls at an angle of 0.209, so noise of
/// 0.1 to 0.3 leaves little in a single observation.
/// </remarks>
public sealed class NoisyPositionOnlyCartPole : SaveableEnvironment, ITextRenderable, IImageRenderable, IRealTime, IFullState
{
    private const int LongestEpisode = 200;
    private const float PositionBound = 4.8f, AngleBound = 0.41887903f;
    private readonly double _sigma;
    private CartPoleBody _body;

    /// <summary>Makes the task with noise of standard deviation 0.1, 0.2 or 0.3 (metres and radians).</summary>
    /// <param name="difficulty">The level.</param>
    public NoisyPositionOnlyCartPole(Difficulty difficulty)
        : base(Space.Tuple(Space.Box(-PositionBound, PositionBound, 1), Space.Box(-AngleBound, AngleBound, 1)), Space.Discrete(2), nameof(NoisyPositionOnlyCartPole) + difficulty) =>
        _sigma = difficulty switch { Difficulty.Easy => 0.1, Difficulty.Medium => 0.2, _ => 0.3 };

    /// <summary>Position, velocity, angle and angular velocity.</summary>
    public Space FullStateSpace { get; } = CartPoleBody.FullSpace();

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state) => _body.Observe(state);

    /// <inheritdoc/>
    public double StepsPerSecond => 50;

    /// <inheritdoc/>
    public void Render(TextWriter output) => CartPoleText.Render(output, Name, _body, Steps);

    /// <inheritdoc/>
    public int ImageWidth => CartPolePicture.Width;

    /// <inheritdoc/>
    public int ImageHeight => CartPolePicture.Height;

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels) => CartPolePicture.Draw(new Raster(pixels, ImageWidth, ImageHeight), _body);

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _body = CartPoleBody.Draw(ref Random);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        _body.Push(right: Discrete(action) == 1);
        Observe(observation);
        bool failed = _body.HasFailed;
        return new(1f / LongestEpisode, Terminated: failed, Truncated: !failed && Steps >= LongestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _body.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _body = CartPoleBody.Restore(ref reader);

    private void Observe(Span<float> observation)
    {
        observation[0] = Math.Clamp((float)(_body.Position + (_sigma * Random.NextGaussian())), -PositionBound, PositionBound);
        observation[1] = Math.Clamp((float)(_body.Angle + (_sigma * Random.NextGaussian())), -AngleBound, AngleBound);
    }
}
