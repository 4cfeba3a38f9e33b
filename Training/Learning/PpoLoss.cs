using RLSeq.Policies;

namespace RLSeq.Training;

/// <summary>PPO's loss of one minibatch (Schulman et al. 2017) and what is worth knowing about it.</summary>
/// <param name="Total">What is minimised, a scalar.</param>
/// <param name="Ratio">The probability ratios, <c>[K, B]</c>, detached.</param>
/// <param name="Statistics">Policy loss, value loss, entropy, KL and clip fraction, <c>[5]</c>, detached.</param>
internal sealed record PpoLoss(Tensor Total, Tensor Ratio, Tensor Statistics)
{
    public static PpoLoss Of(Tensor logits, Tensor values, SequenceBatch batch, ActionDistribution distribution, PpoSettings settings)
    {
        Tensor advantages = batch.Advantages;
        Tensor returns = advantages + batch.Values;
        if (settings.NormalizeAdvantages && advantages.numel() > 1)
            advantages = (advantages - advantages.mean()) / (advantages.std() + 1e-8);

        // Collecting gave what was forbidden no probability, so the ratio and the entropy are those of the masked policy too.
        if (batch.Masks is not null) logits = distribution.Mask(logits, batch.Masks);
        Tensor logRatio = distribution.LogProbability(logits, batch.Actions) - batch.LogProbabilities;
        Tensor ratio = logRatio.exp();
        Tensor policyLoss = -minimum(ratio * advantages, ratio.clamp(1 - settings.Clip, 1 + settings.Clip) * advantages).mean();
        Tensor valueLoss = ValueLoss(values, batch.Values, returns, settings.ValueClip);
        Tensor entropy = distribution.Entropy(logits).mean();
        Tensor total = policyLoss + (settings.ValueCoefficient * valueLoss) - (settings.EntropyCoefficient * entropy);

        Tensor kl = (ratio - 1 - logRatio).mean();
        Tensor clipped = ((ratio - 1).abs() > settings.Clip).to(float32).mean();
        return new PpoLoss(total, ratio.detach(), stack([policyLoss, valueLoss, entropy, kl, clipped], 0).detach());
    }

    private static Tensor ValueLoss(Tensor values, Tensor before, Tensor returns, double clip)
    {
        Tensor error = (values - returns).square();
        if (clip > 0) error = maximum(error, (before + (values - before).clamp(-clip, clip) - returns).square());
        return 0.5 * error.mean();
    }
}
