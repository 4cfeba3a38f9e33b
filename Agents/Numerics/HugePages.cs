#if NET8_0_OR_GREATER
using System.Runtime.InteropServices;

namespace RLSeq.Agents;

/// <summary>
/// Asks Linux to keep large arrays in pages of 2 MB. In pages of 4 KB the keys and values of many agents are more than a core's translation
/// caches reach, so that reading them waits for the page tables too.
/// </summary>
internal static unsafe partial class HugePages
{
    private const long Size = 2L << 20;
    private const int MadvHugepage = 14; // MADV_HUGEPAGE, linux/mman.h

    /// <summary>Asks for it where the range is large enough; a system that cannot do so keeps small pages.</summary>
    /// <param name="begin">Where the range begins; it must stay allocated and in place.</param>
    /// <param name="bytes">Its length.</param>
    public static void Use(long begin, long bytes)
    {
        long first = (begin + Size - 1) & -Size, end = (begin + bytes) & -Size;
        if (end <= first || !OperatingSystem.IsLinux()) return;
        try
        {
            _ = Advise((void*)first, (nuint)(end - first), MadvHugepage); // an advice: refused, nothing is lost
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A Linux without a C library of that name keeps small pages.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
#endif
