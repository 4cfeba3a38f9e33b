using MessagePack;

namespace RLSeq.Environments.Suite;

/// <summary>
/// A rod that hangs from one end, turned by a torque too weak to lift it at once: Gymnasium's Pendulum, integrated by its semi-implicit
/// Euler steps in double precision.
/// </summary>
internal struct PendulumBody
{
    /// <summary>The bounds of the torque in newton metres and of the speed in radians per second.</summary>
    public const float TorqueBound = 2, SpeedBound = 8;

    private const double Gravity = 10, Mass = 1, Length = 1, Tau = 0.05;

    /// <summary>The angle from upright in radians, not reduced, and its speed in radians per second.</summary>
    public double Angle, Speed;

    /// <summary>The torque of the latest step, which pictures show; the next step does not depend on it.</summary>
    public double Torque;

    /// <summary>A state with the angle uniform in [-pi, pi) and the speed in [-1, 1).</summary>
    public static PendulumBody Draw(ref RandomSource random) => new()
    {
        Angle = Math.PI * ((2 * random.NextDouble()) - 1),
        Speed = (2 * random.NextDouble()) - 1,
    };

    /// <summary>The space of the torque.</summary>
    public static BoxSpace TorqueSpace() => Space.Box(-TorqueBound, TorqueBound, 1);

    /// <summary>The space of what <see cref="Observe"/> writes.</summary>
    public static TupleSpace FullSpace() => Space.Tuple(Space.Box(-1, 1, 2), Space.Box(-SpeedBound, SpeedBound, 1));

    /// <summary>Advances by one time step, and gives its cost: angle^2 + 0.1 speed^2 + 0.001 torque^2 of the state before it.</summary>
    /// <param name="torque">Clipped to its bounds.</param>
    public double Turn(double torque)
    {
        double u = Math.Clamp(torque, -TorqueBound, TorqueBound), angle = Reduced();
        double cost = (angle * angle) + (0.1 * Speed * Speed) + (0.001 * u * u);
        double acceleration = (3 * Gravity / (2 * Length) * PortableMath.Sin(Angle)) + (3 / (Mass * Length * Length) * u);
        Torque = u;
        Speed = Math.Clamp(Speed + (Tau * acceleration), -SpeedBound, SpeedBound);
        Angle += Tau * Speed;
        return cost;
    }

    /// <summary>The angle in [-pi, pi).</summary>
    public readonly double Reduced()
    {
        double turned = (Angle + Math.PI) % (2 * Math.PI);
        return (turned < 0 ? turned + (2 * Math.PI) : turned) - Math.PI;
    }

    /// <summary>Writes cosine, sine and speed.</summary>
    public readonly void Observe(Span<float> observation)
    {
        observation[2] = (float)Speed;
        ObservePosition(observation);
    }

    /// <summary>Writes cosine and sine.</summary>
    public readonly void ObservePosition(Span<float> observation)
    {
        observation[1] = (float)PortableMath.Sin(Angle);
        observation[0] = (float)PortableMath.Cos(Angle);
    }

    /// <summary>Saves angle, speed and torque.</summary>
    public readonly void Save(ref MessagePackWriter writer)
    {
        writer.WriteArrayHeader(3);
        writer.Write(Angle);
        writer.Write(Speed);
        writer.Write(Torque);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public static PendulumBody Restore(ref MessagePackReader reader)
    {
        SavedData.ExpectArray(ref reader, 3, "a pendulum");
        return new()
        {
            Angle = SavedData.ReadFinite(ref reader, "a pendulum"),
            Speed = Math.Clamp(SavedData.ReadFinite(ref reader, "a pendulum"), -SpeedBound, SpeedBound),
            Torque = Math.Clamp(SavedData.ReadFinite(ref reader, "a pendulum"), -TorqueBound, TorqueBound),
        };
    }
}
