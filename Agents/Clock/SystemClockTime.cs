using System.Diagnostics;

namespace RLSeq.Agents;

/// <summary>
/// The machine's monotonic clock. A wait sleeps while its end is far, which costs nothing, and spins when it is near, since a thread that slept
/// is woken some 50 µs late on a quiet Linux and a whole timer's turn (up to 16 ms) elsewhere. How late is learned from the sleeps themselves.
/// </summary>
public sealed class SystemClockTime : IClockTime
{
    private const long Millisecond = 1_000_000;

    /// <summary>Sleeps are not longer than this, so that a waiting thread soon hears that it should stop.</summary>
    private const long LongestSleep = 20 * Millisecond;

    /// <summary>What is spun in any case: the first late sleep must not make a tick late.</summary>
    private const long Guard = Millisecond / 5;

    /// <summary>No sleep is taken to come later than a turn of the slowest timer: what comes later was another program's doing.</summary>
    private const long LatestSleep = 16 * Millisecond;

    /// <summary>How long the latest sleep is remembered: one that another program delayed must not make this one spin for ever.</summary>
    private const long Remembered = 5_000 * Millisecond;

    private static readonly long Origin = Stopwatch.GetTimestamp();
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;
    private static readonly bool Alone = Environment.ProcessorCount == 1;
    private long _late, _learned;

    /// <inheritdoc/>
    public long Now => (long)((Stopwatch.GetTimestamp() - Origin) * NanosecondsPerTick);

    /// <inheritdoc/>
    public void Wait(long until)
    {
        long before = Now, sleep = Math.Min(until - before - _late - Guard, LongestSleep) / Millisecond;
        if (sleep <= 0)
        {
            // On one processor the other thread runs only while this one does not.
            if (Alone) Thread.Yield();
            else Thread.SpinWait(8);
            return;
        }
        Thread.Sleep((int)sleep);
        long now = Now, late = Math.Min(now - before - (sleep * Millisecond), LatestSleep);
        if (late < _late && now - _learned < Remembered) return;
        (_late, _learned) = (Math.Max(0, late), now);
    }

    /// <inheritdoc/>
    public void WaitFor(ManualResetEventSlim signal, CancellationToken cancellation) => signal.Wait(cancellation);
}
