namespace RLSeq.Policies;

/// <summary>Attention as one operator: TorchSharp's packages have none. A Transformer composes it of plain operators.</summary>
internal static class FusedAttention
{
    /// <summary>Whether the operator takes a segment of this type, where it lives: there is none.</summary>
    /// <param name="input">The segment's features, <c>[T, B, D]</c>.</param>
    public static bool Serves(Tensor input) => false;

    /// <inheritdoc cref="AttentionComposition.Run"/>
    public static Tensor Run(Tensor query, Tensor items, Tensor relative, Tensor count, Tensor starts) =>
        AttentionComposition.Run(query, items, relative, AttentionWindow.Make(count, starts, (int)relative.shape[1] - 1));
}
