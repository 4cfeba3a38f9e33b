#if NET8_0_OR_GREATER
using System.Runtime.Intrinsics.X86;
#endif

namespace RLSeq.Agents;

/// <summary>Fetches what will be read soon.</summary>
internal static unsafe class Prefetcher
{
    private const long Page = 4096;
    private const int Line = 64;

    /// <summary>
    /// Fetches the first lines of every page of a range. The machine itself fetches ahead of a stream, but stops at the end of a page, so a
    /// stream out of the main memory waits once per page: attention over the caches of 64 agents took a quarter longer.
    /// </summary>
    /// <param name="begin">Where the range begins.</param>
    /// <param name="bytes">Its length.</param>
    public static void Pages(void* begin, long bytes)
    {
#if NET8_0_OR_GREATER
        if (!Sse.IsSupported) return;
        byte* end = (byte*)begin + bytes;
        for (byte* page = (byte*)begin; page < end; page = (byte*)(((long)page + Page) & -Page))
        {
            Sse.Prefetch1(page);
            Sse.Prefetch1(page + Line);
        }
#else
        _ = ((long)begin, bytes, Page, Line);
#endif
    }
}
