using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>What the players of fog pong see, and how it is drawn.</summary>
internal static class FogPongView
{
    public const int Seen = 6, Full = 8, LongestEpisode = 3600;
    private const int Scale = 60;
    public const int Width = (int)FogPongWorld.Width * Scale, Height = (int)FogPongWorld.Height * Scale;
    private static readonly Color Court = new(20, 60, 50), Line = new(60, 110, 95), Left = new(255, 170, 60), Right = new(110, 180, 255);

    /// <summary>
    /// Writes what a side sees, mirrored so that its own paddle is on the left: its paddle's place from -1 to 1, whether the ball is in
    /// its own half, the ball's place from -1 to 1 (zeros elsewhere), and its own and the other's share of the points to win.
    /// </summary>
    public static void Observe(FogPongWorld world, int side, Span<float> seen)
    {
        double x = (2 * (side == 0 ? world.BallX : FogPongWorld.Width - world.BallX) / FogPongWorld.Width) - 1;
        bool isSeen = x <= 0;
        seen[5] = Share(world.Points(1 - side));
        seen[4] = Share(world.Points(side));
        seen[3] = isSeen ? Centred(world.BallY) : 0;
        seen[2] = isSeen ? (float)x : 0;
        seen[1] = isSeen ? 1 : 0;
        seen[0] = Centred(world.Paddle(side));
    }

    /// <summary>Writes both paddles, the ball's place and velocity (in 5 m/s), and both shares of the points; mirrored likewise.</summary>
    public static void WriteFull(FogPongWorld world, int side, Span<float> state)
    {
        double mirror = side == 0 ? 1 : -1;
        state[7] = Share(world.Points(1 - side));
        state[6] = Share(world.Points(side));
        state[5] = (float)(world.VelocityY / 5);
        state[4] = (float)(mirror * world.VelocityX / 5);
        state[3] = Centred(world.BallY);
        state[2] = (float)(mirror * ((2 * world.BallX / FogPongWorld.Width) - 1));
        state[1] = Centred(world.Paddle(1 - side));
        state[0] = Centred(world.Paddle(side));
    }

    public static void Draw(Raster raster, FogPongWorld world)
    {
        raster.Clear(Court);
        for (int y = 4; y < Height; y += 16) raster.FillRectangle((Width / 2) - 1, y, 2, 8, Line);
        DrawPaddle(raster, FogPongWorld.PaddleInset, world.Paddle(0), Left);
        DrawPaddle(raster, FogPongWorld.Width - FogPongWorld.PaddleInset, world.Paddle(1), Right);
        raster.FillDisc(Scale * world.BallX, Scale * world.BallY, Scale * FogPongWorld.BallRadius, Color.White);
        raster.DrawNumber((Width / 2) - 24, 8, 4, world.Points(0), Left);
        raster.DrawNumber((Width / 2) + 12, 8, 4, world.Points(1), Right);
    }

    public static void Write(TextWriter output, string title, FogPongWorld world)
    {
        var canvas = new TextCanvas(48, 16);
        double column = canvas.Width / FogPongWorld.Width, row = canvas.Height / FogPongWorld.Height;
        for (int side = 0; side < 2; side++)
        {
            double x = side == 0 ? FogPongWorld.PaddleInset : FogPongWorld.Width - FogPongWorld.PaddleInset, y = world.Paddle(side);
            canvas.Line(column * x, row * (y - FogPongWorld.PaddleHalf), column * x, row * (y + FogPongWorld.PaddleHalf), '|');
        }
        canvas.Put((int)(column * world.BallX), (int)(row * world.BallY), 'o');
        output.WriteLine(FormattableString.Invariant($"{title}, {world.Points(0)} : {world.Points(1)}, ball at {world.BallX:0.00}, {world.BallY:0.00}"));
        canvas.Write(output);
    }

    private static void DrawPaddle(Raster raster, double x, double y, Color color) =>
        raster.FillRectangle((Scale * x) - 3, Scale * (y - FogPongWorld.PaddleHalf), 6, Scale * 2 * FogPongWorld.PaddleHalf, color);

    private static float Centred(double y) => (float)((2 * y / FogPongWorld.Height) - 1);

    private static float Share(int points) => (float)points / FogPongWorld.PointsToWin;
}
