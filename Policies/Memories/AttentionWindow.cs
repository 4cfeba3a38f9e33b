namespace RLSeq.Policies;

/// <summary>Which items of <c>[memory M | segment T]</c> each step of the segment sees, and how far away they are.</summary>
/// <param name="Hidden">True where a step must not look: bool <c>[B, 1, T, M + T]</c>.</param>
/// <param name="Distance">Steps between query and item, clamped to 0..M: int64 <c>[T · (M + T)]</c>, or <c>[B · T · (S + T)]</c> where rows differ.</param>
internal sealed record AttentionWindow(Tensor Hidden, Tensor Distance)
{
    /// <summary>Makes the window's mask.</summary>
    /// <param name="count">How many of the memory's items belong to the episode, the newest ones: <c>[B, 1]</c>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <param name="context">M.</param>
    public static AttentionWindow Make(Tensor count, Tensor starts, int context)
    {
        using DisposeScope scope = NewDisposeScope();
        long steps = starts.shape[0];
        Device device = starts.device;
        // Items are numbered by their step: the memory's are -M..-1, the segment's 0..T-1.
        Tensor item = arange(-context, steps, dtype: int64, device: device); // [M + T]
        Tensor query = arange(steps, dtype: int64, device: device).unsqueeze(1); // [T, 1]
        Tensor distance = query - item; // [T, M + T]
        Tensor outside = (distance < 0).logical_or(distance > context);

        // The episode that a step of the segment belongs to; 0 is the one that the memory's valid items belong to.
        Tensor episode = starts.to(int64).cumsum(0).t(); // [B, T]
        Tensor valid = (item.narrow(0, 0, context) + count.to(int64)) >= 0; // [B, M]: item -m is valid when m <= count
        Tensor itemEpisode = cat([valid.to(int64) - 1, episode], 1); // invalid items belong to episode -1, which no step has
        Tensor otherEpisode = itemEpisode.unsqueeze(1) != episode.unsqueeze(2); // [B, T, M + T]
        Tensor hidden = otherEpisode.logical_or(outside).unsqueeze(1);
        return new AttentionWindow(hidden.MoveToOuterDisposeScope(), distance.clamp(0, context).reshape(-1).MoveToOuterDisposeScope());
    }

    /// <summary>Makes the mask of a window that holds some steps only: a step sees itself and what is kept, from its first item on.</summary>
    /// <param name="stored">What is kept.</param>
    /// <param name="context">M.</param>
    /// <param name="device">Where the mask is needed.</param>
    public static AttentionWindow Make(StoredSteps stored, int context, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        (long steps, long items) = (stored.Steps, stored.Items);
        Tensor[] choices = [.. stored.ToTensors().Select(choice => choice.to(device))];
        Tensor first = choices[0].unsqueeze(2), place = choices[1].to(int64), kept = choices[2].unsqueeze(1);
        Tensor item = arange(items, dtype: int32, device: device), own = arange(stored.Slots, items, dtype: int32, device: device).unsqueeze(1); // [S + T], [T, 1]
        Tensor seen = kept.logical_and(item >= first).logical_and(item < own).logical_or(item == own); // [B, T, S + T]
        Tensor distance = place.narrow(1, stored.Slots, steps).unsqueeze(2) - place.unsqueeze(1);
        return new AttentionWindow(seen.logical_not().unsqueeze(1).MoveToOuterDisposeScope(), distance.clamp(0, context).reshape(-1).MoveToOuterDisposeScope());
    }

    /// <summary>How many steps of the episode have been counted before each step: int64 <c>[T, B]</c>.</summary>
    /// <param name="count">The number before the segment, <c>[B, 1]</c>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <param name="most">The most that is counted.</param>
    public static Tensor CountBefore(Tensor count, Tensor starts, int most)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor step = arange(starts.shape[0], dtype: int64, device: starts.device).unsqueeze(1); // [T, 1]
        // The step at which the episode begins; that of the rows that are in the middle of one stands before the segment.
        Tensor began = maximum(where(starts, step, full_like(step, long.MinValue / 2)).cummax(0).values, -count.to(int64).t());
        return (step - began).clamp(0, most).MoveToOuterDisposeScope();
    }

    /// <summary>How many steps of the episode are counted after the segment: <c>[B, 1]</c>.</summary>
    /// <param name="count">The number before it, <c>[B, 1]</c>.</param>
    /// <param name="starts">True where an episode begins: bool <c>[T, B]</c>.</param>
    /// <param name="most">The most that is counted: what the window holds, M, or the longest episode.</param>
    public static Tensor CountAfter(Tensor count, Tensor starts, int most)
    {
        using DisposeScope scope = NewDisposeScope();
        long steps = starts.shape[0];
        // The segment's steps since the last start: those whose episode is the last step's.
        Tensor episode = starts.to(int64).cumsum(0); // [T, B]
        Tensor last = episode.select(0, steps - 1); // [B]
        Tensor sinceStart = (episode == last).sum(0L, type: int64); // [B]
        Tensor carried = count.select(1, 0).to(int64) * (last == 0).to(int64);
        return (sinceStart + carried).clamp(0, most).to(count.dtype).unsqueeze(1).MoveToOuterDisposeScope();
    }
}
