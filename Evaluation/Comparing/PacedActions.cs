using System.Diagnostics;

namespace RLSeq.Evaluation;

/// <summary>
/// Actions at 60 Hz, as in a game: between two of an agent's actions 1/60 s goes by, in which its core sleeps and others act, and it finds
/// less of itself in the caches than back to back.
/// </summary>
/// <remarks>
/// Policies share the frames: each of a few acts once per frame, at its own time in it, so that each waits its full 1/60 s and all of them take
/// no longer than one alone.
/// </remarks>
internal static class PacedActions
{
    public const string Conditions = "managed engine, float32, batch 1, 1 thread, paced at 60 Hz, up to 8 policies at their own times of a frame, warm-up excluded";

    /// <summary>Policies in a frame: each has 2 ms, of which half are slept.</summary>
    private const int PerFrame = 8;

    private const double FrameSeconds = 1.0 / 60;

    /// <summary>What a sleep may take longer than asked for; so much is waited through awake.</summary>
    private static readonly TimeSpan Awake = TimeSpan.FromMilliseconds(1);

    public static void Play(IReadOnlyList<TimedPolicy> policies, int frames, CancellationToken cancellation)
    {
        // The policies of one environment are compared with each other, so they share frames where they can.
        foreach (TimedPolicy[] group in policies.OrderBy(policy => policy.Environment, StringComparer.Ordinal).Chunk(PerFrame))
        {
            long began = Stopwatch.GetTimestamp();
            for (int frame = 0; frame < frames; frame++)
            {
                cancellation.ThrowIfCancellationRequested();
                for (int i = 0; i < group.Length; i++)
                {
                    WaitUntil(began, (frame + 1 + ((double)i / group.Length)) * FrameSeconds);
                    group[i].Play(1, group[i].Paced);
                }
            }
        }
    }

    private static void WaitUntil(long began, double seconds)
    {
        var due = TimeSpan.FromSeconds(seconds);
        TimeSpan asleep = due - Stopwatch.GetElapsedTime(began) - Awake;
        if (asleep > TimeSpan.Zero) Thread.Sleep((int)asleep.TotalMilliseconds);
        while (Stopwatch.GetElapsedTime(began) < due) Thread.SpinWait(10);
    }
}
