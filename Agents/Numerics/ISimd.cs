namespace RLSeq.Agents;

/// <summary>
/// The few operations that the kernels are written in, for one width of vector. A kernel has one body, generic over this interface:
/// with <see cref="ScalarSimd"/> it is the plain version that the tests hold the wide ones to.
/// </summary>
/// <remarks>
/// Every operation works element by element, so an element's bits do not depend on the width. Comparisons with NaN are false, and
/// <see cref="SelectLess"/> is the only comparison, so NaN behaves alike in every width.
/// </remarks>
/// <typeparam name="TVector">The vector, or a single float.</typeparam>
internal unsafe interface ISimd<TVector>
    where TVector : struct
{
    /// <summary>The floats of one vector.</summary>
    int Count { get; }

    /// <summary>Whether the machine has 32 vector registers of this width, so that 16 sums fit beside their operands.</summary>
    bool ManyRegisters { get; }

    TVector Load(float* source);

    void Store(float* target, TVector value);

    /// <summary>Loads words of two numbers in bfloat16 each; exact.</summary>
    void LoadHalves(uint* words, out TVector low, out TVector high);

    /// <summary>Stores words of two numbers each, rounded to bfloat16 as <see cref="BFloat16.Round"/> does.</summary>
    void StoreHalves(uint* words, TVector low, TVector high);

    /// <summary>Stores numbers, at most 2²¹ in size, rounded to the nearest integer (of two, the even one); their lowest 16 bits.</summary>
    void StoreInt16(short* target, TVector value);

    TVector Broadcast(float value);

    TVector Add(TVector a, TVector b);

    TVector Subtract(TVector a, TVector b);

    TVector Multiply(TVector a, TVector b);

    TVector Divide(TVector a, TVector b);

    /// <summary><c>a · b + c</c>, rounded once where the machine has the instruction.</summary>
    TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary><c>a &lt; b ? yes : no</c>.</summary>
    TVector SelectLess(TVector a, TVector b, TVector yes, TVector no);

    /// <summary>
    /// <c>value · 2^n</c>, where n stands in the lowest bits of <paramref name="magic"/>; value and result are normal numbers.
    /// </summary>
    TVector Scale(TVector value, TVector magic);

    /// <summary>The sum of the elements, halving the vector until one is left.</summary>
    float Sum(TVector value);

    /// <summary>The largest element, halving the vector until one is left.</summary>
    float Largest(TVector value);
}
