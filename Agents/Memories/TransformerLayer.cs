namespace RLSeq.Agents;

/// <summary>The packed weights of one layer of a <see cref="TransformerMemory"/>.</summary>
internal sealed class TransformerLayer
{
    public TransformerLayer(ModuleReader reader, string name, TransformerSizes sizes, TransformerForm form)
    {
        int d = sizes.Hidden;
        Norm1 = reader.Norm($"{name}.norm1", d);
        float scale = 1f / MathF.Sqrt(sizes.HeadSize);
        Query = reader.Pack(Scaled(Scoring("query.weight", d, d), scale), Scaled(Scoring("query.bias", d), scale), d, d);
        KeyValue = reader.Pack(
            [.. Scoring("key.weight", d, d), .. reader.Weight($"{name}.value.weight", d, d)],
            [.. Scoring("key.bias", d), .. reader.Weight($"{name}.value.bias", d)], d, 2 * d);
        Out = reader.Dense($"{name}.out", d, d);
        if (form.RelativePositions) Relative = ByAge(reader.Weight($"{name}.relative", sizes.Heads, sizes.Context + 1), sizes.Context + 1);
        Residual = form.Residual;
        bool gated = form.Residual == ResidualConnection.Gate;
        if (gated) Gate1 = new GruGate(reader, $"{name}.gate1", d);
        if (!form.FeedForward) return;
        Norm2 = reader.Norm($"{name}.norm2", d);
        FeedForward1 = reader.Dense($"{name}.ffn1", d, sizes.FeedForward);
        FeedForward2 = reader.Dense($"{name}.ffn2", sizes.FeedForward, d);
        if (gated) Gate2 = new GruGate(reader, $"{name}.gate2", d);

        // What scores are made of; zeros, where all items weigh the same.
        float[] Scoring(string part, params int[] shape) =>
            form.UniformAttention ? new float[shape.Aggregate(1, (product, length) => product * length)] : reader.Weight($"{name}.{part}", shape);
    }

    public LayerNorm Norm1 { get; }

    /// <summary>The query, scaled by <c>1/√(D/H)</c> already.</summary>
    public DenseLayer Query { get; }

    /// <summary>Keys, then values: <c>[2D, D]</c>.</summary>
    public DenseLayer KeyValue { get; }

    public DenseLayer Out { get; }

    /// <summary>The bias of every distance, <c>[H, M + 1]</c>, from the longest distance to 0, as the items stand, and room for a vector; null in a form without.</summary>
    public float[]? Relative { get; }

    /// <summary>How attention and the feed-forward part are joined with their input.</summary>
    public ResidualConnection Residual { get; }

    /// <summary>The gate behind attention; null where <see cref="Residual"/> is no gate.</summary>
    public GruGate? Gate1 { get; }

    /// <summary>The norm before the feed-forward part; null, as both its layers, in a form without that part.</summary>
    public LayerNorm? Norm2 { get; }

    public DenseLayer? FeedForward1 { get; }

    public DenseLayer? FeedForward2 { get; }

    /// <summary>The gate behind the feed-forward part; null where there is no such part, or <see cref="Residual"/> is no gate.</summary>
    public GruGate? Gate2 { get; }

    /// <summary>Multiply-adds of one step but for attending.</summary>
    public long Operations => Query.Operations + KeyValue.Operations + Out.Operations + (FeedForward1?.Operations ?? 0) + (FeedForward2?.Operations ?? 0)
        + (Gate1?.Operations ?? 0) + (Gate2?.Operations ?? 0);

    /// <summary>The bytes of one step but for attending.</summary>
    public long Bytes => Query.Bytes + KeyValue.Bytes + Out.Bytes + (FeedForward1?.Bytes ?? 0) + (FeedForward2?.Bytes ?? 0)
        + (Gate1?.Bytes ?? 0) + (Gate2?.Bytes ?? 0) + ((Relative?.Length ?? 0) * sizeof(float));

    /// <summary>Values times a factor.</summary>
    public static float[] Scaled(float[] values, float scale) => Array.ConvertAll(values, value => value * scale);

    /// <summary>Biases by distance, <c>[heads, length]</c>, from the longest distance to 0, and room for a vector.</summary>
    public static float[] ByAge(float[] byDistance, int length)
    {
        float[] byAge = new float[byDistance.Length + SimdWidth.Widest];
        byDistance.CopyTo(byAge, 0);
        for (int head = 0; head < byDistance.Length; head += length) byAge.AsSpan(head, length).Reverse();
        return byAge;
    }
}
