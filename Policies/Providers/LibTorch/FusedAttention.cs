using RLSeq.LibTorch;

namespace RLSeq.Policies;

/// <summary>Attention as one operator, where this build's provider of tensors has it; a Transformer composes it of plain operators otherwise.</summary>
internal static class FusedAttention
{
    private static readonly bool Exist = AttentionOperators.Exist;

    /// <summary>Whether the operator takes a segment of this type, where it lives.</summary>
    /// <param name="input">The segment's features, <c>[T, B, D]</c>.</param>
    public static bool Serves(Tensor input) => Exist && input.device_type == DeviceType.CPU && input.dtype is ScalarType.Float32 or ScalarType.Float64;

    /// <inheritdoc cref="AttentionComposition.Run"/>
    public static Tensor Run(Tensor query, Tensor items, Tensor relative, Tensor count, Tensor starts) =>
        AttentionOperators.Windowed(query, items, relative, count, starts);
}
