namespace RLSeq.Policies;

/// <summary>
/// Attention within chosen chunks, composed of plain operators for every device and provider: it scores every item of every chunk, and gives
/// those that were not chosen a weight of zero.
/// </summary>
internal static class ChunkAttentionComposition
{
    /// <summary>
    /// <c>Σ_c weight_c Σ_j softmax_j(q_h·k_h,j + bias) v_h,j</c> over the chosen chunks c and the items j of each. The bias is
    /// <c>relative[h, distance]</c> in the query's own chunk, of which it sees the items up to itself, and in the one before; none elsewhere.
    /// </summary>
    /// <param name="query">Queries, scaled by <c>1/√(D/H)</c>: <c>[B, T, D]</c>.</param>
    /// <param name="key">Keys by chunk and place, <c>[B, K · C, D]</c>.</param>
    /// <param name="value">Values likewise.</param>
    /// <param name="chosen">The chunks that each query looks into, its own first: int64 <c>[B, T, S]</c>, all different or of weight 0.</param>
    /// <param name="weights">Their weights, <c>[B, T, S]</c>.</param>
    /// <param name="place">Each query's place in its own chunk, which is not chunk 0: int64 <c>[B, T]</c>.</param>
    /// <param name="relative">The biases by distance, <c>[H, 2C]</c>.</param>
    /// <returns><c>[B, T, D]</c>.</returns>
    public static Tensor Run(Tensor query, Tensor key, Tensor value, Tensor chosen, Tensor weights, Tensor place, Tensor relative)
    {
        using DisposeScope scope = NewDisposeScope();
        (long batch, long steps, long width) = (query.shape[0], query.shape[1], query.shape[2]);
        (long heads, long size, long items) = (relative.shape[0], relative.shape[1] / 2, key.shape[1]);
        long chunks = items / size;
        Tensor scores = Split(query, steps).matmul(Split(key, items).transpose(-2, -1)).view(batch, heads, steps, chunks, size);
        Tensor own = chosen.narrow(2, 0, 1); // [B, T, 1]
        Tensor near = cat([own, own - 1], 2).view(batch, 1, steps, 2, 1).expand(batch, heads, steps, 2, size);
        Tensor within = scores.scatter_add(3, near, Biases(place, relative)).softmax(-1); // [B, H, T, K, C]
        Tensor dense = zeros(batch, steps, chunks, dtype: weights.dtype, device: weights.device).scatter_add(2, chosen, weights);
        Tensor all = (within * dense.view(batch, 1, steps, chunks, 1)).view(batch, heads, steps, items);
        return all.matmul(Split(value, items)).transpose(1, 2).reshape(batch, steps, width).MoveToOuterDisposeScope();

        Tensor Split(Tensor projected, long count) => projected.view(batch, count, heads, width / heads).transpose(1, 2);
    }

    /// <summary>The biases of the own chunk, minus infinity after the query, and of the chunk before: <c>[B, H, T, 2, C]</c>.</summary>
    private static Tensor Biases(Tensor place, Tensor relative)
    {
        (long batch, long steps, long heads, long size) = (place.shape[0], place.shape[1], relative.shape[0], relative.shape[1] / 2);
        Tensor at = arange(size, dtype: int64, device: place.device);
        Tensor distance = at.unsqueeze(1) - at; // [C, C], of queries and items of one chunk
        Tensor future = cat([distance < 0, zeros_like(distance, dtype: @bool)], 1).view(1, size, 2, size);
        Tensor index = cat([distance.clamp(0), distance + size], 1); // [C, 2C]
        Tensor byPlace = relative.index_select(1, index.reshape(-1)).view(heads, size, 2, size).masked_fill(future, double.NegativeInfinity);
        return byPlace.index_select(1, place.reshape(-1)).view(heads, batch, steps, 2, size).transpose(0, 1);
    }
}
