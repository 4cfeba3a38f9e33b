using System.Diagnostics;
using System.Runtime.CompilerServices;
using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>
/// How many multiply-adds one core does in a second with operands that lie in registers, by the engine's own operations at the width that it takes here:
/// the floor of what is bound by arithmetic.
/// </summary>
internal static unsafe class ArithmeticRate
{
    private const int Rounds = 20_000;

    /// <summary>Measures it for the arithmetic of a number format: products of floats, or of pairs of 16-bit integers for int8.</summary>
    /// <param name="format">The format of the weights.</param>
    /// <returns>Multiply-adds per second.</returns>
    public static double PerSecond(NumberFormat format)
    {
        var buffer = new AlignedBuffer<int>(6 * SimdWidth.Widest);
        buffer.Span.Fill(1);
        double best = 0;
        fixed (int* operands = buffer)
        {
            for (int attempt = 0; attempt < 9; attempt++)
            {
                int each = 0;
                long began = Stopwatch.GetTimestamp();
                if (format == NumberFormat.Int8) PairsWidth.Run(new Pairs(operands, &each));
                else SimdWidth.Run(new Floats(&each));
                best = Math.Max(best, (double)Rounds * each / Stopwatch.GetElapsedTime(began).TotalSeconds);
            }
        }
        return best;
    }

    /// <summary>Twelve sums at a time: more than a core's units times their latency, so none is waited for. Writes the multiply-adds of a round.</summary>
    private readonly struct Floats(int* each) : IKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector>
            where TVector : struct
        {
            TSimd simd = default;
            TVector a = simd.Broadcast(0.5f), s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
            for (int i = 0; i < Rounds; i++)
            {
                s0 = simd.MultiplyAdd(a, a, s0);
                s1 = simd.MultiplyAdd(a, a, s1);
                s2 = simd.MultiplyAdd(a, a, s2);
                s3 = simd.MultiplyAdd(a, a, s3);
                s4 = simd.MultiplyAdd(a, a, s4);
                s5 = simd.MultiplyAdd(a, a, s5);
                s6 = simd.MultiplyAdd(a, a, s6);
                s7 = simd.MultiplyAdd(a, a, s7);
                s8 = simd.MultiplyAdd(a, a, s8);
                s9 = simd.MultiplyAdd(a, a, s9);
                s10 = simd.MultiplyAdd(a, a, s10);
                s11 = simd.MultiplyAdd(a, a, s11);
            }
            TVector sum = simd.Add(simd.Add(simd.Add(s0, s1), simd.Add(s2, s3)), simd.Add(simd.Add(s4, s5), simd.Add(s6, s7)));
            sum = simd.Add(sum, simd.Add(simd.Add(s8, s9), simd.Add(s10, s11)));
            *each = simd.Sum(sum) > 0 ? 12 * simd.Count : 0; // uses the sums, or the compiler would leave them out
        }
    }

    /// <summary>The same in pairs of integers, three numbers with three vectors, as a tile of a matrix product; what never changed would be multiplied once, before the loop.</summary>
    private readonly struct Pairs(int* operands, int* each) : IPairsKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<TPairs, TVector>()
            where TPairs : struct, IPairs<TVector>
            where TVector : struct
        {
            TPairs ops = default;
            int n = ops.Count;
            TVector a0 = ops.Broadcast(1), a1 = ops.Broadcast(2), a2 = ops.Broadcast(3), s0 = a0, s1 = a0, s2 = a0, s3 = a0, s4 = a0, s5 = a0, s6 = a0, s7 = a0, s8 = a0;
            for (int i = 0; i < Rounds; i++)
            {
                int* at = operands + (3 * SimdWidth.Widest * (i & 1));
                TVector w0 = ops.Load(at), w1 = ops.Load(at + n), w2 = ops.Load(at + (2 * n));
                s0 = ops.MultiplyAdd(a0, w0, s0);
                s1 = ops.MultiplyAdd(a0, w1, s1);
                s2 = ops.MultiplyAdd(a0, w2, s2);
                s3 = ops.MultiplyAdd(a1, w0, s3);
                s4 = ops.MultiplyAdd(a1, w1, s4);
                s5 = ops.MultiplyAdd(a1, w2, s5);
                s6 = ops.MultiplyAdd(a2, w0, s6);
                s7 = ops.MultiplyAdd(a2, w1, s7);
                s8 = ops.MultiplyAdd(a2, w2, s8);
            }
            s0 = ops.MultiplyAdd(s0, s1, ops.MultiplyAdd(s2, s3, ops.MultiplyAdd(s4, s5, ops.MultiplyAdd(s6, s7, s8))));
            float* sums = stackalloc float[SimdWidth.Widest];
            ops.Store(sums, s0, 1, null, null);
            *each = sums[0] != 0.5f ? 9 * 2 * n : 0; // a whole number; see above
        }
    }
}
