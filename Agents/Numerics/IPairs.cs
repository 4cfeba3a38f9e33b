namespace RLSeq.Agents;

/// <summary>
/// The few operations on pairs of small integers that the kernels for <see cref="NumberFormat.Int8"/> are written in, for one width
/// of vector: 32-bit sums of products of 16-bit numbers, two products at a time. Sums are exact, so neither width nor order matters.
/// </summary>
/// <typeparam name="TVector">32-bit lanes: a sum, or a pair of 16-bit numbers, the first in the lower half.</typeparam>
internal unsafe interface IPairs<TVector>
    where TVector : struct
{
    /// <summary>The lanes of one vector.</summary>
    int Count { get; }

    /// <summary>Whether the machine has 32 vector registers of this width, so that 16 sums fit beside their operands.</summary>
    bool ManyRegisters { get; }

    /// <summary>Loads a pair per lane and widens it to 16 bits.</summary>
    TVector Load(sbyte* source);

    /// <summary>The same pair in every lane.</summary>
    TVector Broadcast(int pair);

    /// <summary><c>sums + a₀ b₀ + a₁ b₁</c>, lane by lane.</summary>
    TVector MultiplyAdd(TVector a, TVector b, TVector sums);

    /// <summary>Stores <c>start + sums · (scale · scales)</c> as floats; without scales <c>start + sums · scale</c>.</summary>
    void Store(float* target, TVector sums, float scale, float* scales, float* start);
}
