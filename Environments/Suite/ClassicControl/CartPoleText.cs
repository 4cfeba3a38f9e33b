using System.Globalization;

namespace RLSeq.Environments.Suite;

/// <summary>Draws a cart-pole.</summary>
internal static class CartPoleText
{
    private const int HalfWidth = 24, Height = 5;

    public static void Render(TextWriter output, string name, CartPoleBody body, int steps)
    {
        output.WriteLine(string.Format(
            CultureInfo.InvariantCulture, "{0}: step {1}, x {2:+0.00;-0.00}, angle {3:+0.0;-0.0} degrees", name, steps, body.Position, body.Angle * 180 / Math.PI));
        int cart = (int)Math.Round(Math.Clamp(body.Position / 2.4, -1, 1) * HalfWidth) + HalfWidth;
        for (int row = Height; row >= 1; row--)
        {
            // Leaning is drawn four times as strong as it is; the pole falls at 12 degrees.
            int column = Math.Clamp(cart + (int)Math.Round(4 * row * PortableMath.Sin(body.Angle)), 0, 2 * HalfWidth);
            output.WriteLine(new string(' ', column) + (body.Angle > 0.05 ? '/' : body.Angle < -0.05 ? '\\' : '|'));
        }
        output.WriteLine(new string('-', cart) + "#" + new string('-', (2 * HalfWidth) - cart));
    }
}
