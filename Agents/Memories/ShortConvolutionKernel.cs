using System.Runtime.CompilerServices;

namespace RLSeq.Agents;

/// <summary>
/// One step of a causal convolution of every unit for itself, with SiLU behind it: <c>y = SiLU(w_0·x + w_1·x₋₁ + w_2·x₋₂ + w_3·x₋₃)</c>. The
/// last three inputs move up by one, if they are to.
/// </summary>
/// <param name="input">x, <c>[units]</c>.</param>
/// <param name="recent">The three inputs before, oldest first: <c>[3, units]</c>.</param>
/// <param name="taps">w, <c>[4, units]</c>, the present step first.</param>
/// <param name="output">Receives y, <c>[units]</c>.</param>
/// <param name="units">How many units.</param>
/// <param name="commit">Whether the input takes its place among the last three.</param>
internal readonly unsafe struct ShortConvolutionKernel(float* input, float* recent, float* taps, float* output, int units, bool commit) : IElementKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<TSimd, TVector>(int i)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd simd = default;
        float* oldest = recent + i, middle = oldest + units, newest = middle + units;
        TVector x = simd.Load(input + i), one = simd.Load(newest), two = simd.Load(middle), three = simd.Load(oldest);
        TVector sum = simd.Multiply(x, simd.Load(taps + i));
        sum = simd.MultiplyAdd(one, simd.Load(taps + units + i), sum);
        sum = simd.MultiplyAdd(two, simd.Load(taps + (2 * units) + i), sum);
        sum = simd.MultiplyAdd(three, simd.Load(taps + (3 * units) + i), sum);
        simd.Store(output + i, simd.Multiply(sum, Functions.Sigmoid<TSimd, TVector>(sum)));
        if (!commit) return;
        simd.Store(oldest, two);
        simd.Store(middle, one);
        simd.Store(newest, x);
    }
}
