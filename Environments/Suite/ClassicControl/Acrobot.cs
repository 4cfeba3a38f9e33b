using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// Gymnasium's Acrobot-v1 (Sutton 1996): swing the tip of two hanging links above a line, by a torque of -1 (0), none (1) or 1 (2)
/// between them. Observes cosine and sine of both angles and both angular velocities; reward -1 for every step but the last, which
/// terminates; truncated after 500 steps.
/// </summary>
public sealed class Acrobot : SaveableEnvironment, ITextRenderable, IImageRenderable, IRealTime, IIdleAction, ISuccess
{
    private const int LongestEpisode = 500;
    private AcrobotBody _body;

    /// <summary>Makes the task.</summary>
    public Acrobot()
        : base(
            Space.Tuple(
                Space.Box(-1, 1, 4),
                Space.Box(-(float)AcrobotBody.FastestFirst, (float)AcrobotBody.FastestFirst, 1),
                Space.Box(-(float)AcrobotBody.FastestSecond, (float)AcrobotBody.FastestSecond, 1)),
            Space.Discrete(3))
    {
    }

    /// <inheritdoc/>
    public bool Succeeded => _body.IsUp;

    /// <inheritdoc/>
    public void WriteIdleAction(Span<float> action) => action[0] = 1;

    /// <inheritdoc/>
    public int ImageWidth => AcrobotPicture.Size;

    /// <inheritdoc/>
    public int ImageHeight => AcrobotPicture.Size;

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels) => AcrobotPicture.Draw(new Raster(pixels, ImageWidth, ImageHeight), _body);

    /// <inheritdoc/>
    public double StepsPerSecond => 5;

    /// <inheritdoc/>
    public void Render(TextWriter output) => AcrobotPicture.Write(output, $"{Name}: step {Steps}", _body);

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _body = AcrobotBody.Draw(ref Random);
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        _body.Turn(Discrete(action) - 1);
        Observe(observation);
        bool isUp = _body.IsUp;
        return new(isUp ? 0 : -1, Terminated: isUp, Truncated: !isUp && Steps >= LongestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _body.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _body = AcrobotBody.Restore(ref reader);

    private void Observe(Span<float> observation)
    {
        observation[5] = (float)_body.Velocity2;
        observation[4] = (float)_body.Velocity1;
        observation[3] = Bounded(PortableMath.Sin(_body.Angle2));
        observation[2] = Bounded(PortableMath.Cos(_body.Angle2));
        observation[1] = Bounded(PortableMath.Sin(_body.Angle1));
        observation[0] = Bounded(PortableMath.Cos(_body.Angle1));
    }

    // The last bit of a sine near 1 may lie beyond it.
    private static float Bounded(double value) => (float)Math.Clamp(value, -1, 1);
}
