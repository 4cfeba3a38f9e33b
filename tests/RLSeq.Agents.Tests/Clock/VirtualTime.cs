namespace RLSeq.Agents.Tests.Clock;

/// <summary>
/// A time that stands still while a thread works, and jumps to the earliest wake-up when all wait: of two threads one runs at a time, in an order
/// that does not depend on the machine. The ticking thread goes first where both wake up at once.
/// </summary>
internal sealed class VirtualTime
{
    /// <summary>How often a thread looks for a signal of the other's.</summary>
    private const long Look = 20_000;

    private readonly object _gate = new();
    private readonly Participant[] _all;
    private long _now;

    /// <summary>Makes a time at 0.</summary>
    /// <param name="late">How late the ticking thread wakes up, as a function of the time at which it should; 0 without one.</param>
    public VirtualTime(Func<long, long>? late = null) => _all = [new Participant(this, 0, late ?? (_ => 0)), new Participant(this, 1, _ => 0)];

    public IClockTime Agent => _all[1];

    public IClockTime Ticking => _all[0];

    private bool IsNext(Participant one) => _all.All(other => other == one || other.Ended || (other.Wake is { } wake && (wake, other.Order).CompareTo((one.Wake!.Value, one.Order)) > 0));

    private sealed class Participant(VirtualTime time, int order, Func<long, long> late) : IClockTime
    {
        private Thread? _thread;

        public int Order => order;

        public long? Wake { get; private set; }

        public bool Ended => _thread is { IsAlive: false };

        public long Now
        {
            get
            {
                lock (time._gate) return time._now;
            }
        }

        public void Wait(long until) => Sleep(until + late(until));

        public void WaitFor(ManualResetEventSlim signal, CancellationToken cancellation)
        {
            for (; !signal.IsSet; Sleep(Now + Look)) cancellation.ThrowIfCancellationRequested();
        }

        private void Sleep(long until)
        {
            lock (time._gate)
            {
                _thread = Thread.CurrentThread;
                Wake = Math.Max(until, time._now);
                Monitor.PulseAll(time._gate);
                while (!time.IsNext(this)) Monitor.Wait(time._gate, 20); // a thread that ends tells nobody
                time._now = Wake.Value;
                Wake = null;
            }
        }
    }
}
