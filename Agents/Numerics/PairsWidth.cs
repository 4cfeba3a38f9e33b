using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
#endif

namespace RLSeq.Agents;

/// <summary>Runs integer kernels with the widest vectors that the machine has.</summary>
internal static class PairsWidth
{
    /// <summary>Runs a kernel with the widest vectors; the tests of the width are constants to the compiler.</summary>
    /// <param name="kernel">The kernel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TKernel>(TKernel kernel)
        where TKernel : struct, IPairsKernel
    {
#if NET8_0_OR_GREATER
        if (Avx512BW.IsSupported && Vector512.IsHardwareAccelerated) kernel.Run<Pairs512, Vector512<int>>();
        else if (Avx2.IsSupported) kernel.Run<Pairs256, Vector256<int>>();
        else if (Vector128.IsHardwareAccelerated) kernel.Run<Pairs128, Vector128<int>>();
        else kernel.Run<ScalarPairs, int>();
#else
        kernel.Run<ScalarPairs, int>();
#endif
    }
}
