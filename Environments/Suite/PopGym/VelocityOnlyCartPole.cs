using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's VelocityOnlyCartPole: the cart-pole of <see cref="CartPole"/> without its positions, which the agent must infer by adding up the
/// velocities. Observes velocity and angular velocity; reward 1/T for every step, so the return lies in [0, 1].
/// </summary>
/// <remarks>
/// The observation of the reset holds the position and the angle instead. That looks like an oversight of the original, but it tells
/// the agent where it begins, so it is kept.
/// </remarks>
public sealed class VelocityOnlyCartPole : SaveableEnvironment, ITextRenderable, IImageRenderable, IRealTime, IFullState
{
    private readonly int _longestEpisode;
    private CartPoleBody _body;

    /// <summary>Makes the task with episodes of at most T = 200, 400 or 600 steps.</summary>
    /// <param name="difficulty">The level.</param>
    public VelocityOnlyCartPole(Difficulty difficulty)
        : base(Space.Box(float.NegativeInfinity, float.PositiveInfinity, 2), Space.Discrete(2), nameof(VelocityOnlyCartPole) + difficulty) =>
        _longestEpisode = difficulty switch { Difficulty.Easy => 200, Difficulty.Medium => 400, _ => 600 };

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
        _body.ObservePositions(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        _body.Push(right: Discrete(action) == 1);
        observation[1] = (float)_body.AngularVelocity;
        observation[0] = (float)_body.Velocity;
        bool failed = _body.HasFailed;
        return new(1f / _longestEpisode, Terminated: failed, Truncated: !failed && Steps >= _longestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _body.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _body = CartPoleBody.Restore(ref reader);
}
