using MessagePack;

namespace RLSeq.Environments;

/// <summary>
/// Smooths every real number of the observation exponentially, the oldest of filters: <c>y_t = α·x_t + (1 − α)·y_(t−1)</c>, and
/// <c>y_0 = x_0</c> at the beginning of an episode. Discrete parts and bytes stay as they are.
/// </summary>
public sealed class SmoothObservation : Wrapper
{
    private readonly float _alpha;
    private readonly RealNumber[] _numbers;
    private readonly float[] _smooth; // y, by number

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="alpha">α, above 0 and at most 1: the weight of the newest observation; 1 smooths nothing.</param>
    /// <exception cref="ArgumentException">The weight is out of range, or the observation has no real numbers.</exception>
    public SmoothObservation(IEnvironment inner, float alpha) : base(inner)
    {
        if (!(alpha > 0 && alpha <= 1)) throw new ArgumentException($"the weight of the newest observation is above 0 and at most 1; given: {alpha}.", nameof(alpha));
        (_alpha, _numbers) = (alpha, [.. RealNumber.Of(inner.ObservationSpace)]);
        if (_numbers.Length == 0) throw new ArgumentException($"the observation {inner.ObservationSpace} has no real numbers to smooth.", nameof(inner));
        _smooth = new float[_numbers.Length];
    }

    /// <inheritdoc/>
    protected override void OnReset(ulong seed, Span<float> observation)
    {
        Inner.Reset(seed, observation);
        for (int i = 0; i < _numbers.Length; i++) _smooth[i] = observation[_numbers[i].Element];
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        StepResult result = Inner.Step(action, observation);
        for (int i = 0; i < _numbers.Length; i++)
        {
            (int element, float low, float high) = _numbers[i];
            // Between two numbers of the box, but for rounding.
            observation[element] = _smooth[i] = Math.Clamp((_alpha * observation[element]) + ((1 - _alpha) * _smooth[i]), low, high);
        }
        return result;
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => MessagePackFloats.WriteFloats(ref writer, _smooth);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => MessagePackFloats.ReadFloats(ref reader, _smooth);
}
