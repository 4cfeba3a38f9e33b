using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>PPO's loss of one minibatch (Schulman et al. 2017) and what is worth knowing about it.</summary>
/// <param name="Total">What is minimised, a scalar.</param>
/// <param name="Ratio">The probability ratios, <c>[K, B]</c>, detached.</param>
/// <param name="Statistics">Policy loss, value loss, entropy, KL and clip fraction, <c>[5]</c>, detached.</param>
internal sealed record PpoLoss(Tensor Total, Tensor Ratio, Tensor Statistics)
{
    /// <summary>The loss of some of the stored sequences, scaled by their share in the minibatch; as one operator where there is one.</summary>
    /// <param name="logits">What the network says of them, <c>[K, B, A]</c>.</param>
    /// <param name="values">What it says of their values, <c>[K, B]</c>.</param>
    /// <param name="stored">All sequences.</param>
    /// <param name="index">Which of them, int64 <c>[B]</c>.</param>
    /// <param name="scale">Normalises the advantages; null leaves them.</param>
    /// <param name="distribution">What the logits mean.</param>
    /// <param name="settings">The algorithm.</param>
    /// <param name="share">The share.</param>
    public static PpoLoss OfSequences(
        Tensor logits, Tensor values, SequenceBatch stored, Tensor index, AdvantageScale? scale, ActionDistribution distribution, PpoSettings settings, double share)
    {
        if (distribution.Choices is { } choices && FusedLearning.Serves(logits.device))
        {
            (Tensor loss, Tensor ratios, Tensor measured) = FusedLearning.PpoCategorical(logits, values, index, stored, [.. choices], scale?.Values, settings, share);
            return new PpoLoss(loss, ratios, measured);
        }
        PpoLoss plain = Of(logits, values, stored.Select(index), scale, distribution, settings);
        return share < 1 ? plain with { Total = plain.Total * share } : plain;
    }

    /// <summary>The loss of a minibatch, composed of plain operators.</summary>
    public static PpoLoss Of(Tensor logits, Tensor values, SequenceBatch batch, AdvantageScale? scale, ActionDistribution distribution, PpoSettings settings)
    {
        Tensor returns = batch.Advantages + batch.Values;
        Tensor advantages = scale?.Apply(batch.Advantages) ?? batch.Advantages;

        // Collecting gave what was forbidden no probability, so the ratio and the entropy are those of the masked policy too.
        if (batch.Masks is not null) logits = distribution.Mask(logits, batch.Masks);
        Tensor logRatio = distribution.LogProbability(logits, batch.Actions) - batch.LogProbabilities;
        Tensor ratio = logRatio.exp();
        Tensor gain = minimum(ratio * advantages, ratio.clamp(1 - settings.Clip, 1 + settings.Clip) * advantages);
        Tensor error = ValueError(values, batch.Values, returns, settings.ValueClip);

        // One mean over everything is one operator instead of five, and another five in the gradient.
        Tensor means = stack([gain, error, distribution.Entropy(logits)], 0).flatten(1).mean([1]); // [3]
        Tensor total = means.dot(tensor([-1f, 0.5f * (float)settings.ValueCoefficient, -(float)settings.EntropyCoefficient]).to(means.dtype, means.device));

        using IDisposable frozen = no_grad();
        Tensor excess = ratio - 1;
        Tensor moved = stack([excess - logRatio, (excess.abs() > settings.Clip).to(means.dtype)], 0).flatten(1).mean([1]); // KL and clip fraction
        Tensor statistics = cat([means * tensor([-1f, 0.5f, 1f]).to(means.dtype, means.device), moved], 0);
        return new PpoLoss(total, ratio.detach(), statistics);
    }

    private static Tensor ValueError(Tensor values, Tensor before, Tensor returns, double clip)
    {
        Tensor error = (values - returns).square();
        return clip > 0 ? maximum(error, (before + (values - before).clamp(-clip, clip) - returns).square()) : error;
    }
}
