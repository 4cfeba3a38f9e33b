namespace RLSeq.Policies;

/// <summary>
/// Fast weights composed of plain operators, for every device and provider; the twin of <see cref="FusedSequences.FastWeights"/>.
/// </summary>
/// <remarks>
/// <para>A sequence goes in chunks of up to 64 steps, each a few matrix products over all of its steps at once (the chunked form of Yang et
/// al. 2024, with the factors of Gated DeltaNet), so what goes one after the other is T / 64 chunks instead of T steps.</para>
/// <para>Inside a chunk let <c>γ_t</c> be the product of all factors a up to step t, and <c>Γ_ts</c> that of the steps after s up to t, both zero
/// where an episode begins on the way. Since <c>S_t = γ_t S_0 + Σ_(s≤t) Γ_ts k_s w_sᵀ</c>, what the steps write solves a triangular system:
/// <c>w_t + b_t Σ_(s&lt;t) Γ_ts (k_s·k_t) w_s = b_t (v_t − γ_t S_0ᵀ k_t)</c>; without a correction <c>w_t = b_t v_t</c>. Then
/// <c>r_t = γ_t S_0ᵀ q_t + Σ_(s≤t) Γ_ts (k_s·q_t) w_s</c>.</para>
/// </remarks>
internal static class FastWeightComposition
{
    /// <summary>The most steps of a chunk, a power of two: its matrices have as many rows and columns.</summary>
    private const int LongestChunk = 64;

    /// <summary>What a factor of zero is taken for, so that it has a logarithm; what it keeps is lost to rounding.</summary>
    private const double SmallestFactor = 1e-30;

    /// <summary>Runs T steps of B rows: <c>S' = a·S</c>, <c>S = S' + b·k (v − S'ᵀ k)ᵀ</c> (or <c>S' + b·k vᵀ</c>), <c>r = Sᵀ q</c>.</summary>
    /// <param name="q">Queries, <c>[T, B, H, K]</c>, at least one step.</param>
    /// <param name="k">Keys, <c>[T, B, H, K]</c>.</param>
    /// <param name="v">Values, <c>[T, B, H, E]</c>.</param>
    /// <param name="keep">a, between 0 and 1: <c>[T, B, H]</c>.</param>
    /// <param name="write">b, <c>[T, B, H]</c>.</param>
    /// <param name="state">S before the first step, <c>[B, H, K, E]</c>.</param>
    /// <param name="starts">True where an episode begins, so that S is zero before that step: bool <c>[T, B]</c>.</param>
    /// <param name="correct">Whether what k recalls is subtracted from v.</param>
    /// <returns>r of all steps, <c>[T, B, H, E]</c>, and S after the last.</returns>
    public static (Tensor Read, Tensor State) Run(Tensor q, Tensor k, Tensor v, Tensor keep, Tensor write, Tensor state, Tensor starts, bool correct)
    {
        using DisposeScope scope = NewDisposeScope();
        // Heads first, so that a chunk is a batch of matrices: [B, H, T, …].
        (q, k, v) = (q.permute(1, 2, 0, 3), k.permute(1, 2, 0, 3), v.permute(1, 2, 0, 3));
        Tensor factors = keep.clamp_min(SmallestFactor).log().permute(1, 2, 0), strengths = write.permute(1, 2, 0).unsqueeze(-1), begins = starts.t();
        long steps = q.shape[2];
        var reads = new List<Tensor>();
        for (long from = 0; from < steps; from += LongestChunk)
        {
            long count = Math.Min(LongestChunk, steps - from);
            (Tensor read, state) = Chunk(Part(q), Part(k), Part(v), Part(factors), Part(strengths), state, begins.narrow(1, from, count), correct);
            reads.Add(read);

            Tensor Part(Tensor x) => x.narrow(2, from, count);
        }
        Tensor all = cat(reads, 2).permute(2, 0, 1, 3).contiguous();
        return (all.MoveToOuterDisposeScope(), state.clone().MoveToOuterDisposeScope());
    }

    private static (Tensor Read, Tensor State) Chunk(Tensor q, Tensor k, Tensor v, Tensor factors, Tensor strengths, Tensor state, Tensor begins, bool correct)
    {
        long steps = q.shape[2];
        Tensor episodes = begins.to(int64).cumsum(1); // [B, N]: 0 where the episode began before the chunk
        Tensor together = (episodes.unsqueeze(2) == episodes.unsqueeze(1)).tril().unsqueeze(1); // [B, 1, N, N]
        Tensor product = factors.cumsum(2); // logarithms, [B, H, N]
        Tensor since = (product.unsqueeze(3) - product.unsqueeze(2)).masked_fill(together.logical_not(), double.NegativeInfinity).exp(); // Γ
        Tensor ofFirst = product.masked_fill((episodes != 0).unsqueeze(1), double.NegativeInfinity).exp().unsqueeze(-1); // γ, [B, H, N, 1]
        Tensor written = strengths * v;
        if (correct)
        {
            Tensor wrong = strengths * (v - (ofFirst * k.matmul(state)));
            Tensor system = strengths * since * k.matmul(k.transpose(2, 3)); // its diagonal and what is above are not read
            written = Inverse(system, steps).matmul(wrong);
        }
        Tensor read = (ofFirst * q.matmul(state)) + (since * q.matmul(k.transpose(2, 3))).matmul(written);
        Tensor last = since.narrow(2, steps - 1, 1).transpose(2, 3); // Γ of the last step, [B, H, N, 1]
        return (read, (ofFirst.narrow(2, steps - 1, 1) * state) + (last * k).transpose(2, 3).matmul(written));
    }

    /// <summary>The inverse of 1 + what is below the diagonal, through one whose size is a power of two.</summary>
    private static Tensor Inverse(Tensor system, long steps)
    {
        long size = 1;
        while (size < steps) size *= 2;
        if (size > steps)
        {
            long[] shape = system.shape;
            system = cat([system, zeros([shape[0], shape[1], size - steps, steps], dtype: system.dtype, device: system.device)], 2);
            system = cat([system, zeros([shape[0], shape[1], size, size - steps], dtype: system.dtype, device: system.device)], 3);
        }
        Tensor inverse = TriangularInverse.Of(system);
        return size == steps ? inverse : inverse.narrow(2, 0, steps).narrow(3, 0, steps);
    }
}
