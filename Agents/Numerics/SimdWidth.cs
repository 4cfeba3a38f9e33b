using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Runtime.Intrinsics;
#endif

namespace RLSeq.Agents;

/// <summary>Runs kernels with the widest vectors that the machine has.</summary>
internal static class SimdWidth
{
    /// <summary>
    /// The widest that every packed buffer is padded for, in floats. Rows of packed weights are multiples of it, so no kernel
    /// needs a special case at the end of a row.
    /// </summary>
    public const int Widest = 16;

    /// <summary>Runs a kernel with the widest vectors; the tests of the width are constants to the compiler.</summary>
    /// <param name="kernel">The kernel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(TKernel kernel)
        where TKernel : struct, IKernel
    {
#if NET8_0_OR_GREATER
        if (Vector512.IsHardwareAccelerated) kernel.Run<Simd512, Vector512<float>>();
        else if (Vector256.IsHardwareAccelerated) kernel.Run<Simd256, Vector256<float>>();
        else if (Vector128.IsHardwareAccelerated) kernel.Run<Simd128, Vector128<float>>();
        else kernel.Run<ScalarSimd, float>();
#else
        kernel.Run<ScalarSimd, float>();
#endif
    }

    /// <summary>As <see cref="Run{TKernel}(TKernel)"/>, or one number at a time.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="plain">Whether to go one number at a time: what the tests hold the vectors to.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(TKernel kernel, bool plain)
        where TKernel : struct, IKernel
    {
        if (plain) kernel.Run<ScalarSimd, float>();
        else Run(kernel);
    }

    /// <summary>Runs a kernel over all elements of an array of any length.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="count">How many elements there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunElements<TKernel>(TKernel kernel, int count)
        where TKernel : struct, IElementKernel =>
        Run(new ElementLoop<TKernel>(kernel, count));

    /// <summary>Rounds a number of floats up to whole vectors of the widest kind.</summary>
    /// <param name="count">The number of floats.</param>
    public static int RoundUp(int count) => checked(count + Widest - 1) / Widest * Widest;
}
