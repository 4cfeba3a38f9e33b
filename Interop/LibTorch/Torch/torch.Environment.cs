using System.Runtime.InteropServices;
using RLSeq.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>libtorch's version, as in "1.13.1".</summary>
    public static string __version__ => LibTorchInfo.Version;

    /// <summary>How many threads one operator may use.</summary>
    public static int get_num_threads() => Native.rlt_get_num_threads();

    /// <summary>Sets how many threads one operator may use. It changes the order of sums, so results may differ in the last bits.</summary>
    /// <param name="num">How many.</param>
    /// <exception cref="ExternalException">The number is not positive.</exception>
    public static void set_num_threads(int num) => TorchException.Check(Native.rlt_set_num_threads(num), $"set_num_threads({num})");

    /// <summary>How many operators may run side by side.</summary>
    public static int get_num_interop_threads() => Native.rlt_get_num_interop_threads();

    /// <summary>Sets how many operators may run side by side; possible once, before the first parallel work.</summary>
    /// <param name="num">How many.</param>
    /// <exception cref="ExternalException">It is too late, or the number is not positive.</exception>
    public static void set_num_interop_threads(int num) => TorchException.Check(Native.rlt_set_num_interop_threads(num), $"set_num_interop_threads({num})");

    /// <summary>NVIDIA GPUs.</summary>
    public static class cuda
    {
        /// <summary>Whether libtorch was built with CUDA and finds a device.</summary>
        public static bool is_available() => device_count() > 0;

        /// <summary>How many devices there are; 0 without CUDA.</summary>
        public static int device_count() => Native.rlt_cuda_count();

        /// <summary>Seeds the default generators of all CUDA devices.</summary>
        /// <param name="seed">The seed.</param>
        public static void manual_seed(long seed) => TorchException.Check(Native.rlt_cuda_manual_seed(unchecked((ulong)seed)), "cuda.manual_seed");

        /// <summary>Seeds the default generators of all CUDA devices.</summary>
        /// <param name="seed">The seed.</param>
        public static void manual_seed_all(long seed) => manual_seed(seed);

        /// <summary>Waits until a device has finished everything that was asked of it.</summary>
        /// <param name="device">The device; the current one when not given.</param>
        /// <exception cref="ExternalException">There is no CUDA, or an earlier operator failed.</exception>
        public static void synchronize(Device? device = null) =>
            TorchException.Check(Native.rlt_cuda_synchronize(device?.index ?? -1), "cuda.synchronize");
    }
}
