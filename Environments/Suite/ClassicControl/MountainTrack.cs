using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// The valley of both mountain cars (Moore 1990): its height is proportional to sin(3 x), so gravity pushes with -0.0025 cos(3 x). A
/// wall ends it on the left.
/// </summary>
internal static class MountainTrack
{
    public const double Leftmost = -1.2, Rightmost = 0.6, Fastest = 0.07;
    private const double Gravity = 0.0025;

    /// <summary>Position and velocity.</summary>
    public static Space Observations => Space.Tuple(Space.Box((float)Leftmost, (float)Rightmost, 1), Space.Box(-(float)Fastest, (float)Fastest, 1));

    /// <summary>Near the bottom, uniform in [-0.6, -0.4).</summary>
    public static double DrawPosition(ref RandomSource random) => -0.6 + (0.2 * random.NextDouble());

    /// <summary>Advances by one step with a push, in units of speed.</summary>
    public static void Roll(ref double position, ref double velocity, double push)
    {
        velocity = Math.Clamp(velocity + push - (Gravity * PortableMath.Cos(3 * position)), -Fastest, Fastest);
        position = Math.Clamp(position + velocity, Leftmost, Rightmost);
        if (position == Leftmost && velocity < 0) velocity = 0;
    }

    public static void Observe(double position, double velocity, Span<float> observation)
    {
        observation[1] = (float)velocity;
        observation[0] = (float)position;
    }

    public static void Save(ref MessagePackWriter writer, double position, double velocity)
    {
        writer.WriteArrayHeader(2);
        writer.Write(position);
        writer.Write(velocity);
    }

    // The bounds are those of floats, to which one of the cars rounds.
    public static (double Position, double Velocity) Restore(ref MessagePackReader reader, string name)
    {
        SavedData.ExpectArray(ref reader, 2, name);
        return (SavedNumbers.ReadReal(ref reader, (float)Leftmost, (float)Rightmost, name), SavedNumbers.ReadReal(ref reader, -(float)Fastest, (float)Fastest, name));
    }
}
