using MessagePack;

namespace RLSeq.Environments;

/// <summary>
/// Adds Gaussian noise to every real number of the observation and clips the sum to the bounds of its box. Discrete parts and bytes stay
/// as they are. The noise has a generator of its own, derived from the episode's seed, so the task's own draws do not change; noise on top
/// of noise is independent of it.
/// </summary>
public sealed class NoiseObservation : Wrapper
{
    /// <summary>Keeps the noise apart from what the environment derives from the same seed.</summary>
    private const ulong Stream = 0x6E6F697365; // "noise"

    private readonly ulong _stream;
    private readonly float _sigma;
    private readonly RealNumber[] _numbers;
    private RandomSource _random;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    /// <param name="sigma">The standard deviation of the noise, above 0.</param>
    /// <exception cref="ArgumentException">The deviation is no positive number, or the observation has no real numbers.</exception>
    public NoiseObservation(IEnvironment inner, float sigma) : base(inner)
    {
        if (!(sigma > 0) || !float.IsFinite(sigma)) throw new ArgumentException($"the noise needs a standard deviation above 0; given: {sigma}.", nameof(sigma));
        (_sigma, _numbers) = (sigma, [.. RealNumber.Of(inner.ObservationSpace)]);
        if (_numbers.Length == 0) throw new ArgumentException($"the observation {inner.ObservationSpace} has no real numbers to add noise to.", nameof(inner));

        // The same draws once more would not add another noise but make the first one larger.
        _stream = Stream;
        for (IEnvironment inside = inner; inside is Wrapper wrapper; inside = wrapper.Inner)
            if (wrapper is NoiseObservation) _stream++;
    }

    /// <inheritdoc/>
    protected override void OnReset(ulong seed, Span<float> observation)
    {
        _random = new RandomSource(RandomSource.Derive(seed, _stream));
        Inner.Reset(seed, observation);
        Disturb(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        StepResult result = Inner.Step(action, observation);
        Disturb(observation);
        return result;
    }

    /// <inheritdoc/>
    protected override void OnSave(ref MessagePackWriter writer) => SavedRandom.Write(ref writer, _random);

    /// <inheritdoc/>
    protected override void OnRestore(ref MessagePackReader reader) => _random = SavedRandom.Read(ref reader);

    private void Disturb(Span<float> observation)
    {
        foreach ((int element, float low, float high) in _numbers)
            observation[element] = Math.Clamp(observation[element] + (_sigma * (float)_random.NextGaussian()), low, high);
    }
}
