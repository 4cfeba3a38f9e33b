using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace RLSeq.Environments;

/// <summary>
/// Steps slices of a vectorised environment on threads of their own while the calling thread watches: an environment that does not
/// return from a call ends the run, although its thread cannot be ended. A row pays for it with a counter that it increments.
/// </summary>
/// <param name="environments">The environments.</param>
/// <param name="timeout">How long a call may take; zero for as long as it likes.</param>
public sealed class VectorWatch(VectorEnvironment environments, TimeSpan timeout) : IDisposable
{
    /// <summary>A hang is noticed within so many parts of the timeout after it.</summary>
    private const int Looks = 8;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private readonly int[] _calls = new int[environments.Rows];
    private readonly long[] _since = new long[environments.Rows];
    private readonly List<SliceThread> _threads = []; // kept: a rollout can be shorter than it takes to start a thread
    private CountdownEvent _left = new(0);

    /// <summary>Runs all slices at once, and returns when all are done. Only one thread at a time may call.</summary>
    /// <param name="slices">How many.</param>
    /// <param name="body">Receives the slice's number; it steps disjoint rows.</param>
    /// <exception cref="EnvironmentException">An environment failed, or hangs; then its slice is still running, in the environment, and ends when that returns.</exception>
    public void Run(int slices, Action<int> body)
    {
        // A slice can run on the calling thread where nobody has to watch it.
        int own = timeout > TimeSpan.Zero ? 0 : 1, others = slices - own;
        while (_threads.Count < others) _threads.Add(new SliceThread(spins: slices <= Environment.ProcessorCount));
        _left.Reset(others);
        for (int i = 0; i < others; i++) _threads[i].Begin(body, i + own, _left);
        Exception? cause = own == 0 ? null : SliceThread.Try(body, 0);
        Watch(_left);
        // A failing environment stops the other slices too; what they say then is a consequence and not the cause.
        for (int i = 0; i < others && cause is not EnvironmentException; i++)
            if (_threads[i].Failure is { } failure && (cause is null || failure is EnvironmentException)) cause = failure;
        if (cause is not null) ExceptionDispatchInfo.Capture(cause).Throw();
    }

    /// <summary>Ends the threads. One that hangs in an environment ends when that returns.</summary>
    public void Dispose()
    {
        foreach (SliceThread thread in _threads) thread.Dispose();
        _threads.Clear();
        _left.Dispose();
    }

    private void Watch(CountdownEvent left)
    {
        if (timeout <= TimeSpan.Zero)
        {
            left.Wait();
            return;
        }
        TimeSpan pause = timeout / Looks < LongestPause ? timeout / Looks : LongestPause;
        Array.Clear(_calls, 0, _calls.Length); // even: no call
        while (!left.Wait(pause))
        {
            List<int> hanging = Hanging();
            if (hanging.Count == 0) continue;
            EnvironmentException failure = environments.Abandon(hanging, timeout);
            left.Wait(timeout); // the other slices stop before their next step
            foreach (SliceThread thread in _threads) thread.Dispose();
            _threads.Clear();
            _left = new CountdownEvent(0); // the old one is not disposed of: a slice that hangs may signal it later
            throw failure;
        }
    }

    /// <summary>The rows whose call is the same as it was a timeout ago.</summary>
    private List<int> Hanging()
    {
        List<int> hanging = [];
        long now = Stopwatch.GetTimestamp();
        for (int row = 0; row < _calls.Length; row++)
        {
            int calls = environments.Calls(row);
            if ((calls & 1) == 0 || calls != _calls[row]) (_calls[row], _since[row]) = (calls, now);
            else if ((now - _since[row]) / (double)Stopwatch.Frequency >= timeout.TotalSeconds) hanging.Add(row);
        }
        return hanging;
    }
}
