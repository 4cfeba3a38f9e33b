using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace RLSeq.Environments;

/// <summary>
/// Steps slices of a vectorised environment on threads of their own while the calling thread watches: an environment that does not
/// return from a call ends the run, although its thread cannot be ended. A row pays for it with a counter that it increments.
/// </summary>
/// <param name="environments">The environments.</param>
/// <param name="timeout">How long a call may take; zero for as long as it likes.</param>
public sealed class VectorWatch(VectorEnvironment environments, TimeSpan timeout)
{
    /// <summary>A hang is noticed within so many parts of the timeout after it.</summary>
    private const int Looks = 8;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private readonly int[] _calls = new int[environments.Rows];
    private readonly long[] _since = new long[environments.Rows];

    /// <summary>Runs all slices at once, and returns when all are done.</summary>
    /// <param name="slices">How many.</param>
    /// <param name="body">Receives the slice's number; it steps disjoint rows.</param>
    /// <exception cref="EnvironmentException">An environment failed, or hangs; then its slice is still running, in the environment, and ends when that returns.</exception>
    public void Run(int slices, Action<int> body)
    {
        if (slices == 1 && timeout <= TimeSpan.Zero)
        {
            body(0);
            return;
        }
        var failures = new Exception?[slices];
        var left = new CountdownEvent(slices); // not disposed of: a slice that hangs may signal later
        for (int i = 0; i < slices; i++)
        {
            int slice = i;
            new Thread(() =>
            {
                try { body(slice); }
                catch (Exception exception) { failures[slice] = exception; }
                left.Signal();
            })
            { IsBackground = true, Name = $"rlseq collect {slice}" }.Start();
        }
        Watch(left);
        // A failing environment stops the other slices too; what they say then is a consequence and not the cause.
        Exception? cause = Array.Find(failures, failure => failure is EnvironmentException) ?? Array.Find(failures, failure => failure is not null);
        if (cause is not null) ExceptionDispatchInfo.Capture(cause).Throw();
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
