using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// Two links that hang from a hinge, with a motor between them: the equations of Sutton and Barto's book (1998), as Gymnasium's Acrobot
/// integrates them, by one fourth-order Runge-Kutta step of 0.2 s in double precision.
/// </summary>
internal struct AcrobotBody
{
    public const double FastestFirst = 4 * Math.PI, FastestSecond = 9 * Math.PI;
    private const double Gravity = 9.8, Mass = 1, Length = 1, CentreOfMass = 0.5, Moment = 1, TimeStep = 0.2;

    /// <summary>The first link's angle from hanging down, the second one's from the first, in radians.</summary>
    public double Angle1, Angle2;

    /// <summary>Their speeds in radians per second.</summary>
    public double Velocity1, Velocity2;

    /// <summary>Whether the tip is more than the length of a link above the hinge.</summary>
    public readonly bool IsUp => -PortableMath.Cos(Angle1) - PortableMath.Cos(Angle2 + Angle1) > 1;

    /// <summary>Nearly at rest, each number uniform in [-0.1, 0.1), rounded to a float as in Gymnasium.</summary>
    public static AcrobotBody Draw(ref RandomSource random) => new()
    {
        Angle1 = DrawNumber(ref random),
        Angle2 = DrawNumber(ref random),
        Velocity1 = DrawNumber(ref random),
        Velocity2 = DrawNumber(ref random),
    };

    /// <summary>Advances by one time step with a constant torque between the links, in newton metres.</summary>
    public void Turn(double torque)
    {
        AcrobotBody k1 = Derivative(this, torque);
        AcrobotBody k2 = Derivative(Plus(k1, TimeStep / 2), torque);
        AcrobotBody k3 = Derivative(Plus(k2, TimeStep / 2), torque);
        AcrobotBody k4 = Derivative(Plus(k3, TimeStep), torque);
        const double Sixth = TimeStep / 6.0;
        Angle1 = Wrap(Angle1 + (Sixth * (k1.Angle1 + (2 * k2.Angle1) + (2 * k3.Angle1) + k4.Angle1)));
        Angle2 = Wrap(Angle2 + (Sixth * (k1.Angle2 + (2 * k2.Angle2) + (2 * k3.Angle2) + k4.Angle2)));
        Velocity1 = Math.Clamp(Velocity1 + (Sixth * (k1.Velocity1 + (2 * k2.Velocity1) + (2 * k3.Velocity1) + k4.Velocity1)), -FastestFirst, FastestFirst);
        Velocity2 = Math.Clamp(Velocity2 + (Sixth * (k1.Velocity2 + (2 * k2.Velocity2) + (2 * k3.Velocity2) + k4.Velocity2)), -FastestSecond, FastestSecond);
    }

    /// <summary>Writes the four numbers.</summary>
    public readonly void Save(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(4);
        writer.Write(Angle1);
        writer.Write(Angle2);
        writer.Write(Velocity1);
        writer.Write(Velocity2);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static AcrobotBody Restore(ref MessagePackReader reader)
    {
        const string What = "acrobot";
        SavedData.ExpectArray(ref reader, 4, What);
        return new()
        {
            Angle1 = SavedNumbers.ReadReal(ref reader, -Math.PI, Math.PI, What),
            Angle2 = SavedNumbers.ReadReal(ref reader, -Math.PI, Math.PI, What),
            Velocity1 = SavedNumbers.ReadReal(ref reader, -FastestFirst, FastestFirst, What),
            Velocity2 = SavedNumbers.ReadReal(ref reader, -FastestSecond, FastestSecond, What),
        };
    }

    private readonly AcrobotBody Plus(AcrobotBody slope, double time) => new()
    {
        Angle1 = Angle1 + (time * slope.Angle1),
        Angle2 = Angle2 + (time * slope.Angle2),
        Velocity1 = Velocity1 + (time * slope.Velocity1),
        Velocity2 = Velocity2 + (time * slope.Velocity2),
    };

    /// <summary>How fast each number changes.</summary>
    private static AcrobotBody Derivative(AcrobotBody s, double torque)
    {
        double cos2 = PortableMath.Cos(s.Angle2), sin2 = PortableMath.Sin(s.Angle2);
        double d1 = (Mass * CentreOfMass * CentreOfMass)
            + (Mass * ((Length * Length) + (CentreOfMass * CentreOfMass) + (2 * Length * CentreOfMass * cos2))) + Moment + Moment;
        double d2 = (Mass * ((CentreOfMass * CentreOfMass) + (Length * CentreOfMass * cos2))) + Moment;
        double phi2 = Mass * CentreOfMass * Gravity * PortableMath.Cos(s.Angle1 + s.Angle2 - (Math.PI / 2));
        double phi1 = (-Mass * Length * CentreOfMass * s.Velocity2 * s.Velocity2 * sin2)
            - (2 * Mass * Length * CentreOfMass * s.Velocity2 * s.Velocity1 * sin2)
            + (((Mass * CentreOfMass) + (Mass * Length)) * Gravity * PortableMath.Cos(s.Angle1 - (Math.PI / 2))) + phi2;
        double acceleration2 = (torque + (d2 / d1 * phi1) - (Mass * Length * CentreOfMass * s.Velocity1 * s.Velocity1 * sin2) - phi2)
            / ((Mass * CentreOfMass * CentreOfMass) + Moment - (d2 * d2 / d1));
        return new()
        {
            Angle1 = s.Velocity1,
            Angle2 = s.Velocity2,
            Velocity1 = -((d2 * acceleration2) + phi1) / d1,
            Velocity2 = acceleration2,
        };
    }

    private static double Wrap(double angle)
    {
        while (angle > Math.PI) angle -= 2 * Math.PI;
        while (angle < -Math.PI) angle += 2 * Math.PI;
        return angle;
    }

    private static double DrawNumber(ref RandomSource random) => (float)(-0.1 + (0.2 * random.NextDouble()));
}
