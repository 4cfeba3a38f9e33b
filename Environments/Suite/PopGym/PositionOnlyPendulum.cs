using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// POPGym's PositionOnlyPendulum (Morad et al. 2023): swing a rod up and keep it upright, without seeing its speed, which the agent must
/// infer from what it remembers. Observes the cosine and sine of the angle; the return lies in [-1, 1].
/// </summary>
public sealed class PositionOnlyPendulum : SaveableEnvironment, ITextRenderable, IImageRenderable, IRealTime, IFullState
{
    private readonly int _length;
    private readonly PendulumReward _reward;
    private PendulumBody _body;

    /// <summary>Makes the task with episodes of T = 200, 150 or 100 steps.</summary>
    /// <param name="difficulty">The level; the harder, the shorter.</param>
    public PositionOnlyPendulum(Difficulty difficulty)
        : base(Space.Box(-1, 1, 2), PendulumBody.TorqueSpace(), nameof(PositionOnlyPendulum) + difficulty)
    {
        _length = difficulty switch { Difficulty.Easy => 200, Difficulty.Medium => 150, _ => 100 };
        _reward = new PendulumReward(_length);
    }

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
        _body.ObservePosition(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        float reward = _reward.Of(_body.Turn(action[0]));
        _body.ObservePosition(observation);
        return new(reward, Terminated: false, Truncated: Steps >= _length);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _body.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _body = PendulumBody.Restore(ref reader);
}
