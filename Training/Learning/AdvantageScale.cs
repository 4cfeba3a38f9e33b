namespace RLSeq.Training;

/// <summary>What normalises the advantages of a minibatch: the mean and the deviation over all of it, whichever part of it is learned from.</summary>
/// <param name="Values">The mean, and the sample deviation made a little larger so that it is not zero: <c>[2]</c>.</param>
internal sealed record AdvantageScale(Tensor Values)
{
    /// <summary>The scale of some sequences' advantages; null where they are to stay as they are.</summary>
    /// <param name="advantages">Of all sequences, <c>[K, S]</c>.</param>
    /// <param name="index">The sequences of the minibatch, int64 <c>[B]</c>.</param>
    /// <param name="settings">Whether they are normalised.</param>
    public static AdvantageScale? Of(Tensor advantages, Tensor index, PpoSettings settings)
    {
        if (!settings.NormalizeAdvantages || advantages.shape[0] * index.shape[0] < 2) return null;
        if (FusedLearning.Serves(advantages.device)) return new(FusedLearning.AdvantageScale(advantages, index));
        Tensor chosen = advantages.index_select(1, index);
        return new(stack([chosen.mean(), chosen.std() + 1e-8], 0));
    }

    /// <summary>The normalised advantages.</summary>
    /// <param name="advantages">Of the minibatch or a part of it.</param>
    public Tensor Apply(Tensor advantages) => (advantages - Values[0]) / Values[1];
}
