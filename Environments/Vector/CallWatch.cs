using System.Runtime.ExceptionServices;

namespace RLSeq.Environments;

/// <summary>
/// Runs what plays environments one call after the other on a thread of its own, while the calling thread watches: an environment that does
/// not return from a call ends it, although its thread cannot be ended. <see cref="VectorWatch"/> does this for rows.
/// </summary>
/// <param name="timeout">How long a call may take; zero for as long as it likes, on the calling thread.</param>
/// <param name="namesFailures">Whether what an environment throws becomes an <see cref="EnvironmentException"/> that says how to reproduce it.</param>
public sealed class CallWatch(TimeSpan timeout, bool namesFailures = false)
{
    /// <summary>How long a call may take unless somebody says otherwise.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <summary>A hang is noticed within so many parts of the timeout after it.</summary>
    private const int Looks = 8;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private WatchedEnvironment? _entered;
    private (Exception Exception, string Place)? _failure;
    private int _calls; // odd in a call

    /// <summary>Makes an environment whose resets and steps are watched; it has the same abilities and does the same.</summary>
    /// <param name="environment">The environment.</param>
    public IEnvironment Around(IEnvironment environment) => timeout > TimeSpan.Zero || namesFailures ? new WatchedEnvironment(environment, this) : environment;

    /// <summary>Runs something, and returns what it gives or throws what it throws.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="body">Plays environments that <see cref="Around"/> made.</param>
    /// <exception cref="EnvironmentException">An environment hangs; its inner exception is a <see cref="TimeoutException"/>.</exception>
    public T Run<T>(Func<T> body)
    {
        if (timeout <= TimeSpan.Zero) return body();
        T result = default!;
        Exception? failure = null;
        var ended = new ManualResetEventSlim(); // not disposed of: a body that hangs may set it later
        new Thread(() =>
        {
            failure = SliceThread.Try(_ => result = body(), 0);
            ended.Set();
        })
        { IsBackground = true, Name = "rlseq play" }.Start();
        Watch(ended);
        if (failure is not null) ExceptionDispatchInfo.Capture(failure).Throw();
        return result;
    }

    /// <summary>The environment itself, of what <see cref="Around"/> made.</summary>
    internal static IEnvironment Inside(IEnvironment environment) => environment is WatchedEnvironment watched ? watched.Inner : environment;

    internal bool NamesFailures => namesFailures;

    internal void Enter(WatchedEnvironment environment)
    {
        _entered = environment;
        Volatile.Write(ref _calls, _calls + 1);
    }

    internal void Leave() => Volatile.Write(ref _calls, _calls + 1);

    /// <summary>Remembers in which call of an environment an exception was thrown.</summary>
    internal void Note(Exception exception, string place) => _failure = (exception, place);

    /// <summary>The call of an environment that threw an exception, or null where it comes from elsewhere.</summary>
    internal string? PlaceOf(Exception exception) => _failure is { } failure && ReferenceEquals(failure.Exception, exception) ? failure.Place : null;

    private void Watch(ManualResetEventSlim ended)
    {
        TimeSpan pause = timeout / Looks < LongestPause ? timeout / Looks : LongestPause;
        (int calls, var since) = (0, System.Diagnostics.Stopwatch.StartNew());
        while (!ended.Wait(pause))
        {
            int now = Volatile.Read(ref _calls);
            if (now == calls && (now & 1) != 0 && since.Elapsed >= timeout) throw _entered!.Hanging(timeout);
            if (now == calls && (now & 1) != 0) continue;
            calls = now;
            since.Restart();
        }
    }
}
