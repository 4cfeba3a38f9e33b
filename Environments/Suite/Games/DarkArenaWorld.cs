using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// The physics of <see cref="DarkArena"/>: a player, coins that lie still, and hunters that patrol along straight lines and chase whoever
/// comes near. Metres and seconds; a tick is 1/60 s; x grows to the right and y downwards from the upper left corner.
/// </summary>
internal sealed class DarkArenaWorld
{
    public const double Width = 16, Height = 12, Sight = 3, PlayerRadius = 0.4, CoinRadius = 0.3, HunterRadius = 0.5, PlayerSpeed = 4;
    public const int Coins = 6, Hunters = 2;
    private const double Tick = 1.0 / 60, Response = 0.2, PatrolSpeed = 2, ChaseSpeed = 2.6, Smell = 2.5, SafeFromCoins = 2, SafeFromHunters = 6;
    private readonly Body[] _hunters = new Body[Hunters];
    private readonly (double X, double Y)[] _coins = new (double, double)[Coins];
    private readonly bool[] _isTaken = new bool[Coins];
    private Body _player;

    /// <summary>A place and a velocity.</summary>
    public struct Body
    {
        public double X, Y, VelocityX, VelocityY;
    }

    public Body Player => _player;

    public ReadOnlySpan<Body> HunterBodies => _hunters;

    public ReadOnlySpan<(double X, double Y)> CoinPlaces => _coins;

    public bool IsTaken(int coin) => _isTaken[coin];

    public int Taken { get; private set; }

    /// <summary>Whether a hunter touches the player.</summary>
    public bool IsCaught { get; private set; }

    public void Reset(ref RandomSource random)
    {
        _player = new Body { X = Width / 2, Y = Height / 2 };
        for (int i = 0; i < Coins; i++) _coins[i] = DrawAwayFromPlayer(ref random, CoinRadius, SafeFromCoins);
        Array.Clear(_isTaken, 0, Coins);
        (Taken, IsCaught) = (0, false);
        for (int i = 0; i < Hunters; i++)
        {
            (double x, double y) = DrawAwayFromPlayer(ref random, HunterRadius, SafeFromHunters);
            double angle = 2 * Math.PI * random.NextDouble();
            _hunters[i] = new Body { X = x, Y = y, VelocityX = PatrolSpeed * PortableMath.Cos(angle), VelocityY = PatrolSpeed * PortableMath.Sin(angle) };
        }
    }

    /// <summary>Advances by one tick.</summary>
    /// <param name="directionX">Where the player wants to go: a vector of length 1, or 0 to stand.</param>
    /// <param name="directionY">The other part of it.</param>
    /// <returns>The coins that were taken.</returns>
    public int Advance(double directionX, double directionY)
    {
        _player.VelocityX += Response * ((PlayerSpeed * directionX) - _player.VelocityX);
        _player.VelocityY += Response * ((PlayerSpeed * directionY) - _player.VelocityY);
        Move(ref _player, PlayerRadius, bounces: false);
        for (int i = 0; i < Hunters; i++) Hunt(ref _hunters[i]);
        return TakeCoins();
    }

    public void Save(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader((4 * (1 + Hunters)) + (3 * Coins) + 1);
        Write(ref writer, _player);
        foreach (Body hunter in _hunters) Write(ref writer, hunter);
        foreach ((double x, double y) in _coins)
        {
            writer.Write(x);
            writer.Write(y);
        }
        foreach (bool taken in _isTaken) writer.Write(taken);
        writer.Write(IsCaught);
    }

    public void Restore(ref MessagePackReader reader, string name)
    {
        SavedData.ExpectArray(ref reader, (4 * (1 + Hunters)) + (3 * Coins) + 1, name);
        _player = ReadBody(ref reader, PlayerSpeed, name);
        for (int i = 0; i < Hunters; i++) _hunters[i] = ReadBody(ref reader, 1.01 * ChaseSpeed, name);
        for (int i = 0; i < Coins; i++) _coins[i] = (SavedNumbers.ReadReal(ref reader, 0, Width, name), SavedNumbers.ReadReal(ref reader, 0, Height, name));
        Taken = 0;
        for (int i = 0; i < Coins; i++) Taken += (_isTaken[i] = reader.ReadBoolean()) ? 1 : 0;
        IsCaught = reader.ReadBoolean();
    }

    private void Hunt(ref Body hunter)
    {
        double dx = _player.X - hunter.X, dy = _player.Y - hunter.Y, distance = Math.Sqrt((dx * dx) + (dy * dy));
        double speed = Math.Sqrt((hunter.VelocityX * hunter.VelocityX) + (hunter.VelocityY * hunter.VelocityY));
        if (distance is < Smell and > 0)
        {
            (hunter.VelocityX, hunter.VelocityY) = (ChaseSpeed * dx / distance, ChaseSpeed * dy / distance);
        }
        else if (speed > PatrolSpeed)
        {
            // It lost the player, and goes on where it ran to, at its usual pace.
            (hunter.VelocityX, hunter.VelocityY) = (PatrolSpeed * hunter.VelocityX / speed, PatrolSpeed * hunter.VelocityY / speed);
        }
        Move(ref hunter, HunterRadius, bounces: true);
        (dx, dy) = (_player.X - hunter.X, _player.Y - hunter.Y);
        const double Touch = PlayerRadius + HunterRadius;
        IsCaught |= (dx * dx) + (dy * dy) < Touch * Touch;
    }

    private int TakeCoins()
    {
        const double Touch = PlayerRadius + CoinRadius;
        int taken = 0;
        for (int i = 0; i < Coins; i++)
        {
            double dx = _player.X - _coins[i].X, dy = _player.Y - _coins[i].Y;
            if (_isTaken[i] || (dx * dx) + (dy * dy) >= Touch * Touch) continue;
            _isTaken[i] = true;
            taken++;
        }
        Taken += taken;
        return taken;
    }

    private (double X, double Y) DrawAwayFromPlayer(ref RandomSource random, double radius, double distance)
    {
        while (true)
        {
            double x = radius + (random.NextDouble() * (Width - (2 * radius))), y = radius + (random.NextDouble() * (Height - (2 * radius)));
            double dx = x - _player.X, dy = y - _player.Y;
            if ((dx * dx) + (dy * dy) >= distance * distance) return (x, y);
        }
    }

    private static void Move(ref Body body, double radius, bool bounces)
    {
        MoveAlong(ref body.X, ref body.VelocityX, radius, Width - radius, bounces);
        MoveAlong(ref body.Y, ref body.VelocityY, radius, Height - radius, bounces);
    }

    private static void MoveAlong(ref double place, ref double velocity, double low, double high, bool bounces)
    {
        place += Tick * velocity;
        if (place >= low && place <= high) return;
        place = Math.Clamp(place, low, high);
        velocity = bounces ? -velocity : 0;
    }

    private static void Write(ref MessagePackWriter writer, Body body)
    {
        writer.Write(body.X);
        writer.Write(body.Y);
        writer.Write(body.VelocityX);
        writer.Write(body.VelocityY);
    }

    private static Body ReadBody(ref MessagePackReader reader, double fastest, string name) => new()
    {
        X = SavedNumbers.ReadReal(ref reader, 0, Width, name),
        Y = SavedNumbers.ReadReal(ref reader, 0, Height, name),
        VelocityX = SavedNumbers.ReadReal(ref reader, -fastest, fastest, name),
        VelocityY = SavedNumbers.ReadReal(ref reader, -fastest, fastest, name),
    };
}
