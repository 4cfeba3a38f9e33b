using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>Draws a cart-pole.</summary>
internal static class CartPolePicture
{
    public const int Width = 240, Height = 100;
    private const double Scale = Width / 4.8, Axle = 76, PoleLength = 1.0;
    private static readonly Color Cart = new(50, 50, 60), Pole = new(200, 150, 100), Hinge = new(130, 130, 200);

    /// <summary>Draws the 4.8 m of the track; the cart fails at the edges.</summary>
    public static void Draw(Raster raster, CartPoleBody body)
    {
        double x = (Width / 2.0) + (Scale * body.Position);
        raster.Clear(Color.White);
        raster.FillRectangle(0, Axle + 8, Width, 1, Color.Black);
        raster.FillRectangle(x - 12, Axle - 6, 24, 14, Cart);
        raster.DrawLine(x, Axle, x + (Scale * PoleLength * PortableMath.Sin(body.Angle)), Axle - (Scale * PoleLength * PortableMath.Cos(body.Angle)), 5, Pole);
        raster.FillDisc(x, Axle, 2.5, Hinge);
    }
}
