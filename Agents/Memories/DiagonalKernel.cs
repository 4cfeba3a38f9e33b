using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// One step of one row of a linear recurrence of complex units, <c>h' = f·h + g·x</c>, on planes of real and imaginary parts: vectors
/// run over the units, and a complex product is four real ones without any shuffle.
/// </summary>
/// <remarks>
/// An input of M real numbers, which divides N, drives N / M columns of M units each: unit j takes number j mod M. So a vector of it is loaded
/// where it lies for every column.
/// </remarks>
/// <param name="factor">f, <c>[2N]</c>.</param>
/// <param name="gain">g, <c>[N]</c>; null where it is 1.</param>
/// <param name="state">h, <c>[2N]</c>.</param>
/// <param name="input">x: <c>[2N]</c>, or <c>[M]</c> where <paramref name="shared"/> is M.</param>
/// <param name="next">Receives h', <c>[2N]</c>; may be the state, or an input that is not shared.</param>
/// <param name="units">N.</param>
/// <param name="shared">M, or 0 for an input of 2N numbers.</param>
internal readonly unsafe struct DiagonalKernel(float* factor, float* gain, float* state, float* input, float* next, int units, int shared = 0) : IKernel
{
    public void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        int length = shared > 0 ? shared : units;
        for (int column = 0; column < units; column += length)
        {
            int i = 0;
            for (; i + simd.Count <= length; i += simd.Count) At<TSimd, TVector>(column + i, i);
            for (; i < length; i++) At<ScalarSimd, float>(column + i, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void At<TSimd, TVector>(int j, int from)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        TVector factorReal = simd.Load(factor + j), factorImaginary = simd.Load(factor + units + j);
        TVector real = simd.Load(state + j), imaginary = simd.Load(state + units + j);
        TVector nextReal = simd.Load(input + from), nextImaginary = shared > 0 ? simd.Broadcast(0f) : simd.Load(input + units + from);
        if (gain != null)
        {
            TVector scale = simd.Load(gain + j);
            nextReal = simd.Multiply(scale, nextReal);
            nextImaginary = simd.Multiply(scale, nextImaginary);
        }
        nextReal = simd.MultiplyAdd(factorReal, real, nextReal);
        nextReal = simd.Subtract(nextReal, simd.Multiply(factorImaginary, imaginary));
        nextImaginary = simd.MultiplyAdd(factorReal, imaginary, nextImaginary);
        nextImaginary = simd.MultiplyAdd(factorImaginary, real, nextImaginary);
        simd.Store(next + j, nextReal);
        simd.Store(next + units + j, nextImaginary);
    }
}
