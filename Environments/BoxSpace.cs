namespace RLSeq.Environments;

/// <summary>An array of numbers between bounds that are the same for every element.</summary>
public sealed class BoxSpace : Space
{
    private readonly int[] _shape;

    /// <summary>Makes the space.</summary>
    /// <param name="low">The lower bound, which may be minus infinity but not infinity.</param>
    /// <param name="high">
    /// The upper bound, which may be infinity but not minus infinity; not below <paramref name="low"/>. Bounds of bytes are whole numbers from 0 to 255.
    /// </param>
    /// <param name="element">What the elements are.</param>
    /// <param name="shape">The dimensions, each at least 1.</param>
    public BoxSpace(float low, float high, BoxElement element, params int[] shape)
    {
        if (!(low <= high)) throw new ArgumentException($"The bounds of a box need low <= high; given: {low} and {high}.", nameof(low));
        if (float.IsPositiveInfinity(low) || float.IsNegativeInfinity(high))
            throw new ArgumentException($"A box needs a finite number between its bounds, which clipping can give; given: {low} and {high}.", nameof(low));
        if (element == BoxElement.UInt8 && !(low is >= 0 and <= 255 && high is >= 0 and <= 255 && low == (int)low && high == (int)high))
            throw new ArgumentException(FormattableString.Invariant($"The bounds of a box of bytes are whole numbers from 0 to 255; given: {low} and {high}."), nameof(low));
        if (shape.Length == 0 || shape.Any(length => length < 1))
            throw new ArgumentException($"A box needs dimensions of at least 1; given: [{string.Join(", ", shape)}].", nameof(shape));
        (Low, High, Element, _shape) = (low, high, element, [.. shape]);
        Size = shape.Aggregate(1, (product, length) => checked(product * length));
    }

    /// <summary>The lower bound of every element.</summary>
    public float Low { get; }

    /// <summary>The upper bound of every element.</summary>
    public float High { get; }

    /// <summary>What the elements are.</summary>
    public BoxElement Element { get; }

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<int> Shape => _shape;

    /// <inheritdoc/>
    public override int Size { get; }

    /// <inheritdoc/>
    public override int EncodedSize => Size;

    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<float> value)
    {
        if (value.Length != Size) return false;
        foreach (float x in value)
            if (!(x >= Low && x <= High) || (Element == BoxElement.UInt8 && x != (int)x)) return false;
        return true;
    }

    /// <inheritdoc/>
    public override void Sample(ref RandomSource random, Span<float> value)
    {
        bool hasLow = float.IsFinite(Low), hasHigh = float.IsFinite(High);
        for (int i = 0; i < Size; i++)
        {
            value[i] = Element == BoxElement.UInt8 ? Low + random.NextInt((int)(High - Low) + 1)
                : hasLow && hasHigh ? random.NextFloat(Low, High)
                : hasLow ? (float)(Low + Exponential(ref random))
                : hasHigh ? (float)(High - Exponential(ref random))
                : (float)random.NextGaussian();
        }
    }

    private static double Exponential(ref RandomSource random) => -PortableMath.Log(1 - random.NextDouble());

    /// <inheritdoc/>
    public override void Clip(Span<float> value)
    {
        foreach (ref float x in value[..Size]) x = Math.Clamp(x, Low, High);
    }

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<float> value, Span<float> encoded)
    {
        value[..Size].CopyTo(encoded);
        if (Element != BoxElement.UInt8) return;
        foreach (ref float x in encoded[..Size]) x *= 1f / 255f;
    }

    /// <inheritdoc/>
    public override bool Equals(Space? other) =>
        other is BoxSpace space && space.Low == Low && space.High == High && space.Element == Element && space._shape.AsSpan().SequenceEqual(_shape);

    /// <inheritdoc/>
    public override string ToString() =>
        Element == BoxElement.UInt8 ? $"Bytes({string.Join(", ", _shape)})" : FormattableString.Invariant($"Box({Low}, {High}, {string.Join(", ", _shape)})");
}
