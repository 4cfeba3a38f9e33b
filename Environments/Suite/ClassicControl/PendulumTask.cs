using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// What all tasks with a pendulum share: its physics, how an episode begins and ends, drawing and saving. A task says what is observed
/// and what a step earns.
/// </summary>
public abstract class PendulumTask : SaveableEnvironment, ITextRenderable, IImageRenderable, IRealTime
{
    private readonly int _length;
    private PendulumBody _body;

    private protected PendulumTask(Space observations, int length, string? name = null)
        : base(observations, PendulumBody.TorqueSpace(), name) => _length = length;

    /// <inheritdoc/>
    public double StepsPerSecond => 20;

    /// <inheritdoc/>
    public int ImageWidth => PendulumPicture.Size;

    /// <inheritdoc/>
    public int ImageHeight => PendulumPicture.Size;

    private protected ref readonly PendulumBody Body => ref _body;

    /// <inheritdoc/>
    public void Render(TextWriter output) => PendulumText.Render(output, Name, _body, Steps);

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels) => PendulumPicture.Draw(new Raster(pixels, ImageWidth, ImageHeight), _body);

    /// <inheritdoc/>
    protected sealed override void OnReset(Span<float> observation)
    {
        _body = PendulumBody.Draw(ref Random);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected sealed override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        float reward = Reward(_body.Turn(action[0]));
        Observe(observation);
        return new(reward, Terminated: false, Truncated: Steps >= _length);
    }

    /// <inheritdoc/>
    protected sealed override void OnSave(ref MessagePackWriter writer) => _body.Save(ref writer);

    /// <inheritdoc/>
    protected sealed override void OnRestore(ref MessagePackReader reader) => _body = PendulumBody.Restore(ref reader);

    /// <summary>Writes what the agent sees of the pendulum.</summary>
    private protected abstract void Observe(Span<float> observation);

    /// <summary>What a step earns.</summary>
    /// <param name="cost">angle² + 0.1 speed² + 0.001 torque².</param>
    private protected abstract float Reward(double cost);
}
