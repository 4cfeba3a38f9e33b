using MessagePack;
using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>
/// A small real-time game for one player, at 60 ticks a second: collect six coins in a dark arena of 16 x 12 m while two hunters roam.
/// All coins are lit for the first second; later only what is within 3 m is seen. Each coin earns 1/6; the last one terminates. A
/// touch by a hunter costs 1 and terminates; truncated after 15 s.
/// </summary>
/// <remarks>
/// <para>Actions: stand (0), or run up (1), up right (2), right (3), ... and up left (8), at 4 m/s after a short while. Hunters patrol
/// along straight lines at 2 m/s, bounce off the walls, and chase who is nearer than 2.5 m at 2.6 m/s: one can outrun them.</para>
/// <para>The observation is the player's place and velocity, then for each coin and each hunter whether it is seen and where it is from
/// the player; all in -1 to 1. Zeros stand for what is not seen; a coin that was taken is not seen again. Who remembers the coins of the
/// first second need not search for them.</para>
/// </remarks>
public sealed class DarkArena : SaveableEnvironment, ITextRenderable, IImageRenderable, IRealTime, IFullState
{
    private const int LitTicks = 60, LongestEpisode = 900, Things = DarkArenaWorld.Coins + DarkArenaWorld.Hunters, Seen = 4 + (3 * Things);
    private readonly DarkArenaWorld _world = new();

    /// <summary>Makes the game.</summary>
    public DarkArena()
        : base(Space.Box(-1, 1, Seen), Space.Discrete(9))
    {
    }

    /// <summary>The observation as if all were lit, and the velocities of the hunters.</summary>
    public Space FullStateSpace { get; } = Space.Box(-1, 1, Seen + (2 * DarkArenaWorld.Hunters));

    /// <inheritdoc/>
    public void WriteFullState(Span<float> state)
    {
        Write(state, seesAll: true, seesCoins: true);
        ReadOnlySpan<DarkArenaWorld.Body> hunters = _world.HunterBodies;
        for (int i = 0; i < hunters.Length; i++)
        {
            state[Seen + (2 * i)] = (float)(hunters[i].VelocityX / DarkArenaWorld.PlayerSpeed);
            state[Seen + (2 * i) + 1] = (float)(hunters[i].VelocityY / DarkArenaWorld.PlayerSpeed);
        }
    }

    /// <inheritdoc/>
    public int ImageWidth => DarkArenaPicture.Width;

    /// <inheritdoc/>
    public int ImageHeight => DarkArenaPicture.Height;

    /// <inheritdoc/>
    public void RenderImage(Span<byte> pixels) => DarkArenaPicture.Draw(new Raster(pixels, ImageWidth, ImageHeight), _world, IsLit, LongestEpisode - Steps);

    /// <inheritdoc/>
    public double StepsPerSecond => 60;

    /// <inheritdoc/>
    public void Render(TextWriter output) =>
        DarkArenaPicture.Write(output, FormattableString.Invariant($"{Name}: {Steps / 60.0:0.0} s, {_world.Taken} of {DarkArenaWorld.Coins} coins{(_world.IsCaught ? ", caught" : "")}"), _world);

    private bool IsLit => Steps < LitTicks;

    /// <inheritdoc/>
    protected override void OnReset(Span<float> observation)
    {
        _world.Reset(ref Random);
        Write(observation, seesAll: false, seesCoins: true);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        (double x, double y) = Direction(Discrete(action));
        int taken = _world.Advance(x, y);
        Write(observation, seesAll: false, IsLit);
        bool over = _world.IsCaught || _world.Taken == DarkArenaWorld.Coins;
        float reward = (taken / (float)DarkArenaWorld.Coins) - (_world.IsCaught ? 1 : 0);
        return new(reward, Terminated: over, Truncated: !over && Steps >= LongestEpisode);
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => _world.Save(ref writer);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _world.Restore(ref reader, Name);

    private static (double X, double Y) Direction(int action)
    {
        const double Diagonal = 0.7071067811865476; // the root of a half
        return action switch
        {
            1 => (0, -1),
            2 => (Diagonal, -Diagonal),
            3 => (1, 0),
            4 => (Diagonal, Diagonal),
            5 => (0, 1),
            6 => (-Diagonal, Diagonal),
            7 => (-1, 0),
            8 => (-Diagonal, -Diagonal),
            _ => (0, 0),
        };
    }

    private void Write(Span<float> seen, bool seesAll, bool seesCoins)
    {
        DarkArenaWorld.Body player = _world.Player;
        seen[3] = (float)(player.VelocityY / DarkArenaWorld.PlayerSpeed);
        seen[2] = (float)(player.VelocityX / DarkArenaWorld.PlayerSpeed);
        seen[1] = (float)((2 * player.Y / DarkArenaWorld.Height) - 1);
        seen[0] = (float)((2 * player.X / DarkArenaWorld.Width) - 1);
        for (int i = 0; i < Things; i++)
        {
            bool isCoin = i < DarkArenaWorld.Coins;
            (double x, double y) = isCoin ? _world.CoinPlaces[i] : (_world.HunterBodies[i - DarkArenaWorld.Coins].X, _world.HunterBodies[i - DarkArenaWorld.Coins].Y);
            double dx = x - player.X, dy = y - player.Y;
            bool isNear = (dx * dx) + (dy * dy) < DarkArenaWorld.Sight * DarkArenaWorld.Sight;
            bool isSeen = (seesAll || isNear || (isCoin && seesCoins)) && !(isCoin && _world.IsTaken(i));
            Span<float> thing = seen.Slice(4 + (3 * i), 3);
            thing[2] = isSeen ? (float)(dy / DarkArenaWorld.Height) : 0;
            thing[1] = isSeen ? (float)(dx / DarkArenaWorld.Width) : 0;
            thing[0] = isSeen ? 1 : 0;
        }
    }
}
