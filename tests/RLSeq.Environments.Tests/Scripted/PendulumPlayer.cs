namespace RLSeq.Environments.Tests;

/// <summary>
/// Follows a pendulum with a model of it, corrected by what is seen, and swings it up by its energy; near the top it pulls it to the middle.
/// </summary>
/// <param name="corrections">How much of the difference between seen and expected angle goes to the angle and to the speed.</param>
internal sealed class PendulumPlayer((double Angle, double Speed) corrections) : ScriptedPlayer
{
    private const double Tau = 0.05;
    private double _angle, _speed, _torque;

    public override void Begin(ReadOnlySpan<float> observation) => (_angle, _speed) = (Math.Atan2(observation[1], observation[0]), 0);

    public override void Act(ref RandomSource random, Span<float> action)
    {
        // Upright and at rest the energy is 15; a torque along the speed adds to it.
        double missing = 15 - ((0.5 * _speed * _speed) + (15 * Math.Cos(_angle)));
        double torque = Math.Cos(_angle) > 0.7 && Math.Abs(_speed) < 6
            ? -((12 * Math.Sin(_angle)) + (2.5 * _speed))
            : 0.3 * missing * (_speed == 0 ? 1e-3 : _speed);
        action[0] = (float)(_torque = Math.Clamp(torque, -2, 2));
    }

    public override void See(ReadOnlySpan<float> observation)
    {
        _speed = Math.Clamp(_speed + (Tau * ((15 * Math.Sin(_angle)) + (3 * _torque))), -8, 8);
        _angle += Tau * _speed;
        double difference = Math.IEEERemainder(Math.Atan2(observation[1], observation[0]) - _angle, 2 * Math.PI);
        _angle += corrections.Angle * difference;
        _speed += corrections.Speed * difference;
    }
}
