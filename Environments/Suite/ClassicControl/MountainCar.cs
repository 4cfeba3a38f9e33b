using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// Gymnasium's MountainCar-v0 (Moore 1990): a car that is too weak for the hill must swing up, by pushing left (0), not at all (1) or
/// right (2). Observes position and velocity; reward -1 for every step; terminates at position 0.5, truncated after 200 steps.
/// </summary>
public sealed class MountainCar : SaveableEnvironment, ITextRenderable, IImageRenderable, IIdleAction, ISuccess
{
    private const int LongestEpisode = 200;
    private const double Force = 0.001, Goal = 0.5;
    private double _position, _velocity;

    private bool HasArrived => _position >= Goal && _velocity >= 0;

    /// <summary>Makes the task.</summary>
    public MountainCar()
        : base(MountainTrack.Observations, Space.Discrete(3))
    {
    }

    /// <inheritdoc/>
    public bool Succeeded => HasArrived;

    /// <inheritdoc/>
    public void WriteIdleAction(Span<float> action) => action[0] = 1;

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
        MountainTrack.Roll(ref _position, ref _velocity, (Discrete(action) - 1) * Force);
        MountainTrack.Observe(_position, _velocity, observation);
        bool arrived = HasArrived;
        return new(-1, Terminated: arrived, Truncated: !arrived && Steps >= LongestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => MountainTrack.Save(ref writer, _position, _velocity);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => (_position, _velocity) = MountainTrack.Restore(ref reader, Name);
}
