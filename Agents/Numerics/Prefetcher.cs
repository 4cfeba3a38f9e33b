using System.Runtime.CompilerServices;
#if NET8_0_OR_GREATER
using System.Runtime.Intrinsics.X86;
#endif

namespace RLSeq.Agents;

/// <summary>Fetches what will be read soon.</summary>
internal static unsafe class Prefetcher
{
    private const int Line = 64;

    /// <summary>
    /// Fetches into the second-level cache what lies a distance ahead of what is being read, for a kernel that reads one agent's numbers while
    /// another's, which lie alike, come next. They come out of the main memory, and no machine guesses where.
    /// </summary>
    /// <param name="read">What is being read.</param>
    /// <param name="bytes">Its length, at most 512; a constant where this is called, so that one line costs one instruction.</param>
    /// <param name="ahead">The distance in bytes; 0 fetches nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ahead(void* read, int bytes, long ahead)
    {
#if NET8_0_OR_GREATER
        if (ahead == 0 || !Sse.IsSupported) return;
        byte* next = (byte*)read + ahead;
        Sse.Prefetch1(next);
        if (bytes > Line) Sse.Prefetch1(next + Line);
        if (bytes > 2 * Line)
        {
            Sse.Prefetch1(next + (2 * Line));
            Sse.Prefetch1(next + (3 * Line));
        }
        if (bytes > 4 * Line)
        {
            Sse.Prefetch1(next + (4 * Line));
            Sse.Prefetch1(next + (5 * Line));
            Sse.Prefetch1(next + (6 * Line));
            Sse.Prefetch1(next + (7 * Line));
        }
#else
        _ = ((long)read, bytes, ahead, Line);
#endif
    }
}
