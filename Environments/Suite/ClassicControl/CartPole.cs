using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// Gymnasium's CartPole-v1: keep the pole upright by pushing the cart to the left (0) or to the right (1). Observes position, velocity,
/// angle and angular velocity; reward 1 for every step, the failing one included; truncated after 500 steps.
/// </summary>
public sealed class CartPole : SaveableEnvironment, ITextRenderable, IImageRenderable, IRealTime
{
    private const int LongestEpisode = 500;
    private CartPoleBody _body;

    /// <summary>Makes the task.</summary>
    public CartPole()
        : base(CartPoleBody.FullSpace(), Space.Discrete(2))
    {
    }

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
        _body.Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        _body.Push(right: Discrete(action) == 1);
        _body.Observe(observation);
        bool failed = _body.HasFailed;
        return new(1, Terminated: failed, Truncated: !failed && Steps >= LongestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _body.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _body = CartPoleBody.Restore(ref reader);
}
