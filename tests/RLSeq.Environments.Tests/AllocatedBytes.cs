namespace RLSeq.Environments.Tests;

/// <summary>Counts what an action allocates.</summary>
internal static class AllocatedBytes
{
    /// <summary>
    /// The least of several counts, each of a number of calls. A collection that another thread causes in the middle of one counts the
    /// rest of this thread's buffer, some thousand bytes; what the action allocates itself is in every count.
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
