namespace RLSeq.Agents;

/// <summary>
/// The few operations on pairs of small integers that the kernels for <see cref="NumberFormat.Int8"/> are written in, for one width
/// of vector: 32-bit sums of products of 16-bit numbers, two products at a time. Sums are exact, so neither width nor order matters.
/// </summary>
/// <remarks>
/// A lane of weights is two 16-bit numbers, for two consecutive inputs, and each of them two weights in one: <c>256 b + a</c>, a for
/// an output and b for the one 16 further on (see <see cref="Words"/>). b is found by rounding <c>(256 b + a) / 256</c>, and
/// <c>Σ x a = Σ x (256 b + a) − 256 Σ x b</c>: sums may wrap around on the way, as the result does not.
/// </remarks>
/// <typeparam name="TVector">32-bit lanes: a sum, or a pair of 16-bit numbers, the first in the lower half.</typeparam>
internal unsafe interface IPairs<TVector>
    where TVector : struct
{
    /// <summary>The lanes of one vector.</summary>
    int Count { get; }

    /// <summary>Whether the machine has 32 vector registers of this width, so that 16 sums fit beside their operands.</summary>
    bool ManyRegisters { get; }

    /// <summary>Loads pairs.</summary>
    TVector Load(int* source);

    /// <summary>The same pair in every lane.</summary>
    TVector Broadcast(int pair);

    /// <summary>The upper weights b of pairs of <c>256 b + a</c>.</summary>
    TVector Upper(TVector pairs);

    /// <summary><c>sums + a₀ b₀ + a₁ b₁</c>, lane by lane.</summary>
    TVector MultiplyAdd(TVector a, TVector b, TVector sums);

    /// <summary>The lower sums: <c>both − 256 · upper</c>.</summary>
    TVector Lower(TVector both, TVector upper);

    /// <summary>Stores <c>start + sums · (scale · scales)</c> as floats; without scales <c>start + sums · scale</c>.</summary>
    void Store(float* target, TVector sums, float scale, float* scales, float* start);
}
