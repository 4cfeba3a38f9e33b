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

    /// <summary>Plays.</summary>
    /// <param name="policies">What is timed.</param>
    /// <param name="frames">Actions per policy.</param>
    /// <param name="rounds">The parts in which each policy's actions are counted.</param>
    /// <param name="parts">Is told where a part is done.</param>
    /// <param name="cancellation">Stops it.</param>
    public static void Play(IReadOnlyList<TimedPolicy> policies, int frames, int rounds, PhaseParts parts, CancellationToken cancellation)
    {
        // The policies of one environment are compared with each other, so they share frames where they can.
        foreach (TimedPolicy[] group in policies.OrderBy(policy => policy.Environment, StringComparer.Ordinal).Chunk(PerFrame))
        {
            (long began, long slot) = (Stopwatch.GetTimestamp(), 0);
            for (int action = 0; action < frames * group.Length; action++)
            {
                cancellation.ThrowIfCancellationRequested();
                TimedPolicy policy = group[action % group.Length];
                double slots = Stopwatch.GetElapsedTime(began).TotalSeconds / FrameSeconds * group.Length;
                slot = NextSlot(slot, slots, action % group.Length, group.Length);
                WaitUntil(began, slot * FrameSeconds / group.Length);
                policy.Play(1, policy.Paced);
                int frame = action / group.Length;
                for (int done = frame * rounds / frames; done < (frame + 1) * rounds / frames; done++) parts.Done();
            }
        }
    }

    /// <summary>
    /// The next time of a policy, counted in the parts of frames: after the last one and not in the past, so that whoever is slower than a frame
    /// loses frames and still waits for one.
    /// </summary>
    /// <param name="last">The slot of the last action.</param>
    /// <param name="now">The time, in slots.</param>
    /// <param name="policy">Which policy acts, from 0.</param>
    /// <param name="policies">How many share a frame.</param>
    internal static long NextSlot(long last, double now, int policy, int policies)
    {
        long earliest = Math.Max(last, (long)Math.Floor(now)) + 1;
        return earliest + ((((policy - earliest) % policies) + policies) % policies);
    }

    private static void WaitUntil(long began, double seconds)
    {
        var due = TimeSpan.FromSeconds(seconds);
        TimeSpan asleep = due - Stopwatch.GetElapsedTime(began) - Awake;
        if (asleep > TimeSpan.Zero) Thread.Sleep((int)asleep.TotalMilliseconds); // as a game's loop does between two frames: the caches get cold, which is what is measured
        while (Stopwatch.GetElapsedTime(began) < due) Thread.SpinWait(10);
    }
}
