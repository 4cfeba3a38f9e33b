using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// A pole on a cart that is pushed to the left or right with a fixed force: the equations of Barto, Sutton and Anderson (1983) as
/// Gymnasium's CartPole integrates them, by explicit Euler in double precision.
/// </summary>
internal struct CartPoleBody
{
    private const double Gravity = 9.8;
    private const double PoleMass = 0.1;
    private const double TotalMass = 1.0 + PoleMass;
    private const double HalfLength = 0.5;
    private const double PoleMoment = PoleMass * HalfLength;
    private const double Force = 10;
    private const double Tau = 0.02;
    private const double PositionLimit = 2.4;
    private const double AngleLimit = 12 * 2 * Math.PI / 360;

    /// <summary>The cart's place in metres and speed in metres per second.</summary>
    public double Position, Velocity;

    /// <summary>The pole's angle from upright in radians and its speed in radians per second.</summary>
    public double Angle, AngularVelocity;

    /// <summary>Whether the cart left the track or the pole leans too far.</summary>
    public readonly bool HasFailed => Math.Abs(Position) > PositionLimit || Math.Abs(Angle) > AngleLimit;

    /// <summary>The space of what <see cref="Observe"/> writes.</summary>
    public static BoxSpace FullSpace() => Space.Box(float.NegativeInfinity, float.PositiveInfinity, 4);

    /// <summary>A state near the middle, each number uniform in [-0.05, 0.05).</summary>
    public static CartPoleBody Draw(ref RandomSource random) => new()
    {
        Position = DrawNumber(ref random),
        Velocity = DrawNumber(ref random),
        Angle = DrawNumber(ref random),
        AngularVelocity = DrawNumber(ref random),
    };

    /// <summary>Advances by one time step with a push to the right or to the left.</summary>
    public void Push(bool right)
    {
        double sin = PortableMath.Sin(Angle), cos = PortableMath.Cos(Angle);
        double push = ((right ? Force : -Force) + (PoleMoment * AngularVelocity * AngularVelocity * sin)) / TotalMass;
        double angularAcceleration = ((Gravity * sin) - (cos * push)) / (HalfLength * ((4.0 / 3) - (PoleMass * cos * cos / TotalMass)));
        double acceleration = push - (PoleMoment * angularAcceleration * cos / TotalMass);
        Position += Tau * Velocity;
        Velocity += Tau * acceleration;
        Angle += Tau * AngularVelocity;
        AngularVelocity += Tau * angularAcceleration;
    }

    /// <summary>Writes position, velocity, angle and angular velocity, as Gymnasium orders them.</summary>
    public readonly void Observe(Span<float> observation)
    {
        observation[3] = (float)AngularVelocity;
        observation[2] = (float)Angle;
        observation[1] = (float)Velocity;
        observation[0] = (float)Position;
    }

    /// <summary>Writes position and angle.</summary>
    public readonly void ObservePositions(Span<float> observation)
    {
        observation[1] = (float)Angle;
        observation[0] = (float)Position;
    }

    /// <summary>Saves the four numbers.</summary>
    public readonly void Save(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(4);
        writer.Write(Position);
        writer.Write(Velocity);
        writer.Write(Angle);
        writer.Write(AngularVelocity);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static CartPoleBody Restore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 4, "cart-pole");
        return new()
        {
            Position = SavedData.ReadFinite(ref reader, "cart-pole"),
            Velocity = SavedData.ReadFinite(ref reader, "cart-pole"),
            Angle = SavedData.ReadFinite(ref reader, "cart-pole"),
            AngularVelocity = SavedData.ReadFinite(ref reader, "cart-pole"),
        };
    }

    private static double DrawNumber(ref RandomSource random) => -0.05 + (0.1 * random.NextDouble());
}
