using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// Gymnasium's Pendulum-v1: swing a rod up and keep it upright with a torque between -2 and 2. Observes the cosine and sine of the angle
/// and its speed; each step costs angle^2 + 0.1 speed^2 + 0.001 torque^2; truncated after 200 steps.
/// </summary>
public sealed class Pendulum : SaveableEnvironment, ITextRenderable, IImageRenderable, IRealTime
{
    private const int Length = 200;
    private PendulumBody _body;

    /// <summary>Makes the task.</summary>
    public Pendulum()
        : base(PendulumBody.FullSpace(), PendulumBody.TorqueSpace())
    {
    }

    /// <inheritdoc/>
    public double StepsPerSecond => 20;

    /// <inheritdoc/>
    public void Render(TextWriter output) => PendulumText.Render(output, Name, _body, Steps);

    /// <inheritdoc/>
    public int ImageWidth => PendulumPicture.Size;

    /// <inheritdoc/>
    public int ImageHeight => PendulumPicture.Size;

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels) => PendulumPicture.Draw(new Raster(pixels, ImageWidth, ImageHeight), _body);

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _body = PendulumBody.Draw(ref Random);
        _body.Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        double cost = _body.Turn(action[0]);
        _body.Observe(observation);
        return new((float)-cost, Terminated: false, Truncated: Steps >= Length);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _body.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _body = PendulumBody.Restore(ref reader);
}
