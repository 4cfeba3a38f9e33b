using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// What all tasks with a cart-pole share: its physics, how an episode begins and ends, drawing and saving. A task says what is observed
/// and what a step earns.
/// </summary>
public abstract class CartPoleTask : SaveableEnvironment, ITextRenderable, IImageRenderable, IRealTime
{
    private readonly int _longestEpisode;
    private readonly float _reward;
    private CartPoleBody _body;

    private protected CartPoleTask(Space observations, int longestEpisode, float reward, string? name = null)
        : base(observations, Space.Discrete(2), name) => (_longestEpisode, _reward) = (longestEpisode, reward);

    /// <inheritdoc/>
    public double StepsPerSecond => 50;

    /// <inheritdoc/>
    public int ImageWidth => CartPolePicture.Width;

    /// <inheritdoc/>
    public int ImageHeight => CartPolePicture.Height;

    private protected ref readonly CartPoleBody Body => ref _body;

    /// <inheritdoc/>
    public void Render(TextWriter output) => CartPoleText.Render(output, Name, _body, Steps);

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels) => CartPolePicture.Draw(new Raster(pixels, ImageWidth, ImageHeight), _body);

    /// <inheritdoc/>
    protected sealed override void OnReset(Span<float> observation)
    {
        _body = CartPoleBody.Draw(ref Random);
        Observe(observation, isFirst: true);
    }

    /// <inheritdoc/>
    protected sealed override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        _body.Push(right: Discrete(action) == 1);
        Observe(observation, isFirst: false);
        bool failed = _body.HasFailed;
        return new(_reward, Terminated: failed, Truncated: !failed && Steps >= _longestEpisode);
    }

    /// <inheritdoc/>
    protected sealed override void OnSave(ref MessagePackWriter writer) => _body.Save(ref writer);

    /// <inheritdoc/>
    protected sealed override void OnRestore(ref MessagePackReader reader) => _body = CartPoleBody.Restore(ref reader);

    /// <summary>Writes what the agent sees of the cart-pole.</summary>
    /// <param name="observation">Receives it.</param>
    /// <param name="isFirst">Whether the episode has just begun.</param>
    private protected abstract void Observe(Span<float> observation, bool isFirst);
}
