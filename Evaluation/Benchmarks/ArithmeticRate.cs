using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using RLSeq.Agents;

namespace RLSeq.Evaluation;

/// <summary>How many multiply-adds one core can do in a second with operands that lie in registers: the floor of what is bound by arithmetic.</summary>
internal static class ArithmeticRate
{
    private const int Chains = 12; // more than a core's units times their latency: no chain is waited for
    private const int Rounds = 20_000;

    /// <summary>Measures it for the arithmetic of a number format: products of floats, or of pairs of 16-bit integers for int8.</summary>
    /// <param name="format">The format of the weights.</param>
    /// <returns>Multiply-adds per second.</returns>
    public static double PerSecond(NumberFormat format)
    {
        bool pairs = format == NumberFormat.Int8 && Avx2.IsSupported;
        double perRound = Chains * (double)(pairs ? (Avx512BW.IsSupported ? 32 : 16) : Vector512.IsHardwareAccelerated ? 16 : Vector<float>.Count);
        double best = 0;
        for (int attempt = 0; attempt < 9; attempt++)
        {
            long began = Stopwatch.GetTimestamp();
            double sum = pairs ? (Avx512BW.IsSupported ? Pairs512() : Pairs256()) : Vector512.IsHardwareAccelerated ? Floats512() : Floats();
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (sum < 0) throw new InvalidOperationException("A sum of products of ones cannot be negative."); // keeps the loop from being removed
            best = Math.Max(best, Rounds * perRound / seconds);
        }
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Floats512()
    {
        Vector512<float> a = Vector512.Create(0.5f), b = a;
        Vector512<float> s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (int i = 0; i < Rounds; i++)
        {
            s0 = Vector512.FusedMultiplyAdd(a, b, s0);
            s1 = Vector512.FusedMultiplyAdd(a, b, s1);
            s2 = Vector512.FusedMultiplyAdd(a, b, s2);
            s3 = Vector512.FusedMultiplyAdd(a, b, s3);
            s4 = Vector512.FusedMultiplyAdd(a, b, s4);
            s5 = Vector512.FusedMultiplyAdd(a, b, s5);
            s6 = Vector512.FusedMultiplyAdd(a, b, s6);
            s7 = Vector512.FusedMultiplyAdd(a, b, s7);
            s8 = Vector512.FusedMultiplyAdd(a, b, s8);
            s9 = Vector512.FusedMultiplyAdd(a, b, s9);
            s10 = Vector512.FusedMultiplyAdd(a, b, s10);
            s11 = Vector512.FusedMultiplyAdd(a, b, s11);
        }
        return Vector512.Sum(s0 + s1 + s2 + s3 + s4 + s5 + (s6 + s7 + s8 + s9 + s10 + s11));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Floats()
    {
        Vector<float> a = new(0.5f), b = a;
        Vector<float> s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
        for (int i = 0; i < Rounds; i++)
        {
            s0 = Vector.FusedMultiplyAdd(a, b, s0);
            s1 = Vector.FusedMultiplyAdd(a, b, s1);
            s2 = Vector.FusedMultiplyAdd(a, b, s2);
            s3 = Vector.FusedMultiplyAdd(a, b, s3);
            s4 = Vector.FusedMultiplyAdd(a, b, s4);
            s5 = Vector.FusedMultiplyAdd(a, b, s5);
            s6 = Vector.FusedMultiplyAdd(a, b, s6);
            s7 = Vector.FusedMultiplyAdd(a, b, s7);
            s8 = Vector.FusedMultiplyAdd(a, b, s8);
            s9 = Vector.FusedMultiplyAdd(a, b, s9);
            s10 = Vector.FusedMultiplyAdd(a, b, s10);
            s11 = Vector.FusedMultiplyAdd(a, b, s11);
        }
        return Vector.Sum(s0 + s1 + s2 + s3 + s4 + s5 + (s6 + s7 + s8 + s9 + s10 + s11));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Pairs512()
    {
        Vector512<short> x = Vector512.Create((short)1);
        Vector512<int> zero = Vector512<int>.Zero, s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero, s7 = zero, s8 = zero, s9 = zero, s10 = zero, s11 = zero;
        for (int i = 0; i < Rounds; i++)
        {
            // Each product depends on a sum, or the compiler would compute it once, before the loop.
            s0 += Avx512BW.MultiplyAddAdjacent(x, s0.AsInt16());
            s1 += Avx512BW.MultiplyAddAdjacent(x, s1.AsInt16());
            s2 += Avx512BW.MultiplyAddAdjacent(x, s2.AsInt16());
            s3 += Avx512BW.MultiplyAddAdjacent(x, s3.AsInt16());
            s4 += Avx512BW.MultiplyAddAdjacent(x, s4.AsInt16());
            s5 += Avx512BW.MultiplyAddAdjacent(x, s5.AsInt16());
            s6 += Avx512BW.MultiplyAddAdjacent(x, s6.AsInt16());
            s7 += Avx512BW.MultiplyAddAdjacent(x, s7.AsInt16());
            s8 += Avx512BW.MultiplyAddAdjacent(x, s8.AsInt16());
            s9 += Avx512BW.MultiplyAddAdjacent(x, s9.AsInt16());
            s10 += Avx512BW.MultiplyAddAdjacent(x, s10.AsInt16());
            s11 += Avx512BW.MultiplyAddAdjacent(x, s11.AsInt16());
        }
        return Vector512.Sum(s0 + s1 + s2 + s3 + s4 + s5 + (s6 + s7 + s8 + s9 + s10 + s11));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Pairs256()
    {
        Vector256<short> x = Vector256.Create((short)1);
        Vector256<int> zero = Vector256<int>.Zero, s0 = zero, s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero, s7 = zero, s8 = zero, s9 = zero, s10 = zero, s11 = zero;
        for (int i = 0; i < Rounds; i++)
        {
            s0 += Avx2.MultiplyAddAdjacent(x, s0.AsInt16());
            s1 += Avx2.MultiplyAddAdjacent(x, s1.AsInt16());
            s2 += Avx2.MultiplyAddAdjacent(x, s2.AsInt16());
            s3 += Avx2.MultiplyAddAdjacent(x, s3.AsInt16());
            s4 += Avx2.MultiplyAddAdjacent(x, s4.AsInt16());
            s5 += Avx2.MultiplyAddAdjacent(x, s5.AsInt16());
            s6 += Avx2.MultiplyAddAdjacent(x, s6.AsInt16());
            s7 += Avx2.MultiplyAddAdjacent(x, s7.AsInt16());
            s8 += Avx2.MultiplyAddAdjacent(x, s8.AsInt16());
            s9 += Avx2.MultiplyAddAdjacent(x, s9.AsInt16());
            s10 += Avx2.MultiplyAddAdjacent(x, s10.AsInt16());
            s11 += Avx2.MultiplyAddAdjacent(x, s11.AsInt16());
        }
        return Vector256.Sum(s0 + s1 + s2 + s3 + s4 + s5 + (s6 + s7 + s8 + s9 + s10 + s11));
    }
}
