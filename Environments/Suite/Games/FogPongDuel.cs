using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// <see cref="FogPong"/> for two players, which see the court mirrored, so that one policy plays both sides. What one earns the other
/// pays; agent 0 plays on the left. Make its agents rows with <see cref="AgentSeats"/>.
/// </summary>
public sealed class FogPongDuel : IMultiAgentEnvironment, INamedEnvironment, ISaveable, ITextRenderable, IImageRenderable
{
    private readonly FogPongWorld _world = new();
    private RandomSource _random;
    private int _ticks;

    /// <inheritdoc/>
    public string Name => nameof(FogPongDuel);

    /// <inheritdoc/>
    public int Agents => 2;

    /// <inheritdoc/>
    public Space ObservationSpace { get; } = Space.Box(-1, 1, FogPongView.Seen);

    /// <inheritdoc/>
    public Space ActionSpace { get; } = Space.Discrete(3);

    /// <inheritdoc/>
    public int ImageWidth => FogPongView.Width;

    /// <inheritdoc/>
    public int ImageHeight => FogPongView.Height;

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels) => FogPongView.Draw(new Raster(pixels, ImageWidth, ImageHeight), _world);

    /// <inheritdoc/>
    public void Render(TextWriter output) => FogPongView.Write(output, $"{Name}: tick {_ticks}", _world);

    /// <inheritdoc/>
    public void Reset(ulong seed, Span<float> observations)
    {
        (_random, _ticks) = (new RandomSource(seed), 0);
        _world.Reset(ref _random);
        Observe(observations);
    }

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<float> actions, Span<float> observations, Span<StepResult> results)
    {
        _ticks++;
        int winner = _world.Advance(ref _random, FogPong.Direction((int)actions[0]), FogPong.Direction((int)actions[1]));
        Observe(observations);
        bool won = _world.IsWon;
        for (int side = 0; side < 2; side++)
        {
            float reward = winner < 0 ? 0 : (winner == side ? 1f : -1f) / FogPongWorld.PointsToWin;
            results[side] = new(reward, Terminated: won, Truncated: !won && _ticks >= FogPongView.LongestEpisode);
        }
    }

    /// <inheritdoc/>
    public void Save(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(3);
        writer.Write(_ticks);
        SavedRandom.Write(ref writer, _random);
        _world.Save(ref writer);
    }

    /// <inheritdoc/>
    public void Restore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 3, Name);
        _ticks = SavedNumbers.Read(ref reader, 0, FogPongView.LongestEpisode, Name);
        _random = SavedRandom.Read(ref reader);
        _world.Restore(ref reader);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void Observe(Span<float> observations)
    {
        FogPongView.Observe(_world, side: 0, observations[..FogPongView.Seen]);
        FogPongView.Observe(_world, side: 1, observations[FogPongView.Seen..]);
    }
}
