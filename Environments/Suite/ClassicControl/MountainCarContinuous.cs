using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// Gymnasium's MountainCarContinuous-v0: <see cref="MountainCar"/> with a force from -1 to 1. Arriving at position 0.45 earns 100 and
/// terminates; every step costs a tenth of the squared force; truncated after 999 steps.
/// </summary>
/// <remarks>
/// As in Gymnasium the state is rounded to floats after every step; what is computed in between is in double precision (there it
/// depends on the version of NumPy).
/// </remarks>
public sealed class MountainCarContinuous : SaveableEnvironment, ITextRenderable, IImageRenderable
{
    private const int LongestEpisode = 999;
    private const double Power = 0.0015, Goal = 0.45, Prize = 100, Cost = 0.1;
    private double _position, _velocity;

    /// <summary>Makes the task.</summary>
    public MountainCarContinuous()
        : base(MountainTrack.Observations, Space.Box(-1, 1, 1))
    {
    }

    /// <inheritdoc/>
    public int ImageWidth => MountainPicture.Width;

    /// <inheritdoc/>
    public int ImageHeight => MountainPicture.Height;

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels) => MountainPicture.Draw(new Raster(pixels, ImageWidth, ImageHeight), _position, Goal);

    /// <inheritdoc/>
    public void Render(TextWriter output) => MountainPicture.Write(output, $"{Name}: step {Steps}", _position, _velocity, Goal);

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        (_position, _velocity) = (MountainTrack.DrawPosition(ref Random), 0);
        MountainTrack.Observe(_position, _velocity, observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        double force = action[0];
        MountainTrack.Roll(ref _position, ref _velocity, force * Power);
        bool arrived = _position >= Goal && _velocity >= 0;
        (_position, _velocity) = ((float)_position, (float)_velocity);
        MountainTrack.Observe(_position, _velocity, observation);
        return new((float)((arrived ? Prize : 0) - (Cost * force * force)), Terminated: arrived, Truncated: !arrived && Steps >= LongestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => MountainTrack.Save(ref writer, _position, _velocity);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => (_position, _velocity) = MountainTrack.Restore(ref reader, Name);
}
