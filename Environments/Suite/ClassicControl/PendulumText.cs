using System.Globalization;

namespace RLSeq.Environments.Suite;

/// <summary>Draws a pendulum.</summary>
internal static class PendulumText
{
    private const int Radius = 5, Points = 10;

    public static void Render(TextWriter output, string name, PendulumBody body, int steps)
    {
        output.WriteLine(string.Format(
            CultureInfo.InvariantCulture, "{0}: step {1}, {2:+0;-0} degrees from upright, speed {3:+0.00;-0.00}", name, steps, body.Reduced() * 180 / Math.PI, body.Speed));
        char[][] lines = [.. Enumerable.Range(0, (2 * Radius) + 1).Select(_ => new string(' ', (4 * Radius) + 1).ToCharArray())];

        // A letter is about twice as high as wide. A positive angle turns to the left, as in the original.
        double cos = PortableMath.Cos(body.Angle), sin = PortableMath.Sin(body.Angle);
        for (int i = 1; i <= Points; i++)
        {
            double length = (double)Radius * i / Points;
            lines[Radius - (int)Math.Round(length * cos)][(2 * Radius) - (int)Math.Round(2 * length * sin)] = i == Points ? 'O' : '*';
        }
        lines[Radius][2 * Radius] = '+';
        foreach (char[] line in lines) output.WriteLine(new string(line).TrimEnd());
    }
}
