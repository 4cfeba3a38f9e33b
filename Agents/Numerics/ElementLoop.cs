namespace RLSeq.Agents;

/// <summary>All elements of an array of any length: vector after vector, and the last few one at a time, with the same bits.</summary>
/// <param name="kernel">What to do.</param>
/// <param name="count">How many elements there are.</param>
internal readonly struct ElementLoop<TKernel>(TKernel kernel, int count) : IKernel
    where TKernel : struct, IElementKernel
{
    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TKernel each = kernel; // a copy, whose operands the compiler can keep in registers
        int j = 0;
        for (; j + simd.Count <= count; j += simd.Count) each.At<TSimd, TVector>(j);
        for (; j < count; j++) each.At<ScalarSimd, float>(j);
    }
}
