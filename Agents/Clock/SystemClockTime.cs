using System.Diagnostics;

namespace RLSeq.Agents;

/// <summary>
/// The machine's monotonic clock. A wait sleeps while its end is far, which costs nothing, and spins when it is near, since a thread that slept
/// is woken some 50 µs late on a quiet Linux and a whole timer's turn (up to 16 ms) elsewhere. How late is learned from the sleeps themselves.
/// </summary>
/// <param name="gives">
/// Whether the processor is offered to other threads until the end of a wait: for the thread that waits for another one. Where the system has put
/// both on one processor, spinning in the last moment would keep the other from the very thing that is waited for, for a whole turn of the
/// scheduler (1.6 ms were seen).
/// </param>
public sealed class SystemClockTime(bool gives = false) : IClockTime
{
    private const long Millisecond = 1_000_000;

    /// <summary>Sleeps are not longer than this, so that a waiting thread soon hears that it should stop.</summary>
    private const long LongestSleep = 20 * Millisecond;

    /// <summary>What is spun in any case: the first late sleep must not make a tick late.</summary>
    private const long Guard = Millisecond / 5;

    /// <summary>Before a wait's end the processor is not given away any more.</summary>
    private const long LastMoment = Millisecond / 5;

    /// <summary>No sleep is taken to come later than a turn of the slowest timer: what comes later was another program's doing.</summary>
    private const long LatestSleep = 16 * Millisecond;

    /// <summary>How long the latest sleep is remembered: one that another program delayed must not make this one spin for ever.</summary>
    private const long Remembered = 5_000 * Millisecond;

    private static readonly long Origin = Stopwatch.GetTimestamp();
    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;
    private readonly bool _gives = gives || Environment.ProcessorCount == 1;
    private long _late, _learned;

    /// <inheritdoc/>
    public long Now => (long)((Stopwatch.GetTimestamp() - Origin) * NanosecondsPerTick);

    /// <inheritdoc/>
    public void Wait(long until)
    {
        long before = Now, sleep = Math.Min(until - before - _late - Guard, LongestSleep) / Millisecond;
        if (sleep <= 0)
        {
            // Whoever else wants this processor gets it before the last moment rather than in it; on the only one, the other thread must.
            if (_gives || until - before > LastMoment) Thread.Yield();
            else Thread.SpinWait(8);
            return;
        }
        Thread.Sleep((int)sleep); // the tick is far: the rest of the wait belongs to others, and its end is spun
        long now = Now, late = Math.Min(now - before - (sleep * Millisecond), LatestSleep);
        if (late < _late && now - _learned < Remembered) return;
        (_late, _learned) = (Math.Max(0, late), now);
    }

    /// <inheritdoc/>
    public void WaitFor(ManualResetEventSlim signal, CancellationToken cancellation) => signal.Wait(cancellation);
}
