namespace RLSeq.Training;

/// <summary>What TorchSharp's packages can do beyond the common API: nothing. Learning composes everything of plain operators.</summary>
internal static class FusedLearning
{
    private const string Missing = "TorchSharp's packages have no fused operators; ask Serves before.";

    /// <summary>Whether the operators take tensors that live there: there are none.</summary>
    /// <param name="device">Where the network learns.</param>
    public static bool Serves(Device device) => false;

    /// <summary>Never to be called.</summary>
    public static (Tensor Total, Tensor Ratios, Tensor Statistics) PpoCategorical(
        Tensor logits, Tensor values, Tensor index, SequenceBatch stored, long[] counts, Tensor? scale, PpoSettings settings, MinibatchShare share) =>
        throw new NotSupportedException(Missing);

    /// <summary>Never to be called.</summary>
    public static Tensor AdvantageScale(Tensor advantages, Tensor index, Tensor? applied) => throw new NotSupportedException(Missing);

    /// <summary>Never to be called.</summary>
    public static Tensor MergeGradients(Tensor[] gradients, int parts, double maxNorm) => throw new NotSupportedException(Missing);
}
