namespace RLSeq.Policies;

/// <summary>A Transformer layer as one operator: TorchSharp's packages have none. It is composed of plain operators.</summary>
internal static class FusedTransformer
{
    /// <summary>Whether the operator takes a segment of this type, where it lives: there is none.</summary>
    /// <param name="input">The segment's features, <c>[T, B, D]</c>.</param>
    public static bool Serves(Tensor input) => false;

    /// <summary>Whether there is an operator for a device: there is none.</summary>
    /// <param name="device">The device.</param>
    public static bool ServesOn(DeviceType device) => false;

    /// <inheritdoc cref="TransformerComposition.Run"/>
    public static Tensor Run(Tensor x, Tensor stored, Tensor count, Tensor starts, Tensor[] parameters, StoredSteps? kept = null) => TransformerComposition.Run(
        x, stored, kept is null ? AttentionWindow.Make(count, starts, (int)stored.shape[1]) : AttentionWindow.Make(kept, (int)parameters[8].shape[1] - 1, x.device), parameters);
}
