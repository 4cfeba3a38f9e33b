using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;

namespace RLSeq.LibTorch;

/// <summary>What libtorch this is, what it can do, and how many tensors it holds.</summary>
public static class LibTorchInfo
{
    /// <summary>libtorch's version, as in "1.13.1".</summary>
    public static string Version => Marshal.PtrToStringUTF8(Native.rlt_version()) ?? "";

    /// <summary>The file from which libtorch was loaded; empty where the loader does not tell.</summary>
    public static string Location => Marshal.PtrToStringUTF8(Native.rlt_location()) ?? "";

    /// <summary>Whether libtorch was built with CUDA and finds a device.</summary>
    public static bool HasCuda => Native.rlt_cuda_count() > 0;

    /// <summary>How many native tensors the managed side holds. It returns to where it was when everything is disposed.</summary>
    public static long LiveHandles => Native.rlt_live_tensors();

    /// <summary>
    /// The speed of a product of two 512 × 512 matrices in single precision on this thread's settings, in GFLOP/s: the best of a
    /// few tries, some milliseconds in all. A good BLAS reaches tens per core; the reference BLAS stays below 5.
    /// </summary>
    public static double MatrixRate()
    {
        const int Size = 512;
        const int Tries = 3;
        using IDisposable frozen = torch.no_grad();
        using torch.Tensor left = torch.ones(Size, Size);
        using torch.Tensor right = torch.ones(Size, Size);
        left.mm(right).Dispose();
        double best = double.PositiveInfinity;
        for (int i = 0; i < Tries; i++)
        {
            long start = Stopwatch.GetTimestamp();
            left.mm(right).Dispose();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return 2.0 * Size * Size * Size / best / 1e9;
    }
}
