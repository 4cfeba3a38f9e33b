namespace RLSeq.Environments.Suite;

/// <summary>How POPGym scales a pendulum's cost, so that an episode's return lies in [-1, 1].</summary>
/// <param name="length">T, the steps of an episode.</param>
internal readonly struct PendulumReward(int length)
{
    // Half of the largest cost: pi^2 + 0.1 * 8^2 + 0.001 * 2^2.
    private const double Middle = 16.2736044 / 2;
    private readonly double _scale = 1 / (Middle * length);

    /// <summary>(B - cost)/(B T), where B is half of the largest cost.</summary>
    public float Of(double cost) => (float)((Middle - cost) * _scale);
}
