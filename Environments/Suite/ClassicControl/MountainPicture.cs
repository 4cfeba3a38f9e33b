using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>Draws the valley, the car and the flag of both mountain cars.</summary>
internal static class MountainPicture
{
    public const int Width = 240, Height = 160;
    private const double Scale = Width / (MountainTrack.Rightmost - MountainTrack.Leftmost);
    private static readonly Color Sky = new(235, 242, 250), Hill = new(110, 140, 90), Flag = new(204, 150, 0), Car = new(40, 60, 140);

    public static void Draw(Raster raster, double position, double goal)
    {
        raster.Clear(Sky);
        for (int x = 0; x < Width; x++)
        {
            double ground = Ground(MountainTrack.Leftmost + ((x + 0.5) / Scale));
            raster.FillRectangle(x, ground, 1, Height - ground, Hill);
        }
        double flagX = PixelX(goal), flagY = Ground(goal), carX = PixelX(position), carY = Ground(position);
        raster.FillRectangle(flagX, flagY - 22, 2, 22, Color.Black);
        raster.FillPolygon(stackalloc double[] { flagX + 2, flagY - 22, flagX + 2, flagY - 14, flagX + 12, flagY - 18 }, Flag);

        // Along the slope, whose tangent is 1.35 cos(3 x).
        double slope = 1.35 * PortableMath.Cos(3 * position), length = Math.Sqrt(1 + (slope * slope)), alongX = 9 / length, alongY = -9 * slope / length;
        double middleX = carX + (0.8 * alongY), middleY = carY - (0.8 * alongX);
        raster.DrawLine(middleX - alongX, middleY - alongY, middleX + alongX, middleY + alongY, 7, Car);
        raster.FillDisc(carX - (0.7 * alongX), carY - (0.7 * alongY) - 3, 3, Color.Black);
        raster.FillDisc(carX + (0.7 * alongX), carY + (0.7 * alongY) - 3, 3, Color.Black);
    }

    public static void Write(TextWriter output, string title, double position, double velocity, double goal)
    {
        var canvas = new TextCanvas(61, 9);
        double column = (canvas.Width - 1) / (MountainTrack.Rightmost - MountainTrack.Leftmost);
        for (int x = 0; x < canvas.Width; x++)
            for (int y = Row(MountainTrack.Leftmost + (x / column)); y < canvas.Height; y++) canvas.Put(x, y, '.');
        canvas.Put((int)((goal - MountainTrack.Leftmost) * column), Row(goal) - 1, 'P');
        canvas.Put((int)Math.Round((position - MountainTrack.Leftmost) * column), Row(position) - 1, 'O');
        output.WriteLine(FormattableString.Invariant($"{title}, position {position:0.000}, velocity {velocity:0.0000}"));
        canvas.Write(output);

        int Row(double x) => 1 + (int)((1 - HeightAt(x)) * (canvas.Height - 1));
    }

    /// <summary>The height of the valley, from 0.1 to 1.</summary>
    private static double HeightAt(double position) => (0.45 * PortableMath.Sin(3 * position)) + 0.55;

    private static double PixelX(double position) => (position - MountainTrack.Leftmost) * Scale;

    private static double Ground(double position) => Height - (Scale * HeightAt(position));
}
