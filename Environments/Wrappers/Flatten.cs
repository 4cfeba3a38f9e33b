namespace RLSeq.Environments;

/// <summary>
/// Makes one box of any observation: discrete parts one-hot, bytes divided by 255, real numbers as they are; what a network sees
/// (<see cref="Space.Encode"/>). For code that takes nothing but vectors; the library's own encoders do it themselves.
/// </summary>
public sealed class Flatten : Wrapper
{
    private readonly float[] _composite;
    private readonly DiscreteElements _discrete;

    /// <summary>Wraps an environment.</summary>
    /// <param name="inner">The environment.</param>
    public Flatten(IEnvironment inner) : base(inner, Flat(inner.ObservationSpace))
    {
        _composite = new float[inner.ObservationSpace.Size];
        _discrete = new DiscreteElements(inner.ObservationSpace);
    }

    /// <inheritdoc/>
    protected override void OnReset(ulong seed, Span<float> observation)
    {
        Inner.Reset(seed, _composite);
        Encode(observation);
    }

    /// <inheritdoc/>
    protected override StepResult OnStep(ReadOnlySpan<float> action, Span<float> observation)
    {
        StepResult result = Inner.Step(action, _composite);
        Encode(observation);
        return result;
    }

    private void Encode(Span<float> observation)
    {
        _discrete.Check(_composite); // a discrete element is an index of what is written
        Inner.ObservationSpace.Encode(_composite, observation);
    }

    private static BoxSpace Flat(Space space)
    {
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (Space part in space.Parts)
        {
            (float partLow, float partHigh) = part is BoxSpace { Element: BoxElement.Float32 } box ? (box.Low, box.High) : (0, 1);
            (low, high) = (Math.Min(low, partLow), Math.Max(high, partHigh));
        }
        return Space.Box(low, high, space.EncodedSize);
    }
}
