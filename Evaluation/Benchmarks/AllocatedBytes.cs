using System.Runtime.CompilerServices;

namespace RLSeq.Evaluation;

/// <summary>Counts what calls allocate, without what counting itself would make the runtime allocate.</summary>
internal static class AllocatedBytes
{
    /// <summary>
    /// Calls with one number after another, and counts the managed bytes allocated on this thread. The loop stands in a method of its own, which is
    /// compiled for good before it begins. A loop that is compiled quickly, as others are at first, is compiled anew after some 10,000 rounds, on
    /// the thread that runs it ("on-stack replacement"). The compiler asks which types can be cast to which, and where the table in which the runtime
    /// keeps the answers is full, a larger one is made then and there: 12,336 bytes, the next after 256 entries, for which no call had asked.
    /// </summary>
    /// <param name="call">What is counted; it should have been called often enough to be compiled for good.</param>
    /// <param name="from">The first number.</param>
    /// <param name="count">How many calls.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static long Of(Action<int> call, int from, int count)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = from; i < from + count; i++) call(i);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
