using RLSeq.Environments.Drawing;

namespace RLSeq.Environments.Suite;

/// <summary>Draws an acrobot, with the line that its tip must pass.</summary>
internal static class AcrobotPicture
{
    public const int Size = 160;
    private const double Reach = 2.2; // of the picture, in metres from the hinge
    private static readonly Color Link = new(0, 160, 160), Joint = new(204, 150, 0);

    public static void Draw(Raster raster, AcrobotBody body)
    {
        const double Scale = Size / (2 * Reach), Middle = Size / 2.0;
        (double x1, double y1, double x2, double y2) = Joints(body);
        raster.Clear(Color.White);
        raster.FillRectangle(0, Middle - Scale - 1, Size, 2, Color.Gray(120));
        raster.DrawLine(Middle, Middle, Middle + (Scale * x1), Middle + (Scale * y1), 0.2 * Scale, Link);
        raster.DrawLine(Middle + (Scale * x1), Middle + (Scale * y1), Middle + (Scale * x2), Middle + (Scale * y2), 0.2 * Scale, Link);
        raster.FillDisc(Middle, Middle, 0.12 * Scale, Joint);
        raster.FillDisc(Middle + (Scale * x1), Middle + (Scale * y1), 0.12 * Scale, Joint);
    }

    public static void Write(TextWriter output, string title, AcrobotBody body)
    {
        // A letter is about twice as high as wide.
        const double Rows = 3, Columns = 6;
        var canvas = new TextCanvas((int)(2 * Reach * Columns), (int)(2 * Reach * Rows));
        double middleX = canvas.Width / 2.0, middleY = canvas.Height / 2.0;
        (double x1, double y1, double x2, double y2) = Joints(body);
        canvas.Line(0, middleY - Rows, canvas.Width, middleY - Rows, '-');
        canvas.Line(middleX, middleY, middleX + (Columns * x1), middleY + (Rows * y1), '#');
        canvas.Line(middleX + (Columns * x1), middleY + (Rows * y1), middleX + (Columns * x2), middleY + (Rows * y2), '*');
        canvas.Put((int)middleX, (int)middleY, 'O');
        output.WriteLine(FormattableString.Invariant(
            $"{title}, angles {body.Angle1 * 180 / Math.PI:0} and {body.Angle2 * 180 / Math.PI:0} degrees, {body.Velocity1:0.00} and {body.Velocity2:0.00} rad/s"));
        canvas.Write(output);
    }

    /// <summary>Where the middle joint and the tip are, from the hinge, in metres, y downwards.</summary>
    private static (double X1, double Y1, double X2, double Y2) Joints(AcrobotBody body)
    {
        double both = body.Angle1 + body.Angle2, x = PortableMath.Sin(body.Angle1), y = PortableMath.Cos(body.Angle1);
        return (x, y, x + PortableMath.Sin(both), y + PortableMath.Cos(both));
    }
}
