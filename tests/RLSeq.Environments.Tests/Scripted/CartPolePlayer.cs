namespace RLSeq.Environments.Tests;

/// <summary>
/// Follows a cart-pole with a Kalman filter, and pushes to the side that the pole falls to. The filter's model is the cart-pole's own for
/// the state, and the one linearised about upright for the uncertainty.
/// </summary>
/// <param name="sigma">The standard deviation of the noise on position and angle.</param>
internal sealed class CartPolePlayer(double sigma) : ScriptedPlayer
{
    private const double Tau = 0.02, StartVariance = 0.05 * 0.05 / 3, ModelVariance = 1e-5;
    private const double Fall = 9.8 / (0.5 * ((4.0 / 3) - (0.1 / 1.1)));

    private static readonly double[,] Model =
    {
        { 1, Tau, 0, 0 },
        { 0, 1, -Tau * 0.05 * Fall / 1.1, 0 },
        { 0, 0, 1, Tau },
        { 0, 0, Tau * Fall, 1 },
    };

    private double[] _state = new double[4];
    private double[,] _variance = new double[4, 4];
    private bool _right;

    public override void Begin(ReadOnlySpan<float> observation)
    {
        _state = new double[4];
        _variance = new double[4, 4];
        for (int i = 0; i < 4; i++) _variance[i, i] = StartVariance;
        Correct(observation);
    }

    public override void Act(ref RandomSource random, Span<float> action)
    {
        _right = (2 * _state[2]) + _state[3] + (0.1 * _state[0]) + (0.3 * _state[1]) > 0;
        action[0] = _right ? 1 : 0;
    }

    public override void See(ReadOnlySpan<float> observation)
    {
        Push();
        _variance = Multiply(Multiply(Model, _variance, transposed: false), Model, transposed: true);
        for (int i = 0; i < 4; i++) _variance[i, i] += ModelVariance;
        Correct(observation);
    }

    private void Push()
    {
        (double x, double v, double a, double w) = (_state[0], _state[1], _state[2], _state[3]);
        double cos = Math.Cos(a), sin = Math.Sin(a), push = ((_right ? 10 : -10) + (0.05 * w * w * sin)) / 1.1;
        double turn = ((9.8 * sin) - (cos * push)) / (0.5 * ((4.0 / 3) - (0.1 * cos * cos / 1.1)));
        _state = [x + (Tau * v), v + (Tau * (push - (0.05 * turn * cos / 1.1))), a + (Tau * w), w + (Tau * turn)];
    }

    private void Correct(ReadOnlySpan<float> observation)
    {
        double noise = sigma * sigma, byPosition = observation[0] - _state[0], byAngle = observation[1] - _state[2];
        double[,] p = _variance;
        double aa = p[0, 0] + noise, ab = p[0, 2], bb = p[2, 2] + noise, determinant = (aa * bb) - (ab * ab);
        var corrected = new double[4, 4];
        for (int i = 0; i < 4; i++)
        {
            double position = ((p[i, 0] * bb) - (p[i, 2] * ab)) / determinant, angle = ((p[i, 2] * aa) - (p[i, 0] * ab)) / determinant;
            _state[i] += (position * byPosition) + (angle * byAngle);
            for (int j = 0; j < 4; j++) corrected[i, j] = p[i, j] - (position * p[0, j]) - (angle * p[2, j]);
        }
        _variance = corrected;
    }

    private static double[,] Multiply(double[,] a, double[,] b, bool transposed)
    {
        var product = new double[4, 4];
        for (int i = 0; i < 4; i++)
            for (int j = 0; j < 4; j++)
                for (int k = 0; k < 4; k++) product[i, j] += a[i, k] * (transposed ? b[j, k] : b[k, j]);
        return product;
    }
}

/// <summary>Adds up the velocities of a cart-pole to its position and angle, from where the reset showed that it stood.</summary>
internal sealed class CartPoleIntegrator : ScriptedPlayer
{
    private const double Tau = 0.02;
    private double _position, _angle;
    private float _velocity, _angularVelocity;

    public override void Begin(ReadOnlySpan<float> observation) =>
        (_position, _angle, _velocity, _angularVelocity) = (observation[0], observation[1], 0, 0);

    public override void Act(ref RandomSource random, Span<float> action) =>
        action[0] = (2 * _angle) + _angularVelocity + (0.1 * _position) + (0.3 * _velocity) > 0 ? 1 : 0;

    public override void See(ReadOnlySpan<float> observation)
    {
        _position += Tau * _velocity;
        _angle += Tau * _angularVelocity;
        (_velocity, _angularVelocity) = (observation[0], observation[1]);
    }
}
