namespace RLSeq.Environments;

/// <summary>Several spaces laid one after the other in a fixed order.</summary>
public sealed class TupleSpace : Space
{
    private readonly Space[] _parts;

    /// <summary>Makes the space; nested tuples are flattened.</summary>
    /// <param name="parts">The parts, at least one.</param>
    public TupleSpace(params Space[] parts)
    {
        if (parts.Length == 0) throw new ArgumentException("A tuple space needs at least one part.", nameof(parts));
        _parts = [.. parts.SelectMany(part => part.Parts)];
        Size = _parts.Sum(part => part.Size);
        EncodedSize = _parts.Sum(part => part.EncodedSize);
        MaskSize = _parts.Sum(part => part.MaskSize);
    }

    /// <inheritdoc/>
    public override int Size { get; }

    /// <inheritdoc/>
    public override int EncodedSize { get; }

    /// <inheritdoc/>
    public override int MaskSize { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Space> Parts => _parts;

    /// <inheritdoc/>
    public override bool Contains(ReadOnlySpan<float> value)
    {
        if (value.Length != Size) return false;
        foreach (Space part in _parts)
        {
            if (!part.Contains(value[..part.Size])) return false;
            value = value[part.Size..];
        }
        return true;
    }

    /// <inheritdoc/>
    public override void Sample(ref RandomSource random, Span<float> value)
    {
        foreach (Space part in _parts)
        {
            part.Sample(ref random, value[..part.Size]);
            value = value[part.Size..];
        }
    }

    /// <inheritdoc/>
    public override void Clip(Span<float> value)
    {
        foreach (Space part in _parts)
        {
            part.Clip(value[..part.Size]);
            value = value[part.Size..];
        }
    }

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<float> value, Span<float> encoded)
    {
        foreach (Space part in _parts)
        {
            part.Encode(value[..part.Size], encoded[..part.EncodedSize]);
            value = value[part.Size..];
            encoded = encoded[part.EncodedSize..];
        }
    }

    /// <inheritdoc/>
    public override bool Equals(Space? other) => other is TupleSpace space && space._parts.AsSpan().SequenceEqual(_parts);

    /// <inheritdoc/>
    public override string ToString() => $"Tuple({string.Join<Space>(", ", _parts)})";
}
