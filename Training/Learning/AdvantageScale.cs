namespace RLSeq.Training;

/// <summary>What normalises the advantages of a minibatch: the mean and the deviation over all of it, whichever part of it is learned from.</summary>
/// <param name="Mean">A scalar.</param>
/// <param name="Deviation">A scalar, made a little larger so that it is not zero.</param>
internal sealed record AdvantageScale(Tensor Mean, Tensor Deviation)
{
    /// <summary>The scale of some advantages; null where they are to stay as they are.</summary>
    /// <param name="advantages">Of the whole minibatch.</param>
    /// <param name="settings">Whether they are normalised.</param>
    public static AdvantageScale? Of(Tensor advantages, PpoSettings settings) =>
        settings.NormalizeAdvantages && advantages.numel() > 1 ? new(advantages.mean(), advantages.std() + 1e-8) : null;

    /// <summary>The normalised advantages.</summary>
    /// <param name="advantages">Of the minibatch or a part of it.</param>
    public Tensor Apply(Tensor advantages) => (advantages - Mean) / Deviation;
}
