using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>Draws a pendulum, and the torque on it as a bar below.</summary>
internal static class PendulumPicture
{
    public const int Size = 160;
    private const double Length = 60;
    private static readonly Color Rod = new(190, 80, 80), Torque = new(60, 110, 180);

    /// <summary>Draws the rod, its angle counter-clockwise as in Gymnasium, and the torque that turned it last.</summary>
    /// <param name="raster">An image of <see cref="Size"/> x <see cref="Size"/> pixels.</param>
    /// <param name="body">The pendulum.</param>
    public static void Draw(Raster raster, PendulumBody body)
    {
        const double Middle = Size / 2.0;
        raster.Clear(Color.White);
        raster.DrawLine(Middle, Middle, Middle - (Length * PortableMath.Sin(body.Angle)), Middle - (Length * PortableMath.Cos(body.Angle)), 12, Rod);
        raster.FillDisc(Middle, Middle, 4, Color.Black);
        double bar = body.Torque / PendulumBody.TorqueBound * Length;
        raster.FillRectangle(Middle - Math.Max(bar, 0), Size - 8, Math.Abs(bar), 6, Torque); // a positive torque turns to the left
        raster.FillRectangle(Middle - 0.5, Size - 10, 1, 10, Color.Black);
    }
}
