using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// One step of one row of a linear recurrence of complex units, <c>h' = f·h + g·x</c>, on planes of real and imaginary parts: vectors
/// run over the units, and a complex product is four real ones without any shuffle.
/// </summary>
/// <param name="factor">f, <c>[2N]</c>.</param>
/// <param name="gain">g, <c>[N]</c>.</param>
/// <param name="state">h, <c>[2N]</c>.</param>
/// <param name="values">x, and then h' in its place, <c>[2N]</c>.</param>
/// <param name="units">N.</param>
internal readonly unsafe struct DiagonalKernel(float* factor, float* gain, float* state, float* values, int units) : IKernel
{
    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int j = 0;
        for (; j + simd.Count <= units; j += simd.Count) At<TSimd, TVector>(j);
        for (; j < units; j++) At<ScalarSimd, float>(j);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void At<TSimd, TVector>(int j)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector factorReal = simd.Load(factor + j), factorImaginary = simd.Load(factor + units + j);
        TVector real = simd.Load(state + j), imaginary = simd.Load(state + units + j);
        TVector scale = simd.Load(gain + j);
        TVector nextReal = simd.Multiply(scale, simd.Load(values + j)), nextImaginary = simd.Multiply(scale, simd.Load(values + units + j));
        nextReal = simd.MultiplyAdd(factorReal, real, nextReal);
        nextReal = simd.Subtract(nextReal, simd.Multiply(factorImaginary, imaginary));
        nextImaginary = simd.MultiplyAdd(factorReal, imaginary, nextImaginary);
        nextImaginary = simd.MultiplyAdd(factorImaginary, real, nextImaginary);
        simd.Store(values + j, nextReal);
        simd.Store(values + units + j, nextImaginary);
    }
}
