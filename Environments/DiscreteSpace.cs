namespace RLSeq.Environments;

/// <summary>The integers 0 to <see cref="Count"/> - 1, stored as one float.</summary>
public sealed class DiscreteSpace : Space
{
    /// <summary>Makes the space of <paramref name="count"/> values.</summary>
    /// <param name="count">The number of values, 1 to 2^24 (what a float holds exactly).</param>
    public DiscreteSpace(int count) => Count = SpaceGuard.Count(count, nameof(count));

    /// <summary>The number of values.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public override int Size => 1;

    /// <inheritdoc/>
    public override int EncodedSize => Count;

    /// <inheritdoc/>
    public override int MaskSize => Count;

    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<float> value) => value.Length == 1 && SpaceGuard.IsIndex(value[0], Count);

    /// <inheritdoc/>
    public override void Sample(ref RandomSource random, Span<float> value) => value[0] = random.NextInt(Count);

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<float> value, Span<float> encoded)
    {
        encoded[..Count].Clear();
        encoded[(int)value[0]] = 1;
    }

    /// <inheritdoc/>
    public override bool Equals(Space? other) => other is DiscreteSpace space && space.Count == Count;

    /// <inheritdoc/>
    public override string ToString() => $"Discrete({Count})";
}
