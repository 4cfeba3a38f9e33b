using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// The physics of fog pong: a court of 4 x 3 m, a paddle on each side, a ball that gets faster with every stroke. A tick is 1/60 s; x
/// grows to the right and y downwards.
/// </summary>
internal sealed class FogPongWorld
{
    public const double Width = 4, Height = 3, PaddleInset = 0.2, PaddleHalf = 0.35, BallRadius = 0.08, PaddleSpeed = 1.2;
    public const int PointsToWin = 3;
    private const double Tick = 1.0 / 60, ServeSpeed = 2.5, FasterPerStroke = 1.05, FastestBall = 5, SteepestServe = 0.7, SteepestStroke = 0.9;
    private readonly double[] _paddles = new double[2];
    private readonly int[] _points = new int[2];

    public double BallX { get; private set; }

    public double BallY { get; private set; }

    public double VelocityX { get; private set; }

    public double VelocityY { get; private set; }

    /// <summary>The middle of a side's paddle; side 0 is the left one.</summary>
    public double Paddle(int side) => _paddles[side];

    public int Points(int side) => _points[side];

    public bool IsWon => _points[0] >= PointsToWin || _points[1] >= PointsToWin;

    public void Reset(ref RandomSource random)
    {
        _paddles[0] = _paddles[1] = Height / 2;
        _points[0] = _points[1] = 0;
        Serve(ref random, towards: random.NextInt(2));
    }

    /// <summary>Advances by one tick.</summary>
    /// <param name="random">Draws the next serve.</param>
    /// <param name="left">What the left paddle does: -1 up, 0 nothing, 1 down, or a share of that.</param>
    /// <param name="right">What the right paddle does.</param>
    /// <returns>The side that made a point, or -1.</returns>
    public int Advance(ref RandomSource random, double left, double right)
    {
        MovePaddle(0, left);
        MovePaddle(1, right);
        BallX += Tick * VelocityX;
        BallY += Tick * VelocityY;
        if (BallY < BallRadius || BallY > Height - BallRadius)
        {
            BallY = Math.Clamp(BallY, BallRadius, Height - BallRadius);
            VelocityY = -VelocityY;
        }
        Stroke(side: VelocityX < 0 ? 0 : 1);
        if (BallX is >= 0 and <= Width) return -1;
        int winner = BallX < 0 ? 1 : 0;
        _points[winner]++;
        Serve(ref random, towards: 1 - winner);
        return winner;
    }

    public void Save(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(8);
        writer.Write(BallX);
        writer.Write(BallY);
        writer.Write(VelocityX);
        writer.Write(VelocityY);
        writer.Write(_paddles[0]);
        writer.Write(_paddles[1]);
        writer.Write(_points[0]);
        writer.Write(_points[1]);
    }

    public void Restore(ref MessagePackReader reader)
    {
        const string What = "fog pong";
        SavedData.ExpectArray(ref reader, 8, What);
        BallX = SavedNumbers.ReadReal(ref reader, 0, Width, What);
        BallY = SavedNumbers.ReadReal(ref reader, 0, Height, What);
        VelocityX = SavedNumbers.ReadReal(ref reader, -FastestBall, FastestBall, What);
        VelocityY = SavedNumbers.ReadReal(ref reader, -FastestBall, FastestBall, What);
        _paddles[0] = SavedNumbers.ReadReal(ref reader, 0, Height, What);
        _paddles[1] = SavedNumbers.ReadReal(ref reader, 0, Height, What);
        _points[0] = SavedNumbers.Read(ref reader, 0, PointsToWin, What);
        _points[1] = SavedNumbers.Read(ref reader, 0, PointsToWin, What);
    }

    private void MovePaddle(int side, double direction) =>
        _paddles[side] = Math.Clamp(_paddles[side] + (Tick * PaddleSpeed * direction), PaddleHalf, Height - PaddleHalf);

    /// <summary>The farther from the paddle's middle the ball is hit, the steeper it flies.</summary>
    private void Stroke(int side)
    {
        double face = side == 0 ? PaddleInset + BallRadius : Width - PaddleInset - BallRadius, before = BallX - (Tick * VelocityX);
        bool crosses = side == 0 ? before >= face && BallX < face : before <= face && BallX > face;
        double offset = (BallY - _paddles[side]) / (PaddleHalf + BallRadius);
        if (!crosses || Math.Abs(offset) > 1) return;
        double speed = Math.Min(FastestBall, FasterPerStroke * Math.Sqrt((VelocityX * VelocityX) + (VelocityY * VelocityY)));
        (BallX, VelocityX, VelocityY) = (face, (side == 0 ? speed : -speed) * PortableMath.Cos(SteepestStroke * offset), speed * PortableMath.Sin(SteepestStroke * offset));
    }

    private void Serve(ref RandomSource random, int towards)
    {
        double angle = SteepestServe * ((2 * random.NextDouble()) - 1);
        (BallX, BallY) = (Width / 2, Height / 2);
        (VelocityX, VelocityY) = ((towards == 0 ? -ServeSpeed : ServeSpeed) * PortableMath.Cos(angle), ServeSpeed * PortableMath.Sin(angle));
    }
}
