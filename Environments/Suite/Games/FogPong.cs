using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// A small real-time game at 60 ticks a second: pong against a script, where the ball is seen in one's own half only. A point earns 1/3,
/// one for the script costs 1/3; three points terminate; truncated after 60 s. Actions: stay (0), up (1), down (2).
/// </summary>
/// <remarks>
/// <para>The observation is the own paddle's place from -1 to 1, whether the ball is seen, its place (zeros where it is not), and both
/// shares of the points. Neither velocity is shown, nor the ball in the fog: both follow from what was seen before.</para>
/// <para>The script sees all; it follows the ball in its half and returns to the middle otherwise, at 0.8 of the paddle's speed.
/// <see cref="FogPongDuel"/> is the same game for two.</para>
/// </remarks>
public sealed class FogPong : SaveableEnvironment, ITextRenderable, IImageRenderable, IRealTime, IFullState
{
    private const double ScriptSpeed = 0.8;
    private readonly FogPongWorld _world = new();

    /// <summary>Makes the game.</summary>
    public FogPong()
        : base(Space.Box(-1, 1, FogPongView.Seen), Space.Discrete(3))
    {
    }

    /// <summary>Both paddles, place and velocity of the ball, both shares of the points.</summary>
    public Space FullStateSpace { get; } = Space.Box(-1, 1, FogPongView.Full);

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state) => FogPongView.WriteFull(_world, side: 0, state);

    /// <inheritdoc/>
    public int ImageWidth => FogPongView.Width;

    /// <inheritdoc/>
    public int ImageHeight => FogPongView.Height;

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels) => FogPongView.Draw(new Raster(pixels, ImageWidth, ImageHeight), _world);

    /// <inheritdoc/>
    public double StepsPerSecond => 60;

    /// <inheritdoc/>
    public void Render(TextWriter output) => FogPongView.Write(output, $"{Name}: tick {Steps}", _world);

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _world.Reset(ref Random);
        FogPongView.Observe(_world, side: 0, observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        double goal = _world.BallX > FogPongWorld.Width / 2 ? _world.BallY : FogPongWorld.Height / 2;
        double script = Math.Clamp((goal - _world.Paddle(1)) * 30, -ScriptSpeed, ScriptSpeed); // slower when nearly there
        int winner = _world.Advance(ref Random, Direction(Discrete(action)), script);
        FogPongView.Observe(_world, side: 0, observation);
        float reward = winner < 0 ? 0 : (winner == 0 ? 1f : -1f) / FogPongWorld.PointsToWin;
        return new(reward, Terminated: _world.IsWon, Truncated: !_world.IsWon && Steps >= FogPongView.LongestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _world.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _world.Restore(ref reader);

    /// <summary>Where a paddle moves: up (1) is -1, down (2) is 1.</summary>
    internal static int Direction(int action) => action == 1 ? -1 : action == 2 ? 1 : 0;
}
