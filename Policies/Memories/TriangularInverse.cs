namespace RLSeq.Policies;

/// <summary>
/// The inverse of lower triangular matrices with ones on the diagonal, by halves: with <c>A</c> and <c>D</c> the halves on the diagonal and
/// <c>C</c> below them, it is <c>[[A⁻¹, 0], [−D⁻¹ C A⁻¹, D⁻¹]]</c>. Both halves are inverted at once, so N rows take log₂ N levels of two
/// matrix products, and no entry is larger on the way than in a substitution row by row.
/// </summary>
internal static class TriangularInverse
{
    /// <summary>Inverts the identity plus a strictly lower triangular matrix.</summary>
    /// <param name="below">What is below the diagonal, <c>[…, N, N]</c>, N a power of two; what stands on and above it is not read.</param>
    public static Tensor Of(Tensor below)
    {
        long rows = below.shape[^1], half = rows / 2;
        if (rows == 1) return ones_like(below);
        Tensor upper = below.narrow(-2, 0, half).narrow(-1, 0, half), lower = below.narrow(-2, half, half).narrow(-1, half, half);
        Tensor[] inverses = Of(stack([upper, lower], 0)).unbind(0);
        Tensor corner = -inverses[1].matmul(below.narrow(-2, half, half).narrow(-1, 0, half)).matmul(inverses[0]);
        return cat([cat([inverses[0], zeros_like(corner)], -1), cat([corner, inverses[1]], -1)], -2);
    }
}
