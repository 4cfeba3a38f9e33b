namespace RLSeq.Environments;

/// <summary>Several integers, each from 0 to its count - 1, stored as one float each.</summary>
public sealed class MultiDiscreteSpace : Space
{
    private readonly int[] _counts;

    /// <summary>Makes the space.</summary>
    /// <param name="counts">The number of values of each component; at least one component.</param>
    public MultiDiscreteSpace(IReadOnlyList<int> counts)
    {
        if (counts.Count == 0) throw new ArgumentException("A multi-discrete space needs at least one component.", nameof(counts));
        _counts = [.. counts.Select(count => SpaceGuard.Count(count, nameof(counts)))];
        EncodedSize = _counts.Sum();
    }

    /// <summary>The number of values of each component.</summary>
    public IReadOnlyList<int> Counts => _counts;

    /// <inheritdoc/>
    public override int Size => _counts.Length;

    /// <inheritdoc/>
    public override int EncodedSize { get; }

    /// <inheritdoc/>
    public override int MaskSize => EncodedSize;

    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<float> value)
    {
        if (value.Length != _counts.Length) return false;
        for (int i = 0; i < value.Length; i++)
            if (!SpaceGuard.IsIndex(value[i], _counts[i])) return false;
        return true;
    }

    /// <inheritdoc/>
    public override void Sample(ref RandomSource random, Span<float> value)
    {
        for (int i = 0; i < _counts.Length; i++) value[i] = random.NextInt(_counts[i]);
    }

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<float> value, Span<float> encoded)
    {
        encoded[..EncodedSize].Clear();
        for (int i = 0, offset = 0; i < _counts.Length; offset += _counts[i++]) encoded[offset + (int)value[i]] = 1;
    }

    /// <inheritdoc/>
    public override bool Equals(Space? other) => other is MultiDiscreteSpace space && space._counts.AsSpan().SequenceEqual(_counts);

    /// <inheritdoc/>
    public override string ToString() => $"MultiDiscrete({string.Join(", ", _counts)})";
}
