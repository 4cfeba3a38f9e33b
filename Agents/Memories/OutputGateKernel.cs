using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary><c>y = y · SiLU(gate)</c>.</summary>
/// <param name="gate">The gate before SiLU.</param>
/// <param name="y">What it lets through.</param>
internal readonly unsafe struct OutputGateKernel(float* gate, float* y) : IElementKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TSimd, TVector>(int j)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector g = simd.Load(gate + j);
        simd.Store(y + j, simd.Multiply(simd.Load(y + j), simd.Multiply(g, Functions.Sigmoid<TSimd, TVector>(g))));
    }
}
