using System.Diagnostics;
#if NET8_0_OR_GREATER
using System.Runtime;
using System.Runtime.CompilerServices;
#endif

namespace RLSeq.Agents;

/// <summary>
/// Calls code until the runtime has compiled it for good. .NET compiles a method badly but quickly at its first call; once no method has been new for
/// 100 ms it begins to count calls, compiles what was called 30 times anew in the background, and does so once more for what it has
/// watched since. So calls come in rounds with pauses between them, until nothing has been compiled for a while.
/// </summary>
/// <param name="now">A time that never goes back.</param>
/// <param name="compiled">How many methods the process has compiled; null where a method is compiled once, at its first call.</param>
/// <param name="pause">Waits for a while, or until it is cancelled.</param>
internal sealed class WarmUpRounds(Func<TimeSpan> now, Func<long>? compiled, Action<TimeSpan, CancellationToken> pause)
{
    private static readonly bool OneProcessor = Environment.ProcessorCount == 1;

    /// <summary>Turns after which all has been called once but what only a long episode reaches; they are played whatever the limit.</summary>
    public const int FirstTurns = 16;

    /// <summary>The turns of a round. What happens in every other one is called 32 times, and counts as hot.</summary>
    public const int Turns = 64;

    /// <summary>What a game that loads can wait for; it is rarely needed.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(OneProcessor ? 10 : 3);

    /// <summary>A little longer than the calm that the runtime waits for.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(130);

    /// <summary>
    /// Two pauses without anything new. On a single processor the runtime waits for a calm ten times as long, to stay out of the way, and for another
    /// one where something was new in the first.
    /// </summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(OneProcessor ? 2500 : 250);

    /// <summary>Those of the machine that this runs on. Unity's runtimes, which the build for netstandard2.1 is for, compile once.</summary>
    public static WarmUpRounds OfMachine { get; } = new(
        () => TimeSpan.FromSeconds(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency),
#if NET8_0_OR_GREATER
        // Compiled ahead, as on the web, it is compiled for good, and there a thread must not wait.
        RuntimeFeature.IsDynamicCodeCompiled && !OperatingSystem.IsBrowser() ? () => JitInfo.GetCompiledMethodCount(currentThread: false) : null,
#else
        compiled: null,
#endif
        (time, cancellation) => cancellation.WaitHandle.WaitOne(time)); // not to wait for anybody: the compiler's thread begins after a calm

    /// <summary>Plays turns.</summary>
    /// <param name="turn">Does what is to be compiled, each method in at least one of <see cref="FirstTurns"/> turns in a row; given the turn's number, from 0.</param>
    /// <param name="least">How many turns reach everything.</param>
    /// <param name="limit">How long it may take; a turn under way is finished, and the first <see cref="FirstTurns"/> are played in any case.</param>
    /// <param name="cancellation">Stops it between two turns, or in a pause.</param>
    /// <returns>Whether the runtime was done; false where the limit came first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 0.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public bool Run(Action<int> turn, int least, TimeSpan limit, CancellationToken cancellation)
    {
        if (limit < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(limit), limit, "A warm-up takes at least 0 seconds.");
        RLSeqTelemetry.Prepare();
        TimeSpan began = now(), calmSince = began;
        long known = -1;
        for (int turns = 0; ;)
        {
            for (int i = 0; i < Turns; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (turns >= FirstTurns && now() - began >= limit) return false;
                turn(turns++);
            }
            if (compiled is null && turns >= least) return true;
            if (compiled is null) continue;

            TimeSpan left = limit - (now() - began);
            pause(left < TimeSpan.Zero ? TimeSpan.Zero : left < Pause ? left : Pause, cancellation);
            cancellation.ThrowIfCancellationRequested();
            long count = compiled();
            if (count != known) (known, calmSince) = (count, now());
            else if (turns >= least && now() - calmSince >= Calm) return true;
        }
    }
}
