using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's NoisyPositionOnlyPendulum (Morad et al. 2023): swing a rod up and keep it upright, without seeing its speed, and with
/// Gaussian noise on what is seen: the cosine and sine of the angle, each clipped to +-1 after the noise. 200 steps; the return lies in [-1, 1].
/// </summary>
public sealed class NoisyPositionOnlyPendulum : SaveableEnvironment, ITextRenderable, IImageRenderable, IRealTime, IFullState
{
    private const int Length = 200;
    private readonly PendulumReward _reward = new(Length);
    private readonly double _sigma;
    private PendulumBody _body;

    /// <summary>Makes the task with noise of standard deviation 0.1, 0.2 or 0.3.</summary>
    /// <param name="difficulty">The level.</param>
    public NoisyPositionOnlyPendulum(Difficulty difficulty)
        : base(Space.Box(-1, 1, 2), PendulumBody.TorqueSpace(), nameof(NoisyPositionOnlyPendulum) + difficulty) =>
        _sigma = difficulty switch { Difficulty.Easy => 0.1, Difficulty.Medium => 0.2, _ => 0.3 };

    /// <summary>Cosine and sine of the angle, and its speed.</summary>
    public Space FullStateSpace { get; } = PendulumBody.FullSpace();

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state) => _body.Observe(state);

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
        Observe(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        float reward = _reward.Of(_body.Turn(action[0]));
        Observe(observation);
        return new(reward, Terminated: false, Truncated: Steps >= Length);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _body.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _body = PendulumBody.Restore(ref reader);

    private void Observe(Span<float> observation)
    {
        _body.ObservePosition(observation);
        foreach (ref float value in observation) value = Math.Clamp((float)(value + (_sigma * Random.NextGaussian())), -1, 1);
    }
}
