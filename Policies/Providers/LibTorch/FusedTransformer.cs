using RLSeq.LibTorch;

namespace RLSeq.Policies;

/// <summary>A Transformer layer as one operator, where this build's provider of tensors has it; it is composed of plain operators otherwise.</summary>
internal static class FusedTransformer
{
    private static readonly bool Exist = TransformerOperators.Exist;

    /// <summary>Whether the operator takes a segment of this type, where it lives.</summary>
    /// <param name="input">The segment's features, <c>[T, B, D]</c>.</param>
    public static bool Serves(Tensor input) => ServesOn(input.device_type) && input.dtype is ScalarType.Float32 or ScalarType.Float64;

    /// <summary>Whether there is an operator for a device.</summary>
    /// <param name="device">The device.</param>
    public static bool ServesOn(DeviceType device) => Exist && device == DeviceType.CPU;

    /// <inheritdoc cref="TransformerComposition.Run"/>
    public static Tensor Run(Tensor x, Tensor stored, Tensor count, Tensor starts, Tensor[] parameters, StoredSteps? kept = null) =>
        TransformerOperators.Layer(x, stored, count, starts, parameters, kept?.ToTensors() ?? []);
}
