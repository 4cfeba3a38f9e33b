using RLSeq.Agents;

namespace RLSeq.Policies;

/// <summary>
/// The items of <c>[memory M | segment T]</c> put into chunks that begin where the episodes do, and which of them each step of the segment may
/// look into. A row's chunk 0 takes what is no part of a whole chunk: items of no episode, and of a chunk that begins before the memory.
/// </summary>
/// <param name="Source">The item that stands in each place of each chunk, as a row of <c>[B · (M + T), D]</c>; any item where a place is empty: int64 <c>[B · K · C]</c>.</param>
/// <param name="Own">The chunk that each step is in: int64 <c>[B, T]</c>, 1 or more.</param>
/// <param name="Place">Its place there: int64 <c>[B, T]</c>.</param>
/// <param name="Visible">The closed chunks that each step sees: bool <c>[B, T, K]</c>.</param>
/// <param name="Age">How many chunks ago they were, clamped to 0..A: int64 <c>[B, T, K]</c>.</param>
/// <param name="Number">How many chunks of the episode are before each, clamped to 0..A: int64 <c>[B, K]</c>.</param>
/// <param name="OwnNumber">The same of the chunk that each step is in: int64 <c>[B, T]</c>.</param>
internal sealed record ChunkView(Tensor Source, Tensor Own, Tensor Place, Tensor Visible, Tensor Age, Tensor Number, Tensor OwnNumber)
{
    /// <summary>Puts items into chunks.</summary>
    /// <param name="position">Each row's position before the segment, <c>[B, 1]</c>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <param name="grid">M and C.</param>
    public static ChunkView Make(Tensor position, Tensor starts, ChunkGrid grid)
    {
        using DisposeScope scope = NewDisposeScope();
        long steps = starts.shape[0], batch = starts.shape[1], items = grid.Context + steps, size = grid.Chunk;
        Device device = starts.device;
        // Where items stand in their episode, and which episode that is; 0 is the one that the memory's items belong to.
        Tensor of = cat([position.to(int64) + arange(-grid.Context, 0, dtype: int64, device: device), AttentionWindow.CountBefore(position, starts, int.MaxValue).t()], 1); // [B, M + T]
        Tensor episode = cat([zeros([batch, grid.Context], dtype: int64, device: device), starts.to(int64).cumsum(0).t()], 1);
        Tensor place = of.remainder(size);
        Tensor chunk = (place == 0).logical_and(of >= 0).to(int64).cumsum(1);
        Tensor last = chunk.narrow(1, items - 1, 1); // the newest chunk of each row, [B, 1]
        long chunks = last.max().item<long>() + 1;
        Tensor slot = (chunk * size) + place;
        Tensor source = zeros([batch, chunks * size], dtype: int64, device: device).scatter(1, slot, arange(items, dtype: int64, device: device).expand(batch, items));

        Tensor first = source.view(batch, chunks, size).select(2, 0), number = arange(chunks, dtype: int64, device: device); // [B, K], [K]
        Tensor exists = (number > 0).logical_and(number <= last); // [B, K]
        Tensor begin = of.gather(1, first), of0 = episode.gather(1, first);
        Tensor query = of.narrow(1, grid.Context, steps), ownPlace = place.narrow(1, grid.Context, steps), ownBegin = query - ownPlace; // [B, T]
        Tensor before = ownBegin.unsqueeze(2) - begin.unsqueeze(1); // steps from a chunk's beginning to that of the query's, [B, T, K]
        Tensor visible = exists.unsqueeze(1).logical_and(of0.unsqueeze(1) == episode.narrow(1, grid.Context, steps).unsqueeze(2))
            .logical_and(before >= size).logical_and(before + ownPlace.unsqueeze(2) <= grid.Context);
        Tensor rows = (arange(batch, dtype: int64, device: device) * items).unsqueeze(1);
        return new ChunkView(
            (source + rows).reshape(-1).MoveToOuterDisposeScope(),
            chunk.narrow(1, grid.Context, steps).contiguous().MoveToOuterDisposeScope(),
            ownPlace.contiguous().MoveToOuterDisposeScope(),
            visible.MoveToOuterDisposeScope(),
            Chunks(before, grid).MoveToOuterDisposeScope(),
            Chunks(begin, grid).MoveToOuterDisposeScope(),
            Chunks(ownBegin, grid).MoveToOuterDisposeScope());
    }

    /// <summary>Steps as whole chunks, as far as tables go.</summary>
    private static Tensor Chunks(Tensor steps, ChunkGrid grid) =>
        steps.clamp(0, (long)grid.Held * grid.Chunk).floor_divide(tensor((long)grid.Chunk).to(steps.device));
}
