namespace RLSeq.Environments.Tests;

/// <summary>Counts what an action allocates.</summary>
internal static class AllocatedBytes
{
    /// <summary>
    /// The least of several counts, each of a number of calls. The runtime compiles on this thread, also in the middle of one, and some
    /// thousand bytes count that it then allocates for itself, such as for a larger table of the casts that it remembers; what the action
    /// allocates is in every count.
    /// </summary>
    public static long Of(Action action, int times)
    {
        action();
        long least = long.MaxValue;
        for (int round = 0; round < 5 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < times; i++) action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
