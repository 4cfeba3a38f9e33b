using RLSeq.LibTorch;

namespace RLSeq.Training;

/// <summary>
/// What this build's provider of tensors can do beyond the common API: the loss of a minibatch and the merging of its gradients as one
/// operator each. Who learns asks <see cref="Serves"/> and composes them of plain operators otherwise.
/// </summary>
internal static class FusedLearning
{
    private static readonly bool Exist = LearningOperators.Exist;

    /// <summary>Whether the operators take tensors that live there.</summary>
    /// <param name="device">Where the network learns.</param>
    public static bool Serves(Device device) => Exist && device.type == DeviceType.CPU;

    /// <inheritdoc cref="LearningOperators.PpoCategorical"/>
    public static (Tensor Total, Tensor Ratios, Tensor Statistics) PpoCategorical(
        Tensor logits, Tensor values, Tensor index, SequenceBatch stored, long[] counts, Tensor? scale, PpoSettings settings, MinibatchShare share) =>
        LearningOperators.PpoCategorical(
            logits, values, index, stored.Actions, stored.LogProbabilities, stored.Values, stored.Advantages, stored.Masks, stored.Applied, counts, scale,
            settings.Clip, settings.ValueClip, settings.ValueCoefficient, settings.EntropyCoefficient, share.Samples, share.Applied);

    /// <inheritdoc cref="LearningOperators.AdvantageScale"/>
    public static Tensor AdvantageScale(Tensor advantages, Tensor index, Tensor? applied) => LearningOperators.AdvantageScale(advantages, index, applied);

    /// <inheritdoc cref="LearningOperators.MergeGradients"/>
    public static Tensor MergeGradients(Tensor[] gradients, int parts, double maxNorm) => LearningOperators.MergeGradients(gradients, parts, maxNorm);
}
