using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's PositionOnlyCartPole (Morad et al. 2023): the cart-pole of <see cref="CartPole"/> without its velocities, which the agent
/// must infer from what it remembers. Observes position and angle; reward 1/T for every step, so the return lies in [0, 1].
/// </summary>
public sealed class PositionOnlyCartPole : SaveableEnvironment, ITextRenderable, IImageRenderable, IRealTime, IFullState
{
    private readonly int _longestEpisode;
    private CartPoleBody _body;

    /// <summary>Makes the task with episodes of at most T = 200, 400 or 600 steps.</summary>
    /// <param name="difficulty">The level.</param>
    public PositionOnlyCartPole(Difficulty difficulty)
        : base(Space.Box(-4.8f, 4.8f, 2), Space.Discrete(2), nameof(PositionOnlyCartPole) + difficulty) =>
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
        _body.ObservePositions(observation);
        bool failed = _body.HasFailed;
        return new(1f / _longestEpisode, Terminated: failed, Truncated: !failed && Steps >= _longestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _body.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _body = CartPoleBody.Restore(ref reader);
}
