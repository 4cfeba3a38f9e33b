namespace RLSeq.Agents;

/// <summary>
/// Where a clock on the wall takes its time from. Each of its two threads has one of its own, and all of them say the same time; tests put
/// a time in its place that stands still until all wait.
/// </summary>
public interface IClockTime
{
    /// <summary>Nanoseconds since some moment that all agree on; never goes back.</summary>
    long Now { get; }

    /// <summary>Waits for a while that may be short, and that ends when a time comes or a little later, so that it stands in a loop.</summary>
    /// <param name="until">The time.</param>
    void Wait(long until);

    /// <summary>Waits for another thread, however long it takes.</summary>
    /// <param name="signal">What that thread sets.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    void WaitFor(ManualResetEventSlim signal, CancellationToken cancellation);
}
