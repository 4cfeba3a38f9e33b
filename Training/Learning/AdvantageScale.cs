namespace RLSeq.Training;

/// <summary>
/// What normalises the advantages of a minibatch: the mean and the deviation over all samples of it whose action was applied, whichever part of
/// it is learned from.
/// </summary>
/// <param name="Values">The mean, and the sample deviation made a little larger so that it is not zero: <c>[2]</c>.</param>
internal sealed record AdvantageScale(Tensor Values)
{
    /// <summary>The scale of some sequences' advantages; null where they are to stay as they are.</summary>
    /// <param name="stored">All sequences.</param>
    /// <param name="index">The sequences of the minibatch, int64 <c>[B]</c>.</param>
    /// <param name="applied">How many of the minibatch's actions were applied.</param>
    /// <param name="settings">Whether advantages are normalised.</param>
    public static AdvantageScale? Of(SequenceBatch stored, Tensor index, long applied, PpoSettings settings)
    {
        Tensor advantages = stored.Advantages;
        if (!settings.NormalizeAdvantages || applied < 2) return null; // a single one has no deviation
        if (FusedLearning.Serves(advantages.device)) return new(FusedLearning.AdvantageScale(advantages, index, stored.Applied));
        Tensor chosen = advantages.index_select(1, index);
        if (stored.Applied is not null) chosen = chosen.masked_select(stored.Applied.index_select(1, index));
        return new(stack([chosen.mean(), chosen.std() + 1e-8], 0));
    }

    /// <summary>The normalised advantages.</summary>
    /// <param name="advantages">Of the minibatch or a part of it.</param>
    public Tensor Apply(Tensor advantages) => (advantages - Values[0]) / Values[1];
}
