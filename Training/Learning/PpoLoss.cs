using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>PPO's loss of one minibatch (Schulman et al. 2017) and what is worth knowing about it.</summary>
/// <param name="Total">What is minimised, a scalar.</param>
/// <param name="Ratio">The probability ratios, <c>[K, B]</c>, detached.</param>
/// <param name="Statistics">Policy loss, value loss, entropy, KL and clip fraction, <c>[5]</c>, detached: means over these samples, whatever their share.</param>
internal sealed record PpoLoss(Tensor Total, Tensor Ratio, Tensor Statistics)
{
    /// <summary>
    /// The loss of some of the stored sequences, so scaled that the parts of a minibatch add up to the whole's; as one operator where there
    /// is one.
    /// </summary>
    /// <remarks>
    /// Of M samples in the minibatch, of which P have an action that was applied: −(1/P)·Σ gain − entropy coefficient·(1/P)·Σ entropy over those, and
    /// value coefficient·½·(1/M)·Σ error over all. Without a clock P = M.
    /// </remarks>
    /// <param name="logits">What the network says of them, <c>[K, B, A]</c>.</param>
    /// <param name="values">What it says of their values, <c>[K, B]</c>.</param>
    /// <param name="stored">All sequences.</param>
    /// <param name="index">Which of them, int64 <c>[B]</c>.</param>
    /// <param name="scale">Normalises the advantages; null leaves them.</param>
    /// <param name="distribution">What the logits mean.</param>
    /// <param name="settings">The algorithm.</param>
    /// <param name="share">What they are of their minibatch.</param>
    public static PpoLoss OfSequences(
        Tensor logits, Tensor values, SequenceBatch stored, Tensor index, AdvantageScale? scale, ActionDistribution distribution, PpoSettings settings, MinibatchShare share)
    {
        if (distribution.Choices is { } choices && FusedLearning.Serves(logits.device))
        {
            (Tensor loss, Tensor ratios, Tensor measured) = FusedLearning.PpoCategorical(logits, values, index, stored, [.. choices], scale?.Values, settings, share);
            return new PpoLoss(loss, ratios, measured);
        }
        return Of(logits, values, stored.Select(index), scale, distribution, settings, share);
    }

    /// <summary>The same of sequences that were selected, composed of plain operators.</summary>
    public static PpoLoss Of(Tensor logits, Tensor values, SequenceBatch batch, AdvantageScale? scale, ActionDistribution distribution, PpoSettings settings, MinibatchShare share)
    {
        Tensor returns = batch.Advantages + batch.Values;
        Tensor advantages = scale?.Apply(batch.Advantages) ?? batch.Advantages;

        // Collecting gave what was forbidden no probability, so the ratio and the entropy are those of the masked policy too.
        if (batch.Masks is not null) logits = distribution.Mask(logits, batch.Masks);
        Tensor logRatio = distribution.LogProbability(logits, batch.Actions) - batch.LogProbabilities, sampled = logRatio;
        if (batch.Applied is not null) logRatio = logRatio.masked_fill(batch.Applied.logical_not(), 0); // an infinite ratio would pass 0 · ∞ on to its gradient
        Tensor ratio = logRatio.exp();
        Tensor gain = minimum(ratio * advantages, ratio.clamp(1 - settings.Clip, 1 + settings.Clip) * advantages);
        Tensor error = ValueError(values, batch.Values, returns, settings.ValueClip);

        // One mean over everything is one operator instead of five, and another five in the gradient.
        Tensor means = Means([gain, error, distribution.Entropy(logits)], batch.Applied, everySample: 1); // [3]
        Tensor total = share.Total(means, settings);

        using IDisposable frozen = no_grad();
        Tensor excess = ratio - 1;
        Tensor moved = Means([excess - logRatio, (excess.abs() > settings.Clip).to(means.dtype)], batch.Applied); // KL and clip fraction
        Tensor statistics = cat([means * tensor([-1f, 0.5f, 1f]).to(means.dtype, means.device), moved], 0);
        return new PpoLoss(total, batch.Applied is null ? ratio.detach() : sampled.detach().exp(), statistics);
    }

    /// <summary>The means of some terms over the samples whose action was applied; of none they are 0.</summary>
    /// <param name="terms"><c>[K, B]</c> each.</param>
    /// <param name="applied">Which those are; null for all.</param>
    /// <param name="everySample">The term, if any, whose mean is over all samples.</param>
    private static Tensor Means(Tensor[] terms, Tensor? applied, int everySample = -1)
    {
        if (applied is null) return stack(terms, 0).flatten(1).mean([1]);
        (Tensor others, Tensor count) = (applied.logical_not(), applied.sum().clamp(min: 1).to(terms[0].dtype));
        return stack([.. terms.Select((term, i) => i == everySample ? term.mean() : term.masked_fill(others, 0).sum() / count)], 0);
    }

    private static Tensor ValueError(Tensor values, Tensor before, Tensor returns, double clip)
    {
        Tensor error = (values - returns).square();
        return clip > 0 ? maximum(error, (before + (values - before).clamp(-clip, clip) - returns).square()) : error;
    }
}
