namespace RLSeq.Training;

/// <summary>
/// What a part is of its minibatch. Sums over parts, each scaled by its share, are then the means over the whole minibatch: one share for what
/// every sample counts in, and one for what only those count in whose action was applied.
/// </summary>
/// <param name="Samples">The part's share of all samples; the value loss is their mean.</param>
/// <param name="Applied">Its share of those whose action was applied; policy loss, entropy, KL and clip fraction are their mean. 0 where the minibatch has none.</param>
internal readonly record struct MinibatchShare(double Samples, double Applied)
{
    /// <summary>The whole minibatch.</summary>
    public static MinibatchShare Whole { get; } = new(1, 1);

    /// <summary>The share of some sequences.</summary>
    /// <param name="part">The part's sequences.</param>
    /// <param name="all">The minibatch's.</param>
    /// <param name="applied">How many actions of every stored sequence were applied; null where all were.</param>
    public static MinibatchShare Of(long[] part, long[] all, long[]? applied)
    {
        double samples = (double)part.Length / all.Length;
        if (applied is null) return new(samples, samples);
        long mine = part.Sum(sequence => applied[sequence]), whole = all.Sum(sequence => applied[sequence]);
        return new(samples, whole == 0 ? 0 : (double)mine / whole);
    }

    /// <summary>The loss of a part.</summary>
    /// <param name="means">Its mean gain and entropy, over those whose action was applied, and between them its mean squared error: <c>[3]</c>.</param>
    /// <param name="settings">The coefficients.</param>
    public Tensor Total(Tensor means, PpoSettings settings)
    {
        float value = 0.5f * (float)settings.ValueCoefficient, entropy = -(float)settings.EntropyCoefficient;
        if (Applied != Samples) return means.dot(tensor([-(float)Applied, value * (float)Samples, entropy * (float)Applied]).to(means.dtype, means.device));
        Tensor total = means.dot(tensor([-1f, value, entropy]).to(means.dtype, means.device));
        return Samples < 1 ? total * Samples : total;
    }

    /// <summary>What a part adds to the statistics of its minibatch.</summary>
    /// <param name="means">Of the part, as of <see cref="PpoLoss"/>: the second is over all samples, the others over those whose action was applied.</param>
    public Tensor Scale(Tensor means) =>
        Applied == Samples ? means * Samples : means * tensor([(float)Applied, (float)Samples, (float)Applied, (float)Applied, (float)Applied]).to(means.dtype, means.device);
}
