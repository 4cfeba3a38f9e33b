namespace RLSeq.Policies;

/// <summary>
/// Attention inside a window, composed of plain operators, for every device and provider; the twin of <see cref="FusedAttention.Run"/>.
/// It scores every item for every query and hides what a query must not see: about half of it, and more where episodes begin.
/// </summary>
internal static class AttentionComposition
{
    /// <summary>Each query attends with scores <c>q·k / √(D/H) + relative[h, distance]</c>.</summary>
    /// <param name="query">The queries of the segment, <c>[B, T, D]</c>.</param>
    /// <param name="items">Keys and then values of memory and segment, <c>[B, M + T, 2D]</c>.</param>
    /// <param name="relative">The bias of every distance, <c>[H, M + 1]</c>; H divides D.</param>
    /// <param name="window">What each query sees.</param>
    /// <returns>What was attended to, <c>[B, T, D]</c>.</returns>
    public static Tensor Run(Tensor query, Tensor items, Tensor relative, AttentionWindow window)
    {
        using DisposeScope scope = NewDisposeScope();
        (long batch, long steps, long width) = (query.shape[0], query.shape[1], query.shape[2]);
        (long length, long heads) = (items.shape[1], relative.shape[0]);
        // Scaled before the product: T·D numbers instead of T·(M + T) per head.
        Tensor q = Split(query * (1 / Math.Sqrt((double)width / heads)), steps);
        Tensor k = Split(items.narrow(2, 0, width), length);
        Tensor v = Split(items.narrow(2, width, width), length);
        Tensor bias = relative.index_select(1, window.Distance).view(1, heads, steps, length);
        Tensor scores = q.matmul(k.transpose(-2, -1)) + bias; // [B, H, T, M + T]
        Tensor weights = scores.masked_fill(window.Hidden, double.NegativeInfinity).softmax(-1);
        Tensor attended = weights.matmul(v).transpose(1, 2).reshape(batch, steps, width);
        return attended.MoveToOuterDisposeScope();

        Tensor Split(Tensor projected, long count) => projected.view(batch, count, heads, width / heads).transpose(1, 2);
    }
}
