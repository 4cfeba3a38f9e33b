namespace RLSeq.Environments;

/// <summary>
/// The set of values that an observation or an action can take. A value is a row of <see cref="Size"/> floats: discrete parts are
/// integers stored as floats, composite spaces lay their parts one after the other.
/// </summary>
/// <remarks>
/// A network sees the <em>encoded</em> value of <see cref="EncodedSize"/> floats: a discrete part as one-hot, a continuous part as it
/// is, bytes divided by 255.
/// </remarks>
public abstract class Space : IEquatable<Space>
{
    /// <summary>The number of floats of one value.</summary>
    public abstract int Size { get; }

    /// <summary>The number of floats of one encoded value.</summary>
    public abstract int EncodedSize { get; }

    /// <summary>The entries of an action mask: the choices of all discrete parts, one after the other; continuous parts have none.</summary>
    public virtual int MaskSize => 0;

    /// <summary>The indivisible parts in order: discrete, multi-discrete or box; a plain space is its own only part.</summary>
    public virtual IReadOnlyList<Space> Parts => [this];

    /// <summary>Whether a value lies in the space.</summary>
    /// <param name="value"><see cref="Size"/> floats; any other length gives false.</param>
    public abstract bool Contains(ReadOnlySpan<float> value);

    /// <summary>
    /// Draws a value uniformly. Numbers without bounds are standard normal; from a single bound they keep a distance that is exponential
    /// with mean 1, as in Gymnasium.
    /// </summary>
    /// <param name="random">The generator; advanced.</param>
    /// <param name="value">Receives <see cref="Size"/> floats.</param>
    public abstract void Sample(ref RandomSource random, Span<float> value);

    /// <summary>Moves continuous elements that lie beyond the bounds of their box to the nearest bound; discrete ones are left as they are.</summary>
    /// <param name="value"><see cref="Size"/> floats; NaN stays NaN.</param>
    public virtual void Clip(Span<float> value)
    {
    }

    /// <summary>Encodes a value for a network.</summary>
    /// <param name="value"><see cref="Size"/> floats, in the space.</param>
    /// <param name="encoded">Receives <see cref="EncodedSize"/> floats.</param>
    public abstract void Encode(ReadOnlySpan<float> value, Span<float> encoded);

    /// <summary>The integers 0 to <paramref name="count"/> - 1.</summary>
    /// <param name="count">The number of values, at least 1.</param>
    public static DiscreteSpace Discrete(int count) => new(count);

    /// <summary>Several integers, each with its own number of values.</summary>
    /// <param name="counts">The number of values of each component, each at least 1.</param>
    public static MultiDiscreteSpace MultiDiscrete(params int[] counts) => new(counts);

    /// <summary>An array of real numbers with the same bounds for each.</summary>
    /// <param name="low">The lower bound, which may be minus infinity.</param>
    /// <param name="high">The upper bound, which may be infinity.</param>
    /// <param name="shape">The dimensions.</param>
    public static BoxSpace Box(float low, float high, params int[] shape) => new(low, high, BoxElement.Float32, shape);

    /// <summary>An image or another array of bytes.</summary>
    /// <param name="shape">The dimensions, such as height, width, channels.</param>
    public static BoxSpace Bytes(params int[] shape) => new(0, 255, BoxElement.UInt8, shape);

    /// <summary>Several spaces one after the other.</summary>
    /// <param name="parts">The parts, in order.</param>
    public static TupleSpace Tuple(params Space[] parts) => new(parts);

    /// <inheritdoc/>
    public abstract bool Equals(Space? other);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as Space);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(GetType(), Size, EncodedSize);

    /// <summary>Shows the space as the factory methods write it.</summary>
    public abstract override string ToString();
}
